//! Outgoing mail: a trial, and what could not be sent. What mails say is shown to nobody.

mod delete;
mod list;
mod retry;
mod trial;

pub(crate) use delete::delete;
pub(crate) use list::list;
pub(crate) use retry::retry;
pub(crate) use trial::trial;
