//! Call forwarding not reachable (*Doorschakelen bij onbereikbaar*, manual § 7.1.4): for phones that cannot be reached
//! for technical reasons.

use super::forwarding_always::{check_target, send};
use super::{Evaluation, Field, Group, Moment, Scope, Service, ServiceId, Stage};
use crate::error::FieldError;
use crate::number::Destination;
use serde::{Deserialize, Serialize};

/// The service.
pub struct ForwardingNotReachable;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// Where calls go.
    pub number: Option<Destination>,
}

impl Service for ForwardingNotReachable {
    const ID: ServiceId = ServiceId("forwarding-not-reachable");
    const GROUP: Group = Group::Forwarding;
    const STAGES: &'static [Stage] = &[Stage::NotReachable];
    const FORM: &'static [Field] = &[Field::destination("number")];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        check_target(
            settings.active,
            settings.number.as_ref(),
            false,
            scope,
            errors,
        );
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        send(settings.number.as_ref(), false, false, moment).into()
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.number.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use crate::service::{Pass, Verdict};
    use serde_json::{Value, json};

    #[test]
    fn calls_to_phones_out_of_reach_go_to_the_number() {
        let check = |settings: Value, inhibited: bool, expected: Verdict| {
            let mut given = given(Stage::NotReachable);
            given.diversion_inhibited = inhibited;
            let said = verdict::<ForwardingNotReachable>(&settings, &given);
            assert_eq!(said, expected, "{settings} {inhibited}");
        };
        let on = json!({"active": true, "number": "102"});
        let forward = Verdict::Forward {
            to: "102".parse().unwrap(),
            rule: None,
            splash: false,
        };
        check(json!({"number": "102"}), false, Verdict::Pass(Pass::Off));
        check(on.clone(), false, forward);
        check(on, true, Verdict::Pass(Pass::DiversionInhibited));
        check(
            json!({"active": true}),
            false,
            Verdict::Pass(Pass::NoDestination),
        );
    }
}
