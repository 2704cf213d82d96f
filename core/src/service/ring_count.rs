//! The ring count: one per user, shared by forwarding no answer, voicemail and sequential ring (requirement C3).

use super::{Field, Group, Service, ServiceId};
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The length of one ring, in seconds (routing § 1).
pub const RING_SECONDS: u32 = 6;

/// The service.
pub struct RingCount;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How often the phone rings before the no-answer treatment: 0, or 2 to 20.
    pub rings: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rings: 4 }
    }
}

impl Service for RingCount {
    const ID: ServiceId = ServiceId("ring-count");
    const GROUP: Group = Group::Ringing;
    const LICENSED: bool = false;
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[Field::rings("rings")];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }
}
