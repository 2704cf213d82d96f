//! The services of a user: which they have, how they are set, and saving them.

mod check;
mod list;
mod put;

pub(crate) use check::with_scope;
pub(crate) use list::list;
pub(crate) use put::put;
