//! Music on hold of a user (*Muziek in wachtstand*, manual § 7.6): whether the other side hears any. Which music is the
//! location's affair.

use super::{Field, Group, HasServices, Service, ServiceId};
use serde::{Deserialize, Serialize};

/// The service.
pub struct MusicOnHold;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on, as it is unless the user chose otherwise.
    pub active: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { active: true }
    }
}

impl Service for MusicOnHold {
    const ID: ServiceId = ServiceId("music-on-hold");
    const GROUP: Group = Group::Calling;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}

/// Whether those whom somebody lets wait hear music. Who may not choose gives what the location gives.
pub fn plays(holds: &impl HasServices) -> bool {
    let settings = holds.settings::<MusicOnHold>();
    settings.is_none_or(|settings| settings.active)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn music_plays_unless_the_user_switched_it_off() {
        let check = |services: Value, expected: bool| {
            assert_eq!(plays(&person(services.clone())), expected, "{services}");
        };
        check(json!({}), true);
        check(json!({"music-on-hold": {}}), true);
        check(json!({"music-on-hold": {"active": false}}), false);
    }
}
