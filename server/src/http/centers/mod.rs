//! Call centers as they are now, what is forced there, what was counted, and their priorities.

mod force;
mod now;
mod priorities;
mod statistics;

pub(crate) use force::force;
pub(crate) use now::now;
pub(crate) use priorities::{priorities, put_priorities};
pub(crate) use statistics::statistics;
