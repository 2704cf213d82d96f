//! Barge-in (manual § 14, `*33`): whether others may join the calls of the user. An admin allows it; the user may still
//! refuse by [`Privacy`].

use super::{Field, Group, HasServices, Service, ServiceId, privacy::Privacy};
use serde::{Deserialize, Serialize};

/// The service.
pub struct BargeIn;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Others may join the calls of the user, unless the user refuses it.
    pub active: bool,
}

impl Service for BargeIn {
    const ID: ServiceId = ServiceId("barge-in");
    const GROUP: Group = Group::Team;
    const ADMIN: bool = true;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }
}

/// Whether others may join the calls of somebody.
pub fn allowed(joined: &impl HasServices) -> bool {
    joined.active::<BargeIn>().is_some()
        && joined
            .settings::<Privacy>()
            .is_none_or(|privacy| !privacy.refuse_barge_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn an_admin_allows_it_and_the_user_may_refuse() {
        let check = |services: Value, expected: bool| {
            assert_eq!(allowed(&person(services.clone())), expected, "{services}");
        };
        check(json!({}), false);
        check(json!({"barge-in": {}}), false);
        check(json!({"barge-in": {"active": true}}), true);
        let refuses = json!({"refuse_barge_in": true});
        check(json!({"barge-in": {"active": true}, "privacy": {}}), true);
        check(
            json!({"barge-in": {"active": true}, "privacy": refuses}),
            false,
        );
        let hides = json!({"hide_status": true});
        check(
            json!({"barge-in": {"active": true}, "privacy": hides}),
            true,
        );
    }
}
