//! Users: the list that an administrator chooses from, the card of one, their colleagues, and the
//! passwords of their phones.

mod colleagues;
mod get;
mod list;
mod search;
mod secret;

pub(crate) use colleagues::colleagues;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use secret::renew_secret;
