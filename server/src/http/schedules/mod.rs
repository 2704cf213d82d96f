//! Time and holiday schedules: personal ones, and those of a location.

mod add;
mod check;
mod delete;
mod entry;
mod list_of_location;
mod list_of_user;
mod put;
mod read_holidays;

pub(crate) use add::{add_to_location, add_to_user};
pub(crate) use delete::delete;
pub(crate) use list_of_location::list_of_location;
pub(crate) use list_of_user::list_of_user;
pub(crate) use put::put;
pub(crate) use read_holidays::read_holidays;
