//! Caller ID blocking (*Nummerweergave uit*, manual § 11.2): calls outside the enterprise do not show who calls.

use super::{Direction, Field, Group, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct CallerIdBlocking;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// All calls; a code dialled before a call holds for that call instead.
    pub active: bool,
}

impl Service for CallerIdBlocking {
    const ID: ServiceId = ServiceId("caller-id-blocking");
    const GROUP: Group = Group::Calling;
    const DIRECTION: Direction = Direction::Outgoing;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}
