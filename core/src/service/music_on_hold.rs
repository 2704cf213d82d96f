//! Music on hold of a user (*Muziek in wachtstand*, manual § 7.6): whether the other side hears any. Which music is the
//! location's affair.

use super::{Field, Group, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct MusicOnHold;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on, as it is unless the user chose otherwise.
    pub active: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { active: true }
    }
}

impl Service for MusicOnHold {
    const ID: ServiceId = ServiceId("music-on-hold");
    const GROUP: Group = Group::Calling;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}
