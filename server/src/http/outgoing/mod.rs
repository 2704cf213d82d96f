//! Who causes no calls that leave since they went over a limit, and lifting that (requirement K2).

mod lift;
mod stops;

pub(crate) use lift::{lift_all, lift_user};
pub(crate) use stops::stops;
