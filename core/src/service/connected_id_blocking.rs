//! Connected ID blocking (*Weergave mijn oproep-ID uit*, manual § 19.8): callers from outside are not shown who answered.

use super::{Field, Group, HasServices, Service, ServiceId};
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

/// Whether a caller, of the enterprise (`internal`) or from outside, is not shown that somebody answers.
pub fn hides(answers: &impl HasServices, internal: bool) -> bool {
    !internal && answers.active::<ConnectedIdBlocking>().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn who_answers_is_hidden_from_callers_outside() {
        let check = |services: Value, internal: bool, expected: bool| {
            let hidden = hides(&person(services.clone()), internal);
            assert_eq!(hidden, expected, "{services} {internal}");
        };
        check(json!({}), false, false);
        check(json!({"connected-id-blocking": {}}), false, false);
        let on = json!({"connected-id-blocking": {"active": true}});
        check(on.clone(), false, true);
        check(on, true, false);
    }
}
