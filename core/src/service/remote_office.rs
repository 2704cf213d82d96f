//! Remote office (*Kantoor op afstand*, manual § 9.5): a number that stands in for the user's phones.

use super::{
    Evaluation, Field, Group, Moment, Pass, Ringing, Scope, Service, ServiceId, Stage, Verdict,
};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use serde::{Deserialize, Serialize};

/// The service.
pub struct RemoteOffice;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// The number that rings instead of the desk phones.
    pub number: Option<Destination>,
}

impl Service for RemoteOffice {
    const ID: ServiceId = ServiceId("remote-office");
    const GROUP: Group = Group::Ringing;
    const STAGES: &'static [Stage] = &[Stage::Ringing];
    const FORM: &'static [Field] = &[Field::destination("number")];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        match &settings.number {
            Some(number) => scope.destination("number", number, errors),
            None if settings.active => errors.push(FieldError::new("number", Code::NumberNeeded)),
            None => {}
        }
    }

    fn evaluate(settings: &Settings, _: &Moment<'_>) -> Evaluation {
        match settings.number {
            Some(_) => Verdict::Acts { rule: None },
            None => Verdict::Pass(Pass::NoDestination),
        }
        .into()
    }

    fn ring(settings: &Settings, ringing: &mut Ringing) {
        ringing.stand_in = settings.number;
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.number.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn a_number_stands_in_for_the_phones() {
        let check = |settings: Value, expected: Verdict| {
            let said = verdict::<RemoteOffice>(&settings, &given(Stage::Ringing));
            assert_eq!(said, expected, "{settings}");
        };
        check(json!({"number": "102"}), Verdict::Pass(Pass::Off));
        check(json!({"active": true}), Verdict::Pass(Pass::NoDestination));
        let on = json!({"active": true, "number": "102"});
        check(on, Verdict::Acts { rule: None });
    }

    #[test]
    fn it_rings_instead_of_the_phones() {
        let mut ringing = Ringing::default();
        let settings = serde_json::from_value(json!({"number": "102"})).unwrap();
        RemoteOffice::ring(&settings, &mut ringing);
        assert_eq!(ringing.stand_in, Some("102".parse().unwrap()));
    }
}
