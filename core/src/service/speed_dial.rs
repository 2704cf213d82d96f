//! Speed dial (*Verkort kiezen*, manual § 15): numbers by two digits, dialled after the prefix of the location.

use super::{Field, FieldKind, Group, Service, ServiceId};
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
    const GROUP: Group = Group::Ringing;
    const LICENSED: bool = false;
    const FORM: &'static [Field] = &[Field::of_kind("numbers", FieldKind::SpeedDials)];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }
}
