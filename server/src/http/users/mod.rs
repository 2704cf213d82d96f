//! Users: the list that an administrator chooses from, the card of one, and their colleagues.

mod colleagues;
mod get;
mod list;
mod search;

pub(crate) use colleagues::colleagues;
pub(crate) use get::get;
pub(crate) use list::list;
