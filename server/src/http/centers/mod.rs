//! Call centers as they are now, what is forced there, and what was counted.

mod force;
mod now;
mod statistics;

pub(crate) use force::force;
pub(crate) use now::now;
pub(crate) use statistics::statistics;
