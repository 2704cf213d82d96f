//! Previews: the part of the configuration that the browser decides calls by, and deciding one here.

mod reach;
mod shown;
mod simulate;
mod slice;
#[cfg(test)]
mod tests;
mod week;

pub(crate) use simulate::{simulate, simulate_any};
pub(crate) use slice::slice;
pub(crate) use week::week;
