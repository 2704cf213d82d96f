//! What was changed, by whom and when.

mod of_user;

pub(crate) use of_user::of_user;
