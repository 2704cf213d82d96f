//! Options of call transfer (*Doorverbinden*, manual § 7.5): what becomes of a call that the user transferred and that
//! nobody takes.

use super::{Field, Group, HasServices, Service, ServiceId};
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
    /// After how many rings it comes back, 2 to 20.
    pub recall_rings: u8,
    /// A call to a busy line waits for it.
    pub camp_on: bool,
    /// After how many seconds of waiting it comes back, 30 to 600.
    pub camp_on_seconds: u16,
    /// The services of who gets a blind transfer may not forward it.
    pub inhibit_blind: bool,
    /// The services of who was consulted before may not forward it either.
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

/// After how many rings a call that somebody transferred comes back to them unanswered, 2 to 20; `None`: it never does.
pub fn recall_rings(transfers: &impl HasServices) -> Option<u8> {
    let settings = transfers.settings::<CallTransfer>()?;
    settings.recall.then_some(settings.recall_rings)
}

/// How many seconds a call that somebody transferred waits for a busy line before it comes back to them, 30 to 600;
/// `None`: it does not wait.
pub fn camp_on_seconds(transfers: &impl HasServices) -> Option<u16> {
    let settings = transfers.settings::<CallTransfer>()?;
    settings.camp_on.then_some(settings.camp_on_seconds)
}

/// Whether a call that somebody transfers may not be forwarded by who gets it: `consulted` when they asked them before.
pub fn inhibits(transfers: &impl HasServices, consulted: bool) -> bool {
    let settings = transfers.settings::<CallTransfer>();
    settings.is_some_and(|settings| {
        if consulted {
            settings.inhibit_consulted
        } else {
            settings.inhibit_blind
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn options_of_a_transfer() {
        type Expected = (Option<u8>, Option<u16>, [bool; 2]);
        let check = |services: Value, expected: Expected| {
            let by = person(services.clone());
            let inhibited = [false, true].map(|consulted| inhibits(&by, consulted));
            let found = (recall_rings(&by), camp_on_seconds(&by), inhibited);
            assert_eq!(found, expected, "{services}");
        };
        let with = |settings: Value| json!({"call-transfer": settings});
        check(json!({}), (None, None, [false, false]));
        check(with(json!({})), (None, None, [false, false]));
        check(
            with(json!({"recall": true})),
            (Some(4), None, [false, false]),
        );
        let rings = json!({"recall": true, "recall_rings": 20});
        check(with(rings), (Some(20), None, [false, false]));
        check(
            with(json!({"camp_on": true})),
            (None, Some(120), [false, false]),
        );
        check(
            with(json!({"inhibit_blind": true})),
            (None, None, [true, false]),
        );
        check(
            with(json!({"inhibit_consulted": true})),
            (None, None, [false, true]),
        );
    }
}
