//! Users as agents of call centers: how they are, and what they choose.

mod get;
mod put;

pub(crate) use get::get;
pub(crate) use put::put;
