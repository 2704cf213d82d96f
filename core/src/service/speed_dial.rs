//! Speed dial (*Verkort kiezen*, manual § 15): numbers by two digits, dialled after the prefix of the location. A number
//! may be a feature access code.

use super::{Change, Direction, Field, FieldKind, Group, HasServices, Scope, Service, ServiceId};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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

/// The speed dials of somebody.
pub fn entries(caller: &impl HasServices) -> &[Entry] {
    let settings = caller.settings::<SpeedDial>();
    settings.map_or(&[], |settings| &settings.numbers)
}

/// Where the number of an entry stands in the services of a user, by the entry's place from 0.
pub fn field(place: usize) -> String {
    format!("{}.numbers[{place}]", SpeedDial::ID)
}

/// The change that digits after the code ask for: two for the entry, then its number. One that is there already is
/// replaced and keeps its name. `None`: digits are missing.
pub fn by_code(caller: &impl HasServices, digits: &str) -> Option<Change> {
    let (code, number) = (digits.get(..2)?, digits.get(2..)?);
    let before = entries(caller);
    let known = before.iter().find(|entry| entry.code == code);
    let name = known.map_or("", |entry| &entry.name);
    let entry = json!({ "code": code, "name": name, "number": number });
    let others = before.iter().filter(|entry| entry.code != code);
    let numbers: Value = others.map(|entry| json!(entry)).chain([entry]).collect();
    Some(Change {
        service: SpeedDial::ID,
        field: "numbers",
        value: numbers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;

    #[test]
    fn a_code_adds_an_entry_or_replaces_it() {
        let check = |numbers: Value, digits: &str, expected: Option<Value>| {
            let caller = person(json!({"speed-dial": {"numbers": numbers}}));
            let change = by_code(&caller, digits).map(|change| change.value);
            assert_eq!(change, expected, "{numbers} {digits}");
        };
        let entry = |code: &str, name: &str, number: &str| json!({"code": code, "name": name, "number": number});
        let (home, work) = (entry("01", "Home", "102"), entry("02", "Work", "103"));
        check(json!([]), "01104", Some(json!([entry("01", "", "104")])));
        let replaced = json!([work, entry("01", "Home", "104")]);
        check(json!([home, work]), "01104", Some(replaced));
        check(json!([home]), "0", None);
        // The form refuses an entry without a number.
        check(json!([]), "01", Some(json!([entry("01", "", "")])));
    }

    #[test]
    fn who_does_not_have_the_service_has_no_entries() {
        assert_eq!(entries(&person(json!({}))), []);
    }
}
