//! Whole days of calls to any number of an organisation: each call is a call machine of its own, beside all others on one
//! exchange, with lines that are busy while they talk, and people who answer, miss, press keys and give up.

mod engine;
mod host;
mod plan;
mod report;

pub use engine::day;
pub use plan::{Calls, Choice, DayPlan, DayPlanError, Outside};
pub use report::{DayReport, NumberReport, PartyReport, Tally};
