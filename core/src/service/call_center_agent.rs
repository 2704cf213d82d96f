//! Call-center agent (manual § 12.1, 19.7; requirements C25, G1): what an admin sets for one agent instead of what holds for
//! the enterprise. Which call centers they work for stands at the call centers.

use super::{Field, FieldKind, Group, HasServices, Scope, Service, ServiceId};
use crate::error::FieldError;
use crate::id::UserId;
use crate::organisation::CenterDefaults;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct CallCenterAgent;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether the guard timer of the enterprise or the agent's own holds.
    pub guard: Source,
    /// The agent's own guard timer is on.
    pub guard_on: bool,
    /// The agent's own guard timer: seconds after a call before the next is offered, 1 to 25.
    pub guard_seconds: u8,
    /// The call center whose number and name outgoing calls show; none: the agent's own.
    pub calls_as: Vec<UserId>,
    /// Whether the enterprise's choice of automatic unavailability or the agent's own holds.
    pub unavailable: Source,
    /// The agent's own: unavailable when an offered call bounces off them.
    pub unavailable_on_bounce: bool,
    /// The agent's own: unavailable when they switch do not disturb on.
    pub unavailable_on_do_not_disturb: bool,
}

/// Which of two settings holds for an agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The one of the enterprise.
    #[default]
    Default,
    /// The one of the agent.
    Own,
}

/// An agent can show the number of a call center only.
const CALLS_AS: Option<RoleKind> = Some(RoleKind::CallCenter);
/// The choices of [`Source`] on the wire.
const OWN: &[&str] = &["default", "own"];

impl Default for Settings {
    fn default() -> Self {
        Self {
            guard: Source::Default,
            guard_on: false,
            guard_seconds: 5,
            calls_as: Vec::new(),
            unavailable: Source::Default,
            unavailable_on_bounce: false,
            unavailable_on_do_not_disturb: false,
        }
    }
}

impl Service for CallCenterAgent {
    const ID: ServiceId = ServiceId("call-center-agent");
    const GROUP: Group = Group::Team;
    const ADMIN: bool = true;
    const FORM: &'static [Field] = &[
        Field::choice("guard", OWN),
        Field::toggle("guard_on"),
        Field::number("guard_seconds", 1, 25),
        Field::of_kind(
            "calls_as",
            FieldKind::Users {
                max: 1,
                only: CALLS_AS,
            },
        ),
        Field::choice("unavailable", OWN),
        Field::toggle("unavailable_on_bounce"),
        Field::toggle("unavailable_on_do_not_disturb"),
    ];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        scope.users("calls_as", &settings.calls_as, CALLS_AS, errors);
    }
}

/// What holds for one agent after a call and when they do not take one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conduct {
    /// The guard timer: seconds after a call before the next is offered, 1 to 25; `None`: at once.
    pub guard_seconds: Option<u8>,
    /// The agent becomes unavailable when an offered call bounces off them.
    pub unavailable_on_bounce: bool,
    /// The agent becomes unavailable when they switch do not disturb on.
    pub unavailable_on_do_not_disturb: bool,
}

/// What holds for an agent: their own settings where these say so, else those of the enterprise.
pub fn conduct(agent: Option<&impl HasServices>, enterprise: &CenterDefaults) -> Conduct {
    let own = agent.and_then(HasServices::settings::<CallCenterAgent>);
    let guard = own.filter(|own| own.guard == Source::Own);
    let unavailable = own.filter(|own| own.unavailable == Source::Own);
    Conduct {
        guard_seconds: guard.map_or(enterprise.guard_seconds, |own| {
            own.guard_on.then_some(own.guard_seconds)
        }),
        unavailable_on_bounce: unavailable.map_or(enterprise.unavailable_on_bounce, |own| {
            own.unavailable_on_bounce
        }),
        unavailable_on_do_not_disturb: unavailable
            .map_or(enterprise.unavailable_on_do_not_disturb, |own| {
                own.unavailable_on_do_not_disturb
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn an_agents_own_settings_hold_where_they_say_so() {
        let enterprise = CenterDefaults {
            guard_seconds: Some(9),
            unavailable_on_bounce: true,
            unavailable_on_do_not_disturb: false,
            ..CenterDefaults::default()
        };
        let check = |settings: Value, guard: Option<u8>, bounce: bool, do_not_disturb: bool| {
            let expected = Conduct {
                guard_seconds: guard,
                unavailable_on_bounce: bounce,
                unavailable_on_do_not_disturb: do_not_disturb,
            };
            let agent = person(json!({"call-center-agent": settings}));
            assert_eq!(conduct(Some(&agent), &enterprise), expected, "{settings}");
        };
        check(json!({}), Some(9), true, false);
        check(
            json!({"guard_on": true, "guard_seconds": 3}),
            Some(9),
            true,
            false,
        );
        check(json!({"guard": "own"}), None, true, false);
        let own = json!({"guard": "own", "guard_on": true, "guard_seconds": 3});
        check(own, Some(3), true, false);
        check(json!({"unavailable": "own"}), Some(9), false, false);
        let own = json!({"unavailable": "own", "unavailable_on_do_not_disturb": true});
        check(own, Some(9), false, true);
        // Who does not have the service goes by the enterprise's settings.
        let of_enterprise = conduct(Some(&person(json!({}))), &enterprise);
        assert_eq!(of_enterprise.guard_seconds, Some(9));
    }
}
