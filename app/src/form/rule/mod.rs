//! One rule as it is typed, and the fields it is edited with.

mod details;
mod numbers;
mod schedule_choice;
mod who;

pub(super) use details::RuleDetails;
