//! Call-center agent (manual § 12.1, 19.7; requirements C25, G1): what an admin sets for one agent instead of what holds for
//! the enterprise. Which call centers they work for stands at the call centers.

use super::{Field, FieldKind, Group, Scope, Service, ServiceId};
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
    /// Whose guard timer holds.
    pub guard: Source,
    /// The agent's own guard timer is on.
    pub guard_on: bool,
    /// The agent's own guard timer: seconds after a call before the next is offered, 1 to 25.
    pub guard_seconds: u8,
    /// The call center whose number and name outgoing calls show; none: the agent's own.
    pub calls_as: Vec<UserId>,
    /// Whose choice of automatic unavailability holds.
    pub unavailable: Source,
    /// The agent's own: unavailable when an offered call bounces off them.
    pub unavailable_on_bounce: bool,
    /// The agent's own: unavailable when they switch do not disturb on.
    pub unavailable_on_do_not_disturb: bool,
}

/// Whose setting holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The enterprise's.
    #[default]
    Default,
    /// The agent's own.
    Own,
}

/// Of what an agent can show the number.
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

impl Settings {
    /// Seconds after a call before the next is offered; `None`: at once.
    pub fn guard(&self, defaults: &CenterDefaults) -> Option<u8> {
        match self.guard {
            Source::Default => defaults.guard_seconds,
            Source::Own => self.guard_on.then_some(self.guard_seconds),
        }
    }

    /// The agent becomes unavailable when an offered call bounces off them.
    pub fn unavailable_on_bounce(&self, defaults: &CenterDefaults) -> bool {
        match self.unavailable {
            Source::Default => defaults.unavailable_on_bounce,
            Source::Own => self.unavailable_on_bounce,
        }
    }

    /// The agent becomes unavailable when they switch do not disturb on.
    pub fn unavailable_on_do_not_disturb(&self, defaults: &CenterDefaults) -> bool {
        match self.unavailable {
            Source::Default => defaults.unavailable_on_do_not_disturb,
            Source::Own => self.unavailable_on_do_not_disturb,
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
