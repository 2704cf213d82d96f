//! Its events, without its client.

#[path = "../../../src/telephony/ari/cause.rs"]
mod cause;
#[path = "../../../src/telephony/ari/event.rs"]
mod event;
#[path = "../../../src/telephony/ari/model.rs"]
mod model;

pub(crate) use event::Event;
