//! Call waiting (*Wisselgesprek*, requirement C30): a second call rings while the user is on one.

use super::{Evaluation, Field, Group, Moment, Pass, Service, ServiceId, Stage, Verdict};
use serde::{Deserialize, Serialize};

/// How many calls a user can have at once: as many as a phone shows side by side.
pub const APPEARANCES: u16 = 2;

/// The service.
pub struct CallWaiting;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
}

impl Service for CallWaiting {
    const ID: ServiceId = ServiceId("call-waiting");
    const GROUP: Group = Group::Ringing;
    const STAGES: &'static [Stage] = &[Stage::Ringing];
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn evaluate(_: &Settings, moment: &Moment<'_>) -> Evaluation {
        if moment.on_a_call {
            Verdict::Acts { rule: None }
        } else {
            Verdict::Pass(Pass::LineFree)
        }
        .into()
    }
}
