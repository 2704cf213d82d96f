//! Whole days of calls against the call centers of an organisation, in a moment (requirement J8): calls come, wait,
//! give up or are answered by agents with shifts, through the same distributor as live calls.

mod agenda;
mod arrivals;
mod elementary;
mod plan;
mod random;
mod report;
mod run;

pub(crate) use elementary::exp;
pub use plan::{Arrivals, Plan, PlanError, Span, Staff, Stream};
pub use report::{AgentReport, CenterReport, Report};
pub use run::run;
