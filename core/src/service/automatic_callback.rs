//! Automatic callback: who finds a colleague busy is offered a call back once the line is free (requirement C9, manual
//! § 14).

use super::{Direction, Field, Group, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct AutomaticCallback;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
}

impl Service for AutomaticCallback {
    const ID: ServiceId = ServiceId("automatic-callback");
    const GROUP: Group = Group::Calling;
    const DIRECTION: Direction = Direction::Outgoing;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}
