//! Users: the list that an administrator chooses from, and the card of one.

mod get;
mod list;

pub(crate) use get::get;
pub(crate) use list::list;
