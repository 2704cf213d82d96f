//! Call waiting (*Wisselgesprek*, requirement C30): a second call rings while the user is on one.

use super::{
    Evaluation, Field, Group, HasServices, Moment, Pass, Ringing, Service, ServiceId, Stage,
    Verdict,
};
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

    fn ring(_: &Settings, ringing: &mut Ringing) {
        ringing.second_call = true;
    }
}

/// Whether a second call may ring at the phone of somebody who is on one.
pub fn is_on(called: &impl HasServices) -> bool {
    called.active::<CallWaiting>().is_some()
}

/// How many calls somebody can have at once: [`APPEARANCES`], or one.
pub fn appearances(called: &impl HasServices) -> u16 {
    if is_on(called) { APPEARANCES } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, person, verdict};
    use serde_json::{Value, json};

    #[test]
    fn a_second_call_rings_while_the_user_is_on_one() {
        let check = |settings: Value, on_a_call: bool, expected: Verdict, calls: u16| {
            let mut given = given(Stage::Ringing);
            given.on_a_call = on_a_call;
            let said = verdict::<CallWaiting>(&settings, &given);
            assert_eq!(said, expected, "{settings} {on_a_call}");
            let called = person(json!({"call-waiting": settings}));
            assert_eq!(appearances(&called), calls, "{settings}");
        };
        check(json!({}), true, Verdict::Pass(Pass::Off), 1);
        let on = json!({"active": true});
        check(on.clone(), false, Verdict::Pass(Pass::LineFree), 2);
        check(on, true, Verdict::Acts { rule: None }, 2);
    }
}
