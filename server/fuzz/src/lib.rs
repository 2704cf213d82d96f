//! What reads what comes from outside, for a fuzzer to feed. The modules of the server are taken by their files, so that
//! no HTTP, no database and no TLS is built.

#![allow(dead_code, reason = "the server asks more of its modules")]

#[path = "../../src/holidays/mod.rs"]
mod holidays;
mod mail;
#[path = "../../src/problems.rs"]
mod problems;
mod sound;
mod targets;
mod telephony;
#[path = "../../src/zones.rs"]
mod zones;

pub use targets::*;
