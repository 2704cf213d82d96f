//! A thin typed client of ARI, Asterisk's REST and WebSocket interface (Asterisk 16 to 22).
//! One method is one request; legs and calls are the business of its users.
//! The ids of channels, bridges, playbacks and recordings are chosen by us, so that an event
//! that overtakes the answer to its request still finds its leg.

mod authentication;
mod bridge;
mod cause;
mod channel;
mod client;
mod deny;
mod device;
mod endpoint;
mod event;
mod media;
mod model;
mod stream;

pub use authentication::{Authentication, authentications};
pub use cause::HangupCause;
pub use channel::Originate;
pub use client::{Ari, AriConfig, AriError};
pub use deny::MAX_DENIED;
pub use device::DeviceState;
pub use event::Event;
pub use media::{Media, PlayOn, Recording};
pub use model::{
    Bridge, BridgeId, CallerId, Channel, ChannelId, ChannelState, Contact, ContactStatus,
    Destination, Dialed, Endpoint, EndpointState, LiveRecording, Playback, PlaybackId,
    RecordingName, ReferTo, ReferredBy,
};
pub use stream::{Signal, events};
