//! Line monitoring (*Lijnmonitoring*, busy lamp field, manual § 10.1): whose lines the lamps of a desk phone show.

use super::{Field, FieldKind, Group, Needs, Scope, Service, ServiceId};
use crate::error::FieldError;
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// The service.
pub struct LineMonitoring;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whose, in the order of the lamps.
    pub users: Vec<UserId>,
    /// Who is monitored is told when the user parks a call at their phone.
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
