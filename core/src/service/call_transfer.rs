//! Options of call transfer (*Doorverbinden*, manual § 7.5): what becomes of a call that the user transferred and that
//! nobody takes.

use super::{Field, Group, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct CallTransfer;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the form"
)]
pub struct Settings {
    /// A call that is not answered comes back.
    pub recall: bool,
    /// After so many rings: 2 to 20.
    pub recall_rings: u8,
    /// A call to a busy line waits for it.
    pub camp_on: bool,
    /// And comes back after so many seconds: 30 to 600.
    pub camp_on_seconds: u16,
    /// The services of who gets a blind transfer may not forward it.
    pub inhibit_blind: bool,
    /// Nor a transfer after consultation.
    pub inhibit_consulted: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recall: false,
            recall_rings: 4,
            camp_on: false,
            camp_on_seconds: 120,
            inhibit_blind: false,
            inhibit_consulted: false,
        }
    }
}

impl Service for CallTransfer {
    const ID: ServiceId = ServiceId("call-transfer");
    const GROUP: Group = Group::Calling;
    const FORM: &'static [Field] = &[
        Field::toggle("recall"),
        Field::number("recall_rings", 2, 20),
        Field::toggle("camp_on"),
        Field::number("camp_on_seconds", 30, 600),
        Field::toggle("inhibit_blind"),
        Field::toggle("inhibit_consulted"),
    ];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }
}
