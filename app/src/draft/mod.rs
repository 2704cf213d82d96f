//! The changes of one user's services that are not saved yet, and what is wrong with them. The store fetches
//! nothing: the page hands in what the server said.

mod check_context;
mod rule;
mod store;

pub(crate) use check_context::CheckContext;
pub(crate) use rule::{RuleDraft, WhoDraft, number_line};
pub(crate) use store::DraftStore;
