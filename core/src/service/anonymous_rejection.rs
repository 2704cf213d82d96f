//! Anonymous call rejection (*Blokkering anonieme oproepen*, manual § 7.3): refuses callers from outside who withhold
//! their number. A number that did not arrive is not a withheld one.

use super::{Evaluation, Field, Group, Moment, Pass, Service, ServiceId, Stage, Verdict};
use crate::announcement::Announcement;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct AnonymousRejection;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
}

impl Service for AnonymousRejection {
    const ID: ServiceId = ServiceId("anonymous-rejection");
    const GROUP: Group = Group::Blocking;
    const ACTS_ON_OFFERS: bool = false;
    const STAGES: &'static [Stage] = &[Stage::Arrival];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn evaluate(_: &Settings, moment: &Moment<'_>) -> Evaluation {
        let caller = moment.circumstances.caller;
        if caller.is_internal() {
            Verdict::Pass(Pass::CallerInternal)
        } else if caller.withheld {
            Verdict::Refuse {
                announcement: Announcement::AnonymousRejected,
            }
        } else if caller.is_unavailable() {
            Verdict::Pass(Pass::NumberUnavailable)
        } else {
            Verdict::Pass(Pass::NumberShown)
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::Caller;
    use crate::id::UserId;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn callers_from_outside_who_withhold_their_number_are_refused() {
        let check = |settings: Value, caller: Caller, expected: Verdict| {
            let mut given = given(Stage::Arrival);
            given.caller = caller;
            let said = verdict::<AnonymousRejection>(&settings, &given);
            assert_eq!(said, expected, "{settings} {caller:?}");
        };
        let on = || json!({"active": true});
        let refused = Verdict::Refuse {
            announcement: Announcement::AnonymousRejected,
        };
        let inside = Caller {
            user: Some(UserId(2)),
            ..Caller::withheld()
        };
        let shown = Caller::external("+31201234567".parse().unwrap());
        check(json!({}), Caller::withheld(), Verdict::Pass(Pass::Off));
        check(on(), Caller::withheld(), refused);
        check(on(), inside, Verdict::Pass(Pass::CallerInternal));
        check(
            on(),
            Caller::unavailable(),
            Verdict::Pass(Pass::NumberUnavailable),
        );
        check(on(), shown, Verdict::Pass(Pass::NumberShown));
    }
}
