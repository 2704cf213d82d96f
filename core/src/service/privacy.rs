//! Privacy of the line (manual § 10.1): who may watch its status, and that nobody may barge in.

use super::{Field, FieldKind, Group, HasServices, Scope, Service, ServiceId};
use crate::error::FieldError;
use crate::id::UserId;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct Privacy;

/// Only persons can be permitted, as only they look at lines and join calls.
const PERMITTED: Option<RoleKind> = Some(RoleKind::Person);

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Others cannot see whether the user is on a call.
    pub hide_status: bool,
    /// Users who can see it nevertheless.
    pub permitted: Vec<UserId>,
    /// Nobody may barge in on the user's calls, whatever an admin allowed.
    pub refuse_barge_in: bool,
}

impl Service for Privacy {
    const ID: ServiceId = ServiceId("privacy");
    const GROUP: Group = Group::Blocking;
    const LICENSED: bool = false;
    const FORM: &'static [Field] = &[
        Field::toggle("hide_status"),
        Field::of_kind(
            "permitted",
            FieldKind::Users {
                max: 100,
                only: PERMITTED,
            },
        ),
        Field::toggle("refuse_barge_in"),
    ];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        scope.users("permitted", &settings.permitted, PERMITTED, errors);
    }
}

/// Whether a watcher may see the status of somebody's line (requirement C21).
pub fn shows_status(watched: &impl HasServices, watcher: UserId) -> bool {
    watched.user_id() == watcher
        || watched
            .settings::<Privacy>()
            .is_none_or(|privacy| !privacy.hide_status || privacy.permitted.contains(&watcher))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn the_status_of_a_line_is_shown_to_those_who_may_see_it() {
        let check = |services: Value, watcher: u32, expected: bool| {
            let shown = shows_status(&person(services.clone()), UserId(watcher));
            assert_eq!(shown, expected, "{services} {watcher}");
        };
        let hidden = json!({"privacy": {"hide_status": true, "permitted": [3]}});
        check(json!({}), 2, true);
        check(json!({"privacy": {"refuse_barge_in": true}}), 2, true);
        check(hidden.clone(), 2, false);
        check(hidden.clone(), 3, true);
        // The own line.
        check(hidden, 1, true);
    }
}
