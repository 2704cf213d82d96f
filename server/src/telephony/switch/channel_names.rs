//! The names of what is made for a call: each begins with the call, so that events about it find the call again.

use crate::telephony::ari::{BridgeId, ChannelId, PlaybackId, RecordingName};
use centrale_core::call::LegId;
use std::fmt;

/// A call of this run of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CallId {
    pub(super) epoch: i64,
    pub(super) number: u64,
}

impl CallId {
    /// The call after which something is named; `None` when it was not named by us.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix("call-")?.split('-');
        Some(Self {
            epoch: parts.next()?.parse().ok()?,
            number: parts.next()?.parse().ok()?,
        })
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call-{}-{}", self.epoch, self.number)
    }
}

/// Makes the names for one call.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChannelNames(CallId);

impl ChannelNames {
    pub(super) fn new(call: CallId) -> Self {
        Self(call)
    }

    pub(super) fn leg(self, leg: LegId) -> ChannelId {
        ChannelId(format!("{}-leg-{}", self.0, leg.0))
    }

    pub(super) fn splash(self, phone: usize) -> ChannelId {
        ChannelId(format!("{}-splash-{phone}", self.0))
    }

    pub(super) fn bridge(self) -> BridgeId {
        BridgeId(format!("{}-bridge", self.0))
    }

    pub(super) fn playback(self, count: u32) -> PlaybackId {
        PlaybackId(format!("{}-play-{count}", self.0))
    }

    pub(super) fn message(self) -> RecordingName {
        RecordingName(format!("{}-message", self.0))
    }

    /// The playback of the messages of a mailbox.
    pub(super) fn mailbox(self) -> PlaybackId {
        PlaybackId(format!("{}-mailbox", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_call() {
        let id = CallId {
            epoch: 17,
            number: 4,
        };
        let names = ChannelNames::new(id);
        for name in [
            names.leg(LegId(2)).0,
            names.splash(0).0,
            names.bridge().0,
            names.playback(1).0,
            names.message().0,
        ] {
            assert_eq!(CallId::from_name(&name), Some(id), "{name}");
        }
        assert_eq!(CallId::from_name("1764.12"), None);
        assert_eq!(CallId::from_name("call-x-1"), None);
    }
}
