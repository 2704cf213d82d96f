//! Whole days of calls against an organisation, in a moment (requirement J8): into the queues of its call centers, where
//! calls come, wait, give up or are answered by agents with shifts, through the same distributor as live calls; or to any
//! of its numbers (`day`), through the same call machine and exchange.

mod agenda;
mod arrivals;
mod day;
mod elementary;
mod plan;
mod random;
mod report;
mod run;
mod runs;

pub use day::{
    Calls, Choice, DayPlan, DayPlanError, DayReport, NumberReport, Outside, PartyReport, Tally, day,
};
pub(crate) use elementary::exp;
pub use plan::{Arrivals, Plan, PlanError, Span, Staff, Stream};
pub use report::{AgentReport, CenterReport, Report};
pub use run::run;
pub use runs::{CenterSummary, Estimate, Summary, runs, summary};
