//! Do not disturb (*Niet storen*, manual § 7.2): every call is treated as if the line is busy.

use super::{Evaluation, Field, Group, Moment, Service, ServiceId, Stage, Verdict};
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct DoNotDisturb;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// The desk phone plays a short ring for each call that was kept away.
    pub ring_splash: bool,
}

impl Service for DoNotDisturb {
    const ID: ServiceId = ServiceId("do-not-disturb");
    const GROUP: Group = Group::Blocking;
    const STAGES: &'static [Stage] = &[Stage::Arrival];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[Field::splash("ring_splash")];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn evaluate(settings: &Settings, _: &Moment<'_>) -> Evaluation {
        Verdict::Busy {
            splash: settings.ring_splash,
        }
        .into()
    }
}
