//! Remote office (*Kantoor op afstand*, manual § 9.5): a number that stands in for the user's phones.

use super::{Evaluation, Field, Group, Moment, Pass, Scope, Service, ServiceId, Stage, Verdict};
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

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.number.iter().collect()
    }
}
