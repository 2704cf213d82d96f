//! Users: the list that an administrator chooses from, the card of one, their colleagues, and the
//! passwords of their phones.

mod colleagues;
mod get;
mod list;
mod secret;
#[cfg(test)]
mod tests;

pub(crate) use colleagues::colleagues;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use secret::renew_secret;
