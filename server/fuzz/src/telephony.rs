//! What the telephony engine tells.

pub(crate) mod ari;
#[path = "../../src/telephony/incoming.rs"]
pub(crate) mod incoming;
