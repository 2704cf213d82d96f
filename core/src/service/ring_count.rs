//! The ring count: one per user, shared by forwarding no answer, voicemail and sequential ring (requirement C3).

use super::{Change, Field, Group, HasServices, Service, ServiceId};
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The length of one ring, in seconds (routing § 1).
pub const RING_SECONDS: u32 = 6;

/// The service.
pub struct RingCount;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How often the phone rings before the no-answer treatment: 0, or 2 to 20.
    pub rings: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rings: 4 }
    }
}

impl Service for RingCount {
    const ID: ServiceId = ServiceId("ring-count");
    const GROUP: Group = Group::Ringing;
    const LICENSED: bool = false;
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[Field::rings("rings")];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }
}

/// How often the phones of somebody ring before the no-answer treatment: 0, or 2 to 20.
pub fn rings(called: &impl HasServices) -> u8 {
    let settings = called.settings::<RingCount>();
    settings.map_or_else(|| Settings::default().rings, |settings| settings.rings)
}

/// The change that digits after the code ask for.
pub fn by_code(digits: &str) -> Change {
    Change {
        service: RingCount::ID,
        field: "rings",
        value: digits.parse::<u8>().map_or(Value::Null, Value::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::json;

    #[test]
    fn phones_ring_four_times_unless_it_is_set() {
        let check = |services: Value, expected: u8| {
            assert_eq!(rings(&person(services.clone())), expected, "{services}");
        };
        check(json!({}), 4);
        check(json!({"ring-count": {}}), 4);
        check(json!({"ring-count": {"rings": 0}}), 0);
        check(json!({"ring-count": {"rings": 20}}), 20);
    }

    #[test]
    fn digits_that_are_no_number_are_refused_by_the_form() {
        let check = |digits: &str, expected: Value| {
            assert_eq!(by_code(digits).value, expected, "{digits}");
        };
        check("2", json!(2));
        check("020", json!(20));
        check("256", Value::Null);
        check("1#", Value::Null);
    }
}
