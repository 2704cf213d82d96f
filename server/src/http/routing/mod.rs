//! Previews: the part of the configuration that the browser decides calls by, and deciding one here.

mod reach;
mod simulate;
mod slice;

pub(crate) use simulate::simulate;
pub(crate) use slice::slice;
