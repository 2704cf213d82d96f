//! Receptionist (manual § 12.2, requirement C26): the contacts whose lines a receptionist watches.

use super::{Field, FieldKind, Group, Scope, Service, ServiceId};
use crate::error::FieldError;
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// The service.
pub struct Receptionist;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whose, in order.
    pub contacts: Vec<UserId>,
}

impl Service for Receptionist {
    const ID: ServiceId = ServiceId("receptionist");
    const GROUP: Group = Group::Team;
    const FORM: &'static [Field] = &[Field::of_kind(
        "contacts",
        FieldKind::Users {
            max: 200,
            only: None,
        },
    )];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        scope.users("contacts", &settings.contacts, None, errors);
    }
}
