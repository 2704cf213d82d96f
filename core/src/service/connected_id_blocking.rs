//! Connected ID blocking (*Weergave mijn oproep-ID uit*, manual § 19.8): callers from outside are not shown who answered.

use super::{Field, Group, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct ConnectedIdBlocking;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Callers from outside are shown nobody.
    pub active: bool,
}

impl Service for ConnectedIdBlocking {
    const ID: ServiceId = ServiceId("connected-id-blocking");
    const GROUP: Group = Group::Calling;
    const ADMIN: bool = true;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}
