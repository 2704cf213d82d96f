//! Line monitoring (*Lijnmonitoring*, busy lamp field, manual § 10.1): whose lines the lamps of a desk phone show.

use super::{Field, FieldKind, Group, HasServices, Needs, Scope, Service, ServiceId};
use crate::error::FieldError;
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// The service.
pub struct LineMonitoring;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The users whose lines are shown, in the order of the lamps.
    pub users: Vec<UserId>,
    /// A user who is monitored is told when this user parks a call at their phone.
    pub notify_parked: bool,
}

impl Service for LineMonitoring {
    const ID: ServiceId = ServiceId("line-monitoring");
    const GROUP: Group = Group::Team;
    const NEEDS: Needs = Needs::DeskPhone;
    const FORM: &'static [Field] = &[
        Field::of_kind(
            "users",
            FieldKind::Users {
                max: 100,
                only: None,
            },
        ),
        Field::toggle("notify_parked"),
    ];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        scope.users("users", &settings.users, None, errors);
    }
}

/// Whom somebody wants to monitor, in the order of the lamps, whether or not they may.
pub fn monitored(watcher: &impl HasServices) -> &[UserId] {
    let settings = watcher.settings::<LineMonitoring>();
    settings.map_or(&[], |settings| &settings.users)
}

/// Whether a user is told that `parker`, who monitors them, parks a call at their phone.
pub fn tells_of_parked(parker: &impl HasServices, at: UserId) -> bool {
    let settings = parker.settings::<LineMonitoring>();
    settings.is_some_and(|settings| settings.notify_parked && settings.users.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn who_is_monitored_and_who_is_told_of_parked_calls() {
        let check = |services: Value, expected: &[u32], told: bool| {
            let watcher = person(services.clone());
            let expected: Vec<_> = expected.iter().copied().map(UserId).collect();
            assert_eq!(monitored(&watcher), expected, "{services}");
            assert_eq!(tells_of_parked(&watcher, UserId(2)), told, "{services}");
        };
        let with = |settings: Value| json!({"line-monitoring": settings});
        check(json!({}), &[], false);
        check(with(json!({"notify_parked": true})), &[], false);
        check(with(json!({"users": [3, 2]})), &[3, 2], false);
        check(
            with(json!({"users": [3, 2], "notify_parked": true})),
            &[3, 2],
            true,
        );
        check(
            with(json!({"users": [3], "notify_parked": true})),
            &[3],
            false,
        );
    }
}
