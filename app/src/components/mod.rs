//! Pieces of the screen. They take plain data, signals and callbacks and fetch nothing.

mod breadcrumbs;
mod dialog;
mod field;
mod icon;
mod language_switch;
mod log_in_form;
mod mark;
mod rail;
mod search_box;
mod theme_switch;

pub(crate) use breadcrumbs::{Breadcrumbs, Crumb};
pub(crate) use dialog::Dialog;
pub(crate) use field::{Errors, FieldFrame};
pub(crate) use icon::Icon;
pub(crate) use language_switch::LanguageSwitch;
pub(crate) use log_in_form::LogInForm;
pub(crate) use mark::Mark;
pub(crate) use rail::{Rail, RailLink};
pub(crate) use search_box::SearchBox;
pub(crate) use theme_switch::ThemeSwitch;
