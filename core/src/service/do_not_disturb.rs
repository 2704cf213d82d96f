//! Do not disturb (*Niet storen*, manual § 7.2): every call is treated as if the line is busy.

use super::{Evaluation, Field, Group, HasServices, Moment, Service, ServiceId, Stage, Verdict};
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

/// Whether calls to somebody are kept away, so that nobody offers them any.
pub fn is_on(called: &impl HasServices) -> bool {
    called.active::<DoNotDisturb>().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Pass;
    use crate::service::testing::{given, person, verdict};
    use serde_json::{Value, json};

    #[test]
    fn the_line_counts_as_busy() {
        let check = |settings: Value, expected: Verdict| {
            let said = verdict::<DoNotDisturb>(&settings, &given(Stage::Arrival));
            assert_eq!(said, expected, "{settings}");
            let called = person(json!({"do-not-disturb": settings}));
            let off = expected == Verdict::Pass(Pass::Off);
            assert_eq!(is_on(&called), !off, "{settings}");
        };
        check(json!({"ring_splash": true}), Verdict::Pass(Pass::Off));
        check(json!({"active": true}), Verdict::Busy { splash: false });
        let splash = json!({"active": true, "ring_splash": true});
        check(splash, Verdict::Busy { splash: true });
    }

    #[test]
    fn who_does_not_have_the_service_is_disturbed() {
        assert!(!is_on(&person(json!({}))));
    }
}
