//! Caller ID blocking (*Nummerweergave uit*, manual § 11.2): calls outside the enterprise do not show who calls.

use super::{Direction, Field, Group, HasServices, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct CallerIdBlocking;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Calls do not show the number; a code dialled before a call holds for that call instead.
    pub active: bool,
}

impl Service for CallerIdBlocking {
    const ID: ServiceId = ServiceId("caller-id-blocking");
    const GROUP: Group = Group::Calling;
    const DIRECTION: Direction = Direction::Outgoing;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}

/// Whether the number of somebody is kept from callees outside, unless a code says otherwise for one call.
pub fn is_on(caller: &impl HasServices) -> bool {
    caller.active::<CallerIdBlocking>().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn a_number_is_withheld_by_those_who_have_it_switched_on() {
        let check = |services: Value, expected: bool| {
            assert_eq!(is_on(&person(services.clone())), expected, "{services}");
        };
        check(json!({}), false);
        check(json!({"caller-id-blocking": {}}), false);
        check(json!({"caller-id-blocking": {"active": true}}), true);
    }
}
