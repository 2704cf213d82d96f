//! The call distributor: each sentence of routing § 3 as a short story, and what always holds whatever happens.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by them"
)]

#[path = "acd/agents.rs"]
mod agents;
#[path = "acd/fairness.rs"]
mod fairness;
#[path = "acd/model.rs"]
mod model;
#[path = "acd/stories.rs"]
mod stories;
#[path = "acd/world.rs"]
mod world;
