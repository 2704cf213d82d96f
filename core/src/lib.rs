//! The pure domain of Centrale: numbers, schedules, rules, services, call routing, previews and the API contract.
//! No async, I/O, clock, randomness or logging: time, seed and facts are arguments. The same code runs on the server
//! and, as WebAssembly, in the browser.

pub mod acd;
pub mod announcement;
pub mod api;
pub mod call;
pub mod caller;
pub mod check;
pub mod dial;
pub mod directory;
pub mod email;
pub mod erlang;
pub mod error;
pub mod exchange;
pub mod feature;
pub mod history;
pub mod id;
pub mod number;
pub mod organisation;
pub mod outcome;
pub mod passcode;
pub mod policy;
pub mod quota;
pub mod rule;
pub mod schedule;
pub mod service;
pub mod simulate;
pub mod snapshot;
pub mod text;
pub mod time;
pub mod trace;
pub mod what_if;
