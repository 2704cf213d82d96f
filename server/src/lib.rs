//! Centrale server.

pub mod telephony;
