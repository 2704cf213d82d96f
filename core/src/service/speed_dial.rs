//! Speed dial (*Verkort kiezen*, manual § 15): numbers by two digits, dialled after the prefix of the location. A number
//! may be a feature access code.

use super::{Direction, Field, FieldKind, Group, Scope, Service, ServiceId};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use serde::{Deserialize, Serialize};

/// The service.
pub struct SpeedDial;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The numbers, each by a code of its own.
    pub numbers: Vec<Entry>,
}

/// One number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `00` to `99`.
    pub code: String,
    /// What the user calls it.
    #[serde(default)]
    pub name: String,
    /// What is dialled: a number, an extension, or a feature access code with its digits.
    pub number: Destination,
}

impl Service for SpeedDial {
    const ID: ServiceId = ServiceId("speed-dial");
    const GROUP: Group = Group::Calling;
    const DIRECTION: Direction = Direction::Outgoing;
    const LICENSED: bool = false;
    const FORM: &'static [Field] = &[Field::of_kind("numbers", FieldKind::SpeedDials)];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        for (place, entry) in settings.numbers.iter().enumerate() {
            if entry.number.is_emergency(scope.country) {
                errors.push(FieldError::new(
                    format!("numbers.{place}.number"),
                    Code::EmergencyNumber,
                ));
            } else if let Err(error) = entry.number.resolve(scope.country) {
                let path = format!("numbers.{place}.number");
                errors.push(FieldError::new(path, error.into()));
            }
        }
    }
}
