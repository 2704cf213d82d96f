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
    /// The users whose lines are watched, in the order of the list.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::service::scope::tests::scope;

    #[test]
    fn contacts_are_users_who_exist() {
        let check = |contacts: &[u32], expected: &[&str]| {
            let contacts = contacts.iter().copied().map(UserId).collect();
            let mut errors = Vec::new();
            Receptionist::validate(&Settings { contacts }, &scope(), &mut errors);
            let expected = expected
                .iter()
                .map(|field| FieldError::new(*field, Code::NotFound));
            assert_eq!(errors, expected.collect::<Vec<_>>());
        };
        check(&[], &[]);
        check(&[2, 20], &[]);
        check(&[2, 30, 3, 31], &["contacts.1", "contacts.3"]);
    }
}
