//! The call histories of users, persons and virtual ones.

mod clear;
mod of_user;

pub(crate) use clear::clear;
pub(crate) use of_user::of_user;
