//! The pages: each owns its route and what it loads, and hands plain data to components.

mod account;
mod home;
mod log_in;
mod not_found;
mod page_context;
mod profile;
mod schedules;
mod services;
mod shell;
mod user_list;
pub(crate) mod what_if;

pub(crate) use account::{Account, AccountPage, ChoosePasswordPage};
pub(crate) use home::Home;
pub(crate) use log_in::{LogInDialog, LogInPage};
pub(crate) use not_found::NotFoundPage;
pub(crate) use page_context::PageContext;
pub(crate) use profile::ProfilePage;
pub(crate) use schedules::{LocationSchedules, SchedulesPage};
pub(crate) use services::ServicesPage;
pub(crate) use shell::Shell;
