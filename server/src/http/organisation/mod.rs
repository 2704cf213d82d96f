//! The organisation as a whole: what an administrator sees after logging in, and the export.

mod check;
mod export;
mod get;

pub(crate) use check::check;
pub(crate) use export::export;
pub(crate) use get::get;
