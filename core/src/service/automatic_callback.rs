//! Automatic callback: who finds a colleague busy is offered a call back once the line is free (requirement C9, manual
//! § 14).

use super::{Direction, Field, Group, HasServices, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct AutomaticCallback;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
}

impl Service for AutomaticCallback {
    const ID: ServiceId = ServiceId("automatic-callback");
    const GROUP: Group = Group::Calling;
    const DIRECTION: Direction = Direction::Outgoing;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}

/// Whether somebody who finds a line busy is offered to be called back.
pub fn is_offered(caller: &impl HasServices) -> bool {
    caller.active::<AutomaticCallback>().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn a_callback_is_offered_to_those_who_have_it_switched_on() {
        let check = |services: Value, expected: bool| {
            assert_eq!(
                is_offered(&person(services.clone())),
                expected,
                "{services}"
            );
        };
        check(json!({}), false);
        check(json!({"automatic-callback": {}}), false);
        check(json!({"automatic-callback": {"active": true}}), true);
    }
}
