//! The things ARI names and describes, cut down to what call control reads.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    )*};
}

ids! {
    /// A channel: one leg of a call as Asterisk sees it.
    ChannelId
    /// A bridge: the place where legs hear each other.
    BridgeId
    /// A playback that was started on a channel or bridge.
    PlaybackId
    /// The name of a recording, unique in the recording folder.
    RecordingName
}

/// How far a channel has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ChannelState {
    /// Nothing has been sent or received.
    Down,
    /// An incoming leg for which nothing was answered yet: the caller hears silence.
    Ring,
    /// The called phone rings.
    Ringing,
    /// Answered.
    Up,
    /// Any other state.
    #[serde(other)]
    Other,
}

/// A name and number; empty where unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct CallerId {
    /// The name shown.
    #[serde(default)]
    pub name: String,
    /// The number shown.
    #[serde(default)]
    pub number: String,
}

/// Where a channel entered the dial plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Dialed {
    /// The digits dialled on an incoming leg.
    #[serde(default)]
    pub exten: String,
    /// The application and its arguments, with commas between them.
    #[serde(default)]
    pub app_data: String,
}

/// A channel as events and answers describe it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Technology, endpoint and a running number: `PJSIP/1001-00000004`.
    #[serde(default)]
    pub name: String,
    /// How far it has come.
    pub state: ChannelState,
    /// The party at this end.
    #[serde(default)]
    pub caller: CallerId,
    /// The party at the other end.
    #[serde(default)]
    pub connected: CallerId,
    /// What was dialled.
    #[serde(default)]
    pub dialplan: Dialed,
}

impl Channel {
    /// The far end rings.
    pub fn is_ringing(&self) -> bool {
        self.state == ChannelState::Ringing
    }

    /// The SIP account at this end, taken from the name; `None` for a channel that is not SIP.
    pub fn account(&self) -> Option<&str> {
        self.name
            .strip_prefix("PJSIP/")?
            .rsplit_once('-')
            .map(|(account, _)| account)
    }
}

/// Where a transfer goes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReferTo {
    /// What the phone asked for.
    pub requested_destination: Destination,
    /// The other end of the consultation, when the transfer was talked over first.
    #[serde(default)]
    pub destination_channel: Option<Channel>,
}

/// What a phone asked a transfer to go to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Destination {
    /// What would be dialled.
    #[serde(default)]
    pub destination: Option<String>,
}

/// Who transfers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReferredBy {
    /// Their channel.
    pub source_channel: Channel,
}

/// A bridge and who is in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bridge {
    /// Its id.
    pub id: BridgeId,
    /// The channels in it.
    #[serde(default)]
    pub channels: Vec<ChannelId>,
}

/// A playback as `PlaybackFinished` describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Playback {
    /// Its id.
    pub id: PlaybackId,
    /// `done`, or `failed` when the sound could not be opened.
    pub state: String,
}

/// A recording as `RecordingFinished` and `RecordingFailed` describe it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LiveRecording {
    /// Its name.
    pub name: RecordingName,
    /// Length in whole seconds, with silence.
    #[serde(default)]
    pub duration: Option<u32>,
    /// Why it failed.
    #[serde(default)]
    pub cause: Option<String>,
}

/// Whether an account can be rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EndpointState {
    /// At least one phone is registered.
    Online,
    /// No phone is registered.
    Offline,
    /// Asterisk has not looked at the account yet.
    #[serde(other)]
    Unknown,
}

/// A SIP account as Asterisk knows it. Accounts that were not used yet are not known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Endpoint {
    /// The account name.
    pub resource: String,
    /// Whether it can be rung.
    #[serde(default = "unknown")]
    pub state: EndpointState,
    /// Its live channels.
    #[serde(default)]
    pub channel_ids: Vec<ChannelId>,
}

fn unknown() -> EndpointState {
    EndpointState::Unknown
}

/// What became of one registration of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ContactStatus {
    /// Answers to the periodic check.
    Reachable,
    /// Registered, and not checked.
    NonQualified,
    /// Does not answer the periodic check.
    Unreachable,
    /// Logged off or expired.
    Removed,
    /// Any other status.
    #[serde(other)]
    Other,
}

/// One registration of an account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// The phone's own SIP address.
    pub uri: String,
    /// What became of it.
    #[serde(rename = "contact_status")]
    pub status: ContactStatus,
    /// The account.
    pub aor: String,
}
