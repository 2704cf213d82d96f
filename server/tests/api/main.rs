//! The API through the real router, with a real database, the demo organisation and one actor per role.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod accounts;
mod agents;
mod bodies;
mod calls;
mod centers;
mod findings;
mod leaks;
mod live;
mod login;
mod mails;
mod outgoing;
mod pages;
mod parts;
mod passcodes;
mod quotas;
mod routing;
mod schedules;
mod server;
mod services;
#[path = "../support/smtp.rs"]
mod smtp;
mod sockets;
mod uploads;
mod users;
#[path = "../support/wav.rs"]
mod wav;
