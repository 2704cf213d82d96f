//! Barge-in (manual § 14, `*33`): whether others may join the calls of the user. An admin allows it; the user may still
//! refuse by [`Privacy`].

use super::{Field, Group, HasServices, Service, ServiceId, privacy::Privacy};
use serde::{Deserialize, Serialize};

/// The service.
pub struct BargeIn;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Others may.
    pub active: bool,
}

impl Service for BargeIn {
    const ID: ServiceId = ServiceId("barge-in");
    const GROUP: Group = Group::Team;
    const ADMIN: bool = true;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}

/// Whether others may join the calls of somebody.
pub fn allowed(joined: &impl HasServices) -> bool {
    joined.active::<BargeIn>().is_some()
        && joined
            .settings::<Privacy>()
            .is_none_or(|privacy| !privacy.refuse_barge_in)
}
