//! Voicemail aliases (*Aliassen*, manual § 8.2.2): numbers from which the own mailbox opens without its passcode.

use super::{Field, FieldKind, Group, HasServices, Needs, Scope, Service, ServiceId};
use crate::caller::Caller;
use crate::error::FieldError;
use crate::number::{Country, Destination};
use crate::organisation::RoleKind;
use crate::passcode;
use serde::{Deserialize, Serialize};

/// The most aliases of one mailbox.
pub const MAX_ALIASES: u8 = 10;

/// The service.
pub struct Voicemail;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The numbers, at most [`MAX_ALIASES`].
    pub aliases: Vec<Destination>,
}

impl Service for Voicemail {
    const ID: ServiceId = ServiceId("voicemail");
    const GROUP: Group = Group::Messages;
    const NEEDS: Needs = Needs::FixedProfile;
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[Field::of_kind(
        "aliases",
        FieldKind::Destinations { max: MAX_ALIASES },
    )];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        for (place, alias) in settings.aliases.iter().enumerate() {
            scope.destination(&format!("aliases.{place}"), alias, errors);
        }
    }
}

/// Whether somebody has a mailbox that can be listened to.
pub fn is_theirs(user: &impl HasServices) -> bool {
    user.has::<Voicemail>()
}

/// Whether a caller has to key in the passcode before they hear the messages of somebody; national numbers are read in
/// `country`.
pub fn asks_passcode(owner: &impl HasServices, caller: &Caller, country: Country) -> bool {
    let settings = owner.settings::<Voicemail>();
    let aliases = settings.map_or(&[][..], |settings| &settings.aliases);
    passcode::is_needed(owner.user_id(), aliases, caller, country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;
    use crate::service::testing::person;
    use serde_json::json;

    #[test]
    fn a_mailbox_opens_without_a_passcode_at_the_own_phone_and_at_aliases() {
        let owner = person(json!({"voicemail": {"aliases": ["102", "+31612345678"]}}));
        let check = |user: Option<u32>, extension: Option<&str>, number: Option<&str>, asks| {
            let caller = Caller {
                user: user.map(UserId),
                extension: extension.map(|extension| extension.parse().unwrap()),
                number: number.map(|number| number.parse().unwrap()),
                withheld: false,
            };
            let found = asks_passcode(&owner, &caller, Country::Nl);
            assert_eq!(found, asks, "{caller:?}");
        };
        check(Some(1), Some("101"), None, false);
        check(Some(2), Some("102"), None, false);
        check(Some(3), Some("103"), None, true);
        check(Some(3), Some("103"), Some("+31612345678"), false);
        // Whoever calls from outside can show any number.
        check(None, None, Some("+31612345678"), true);
    }

    #[test]
    fn only_who_has_the_service_has_a_mailbox() {
        assert!(is_theirs(&person(json!({"voicemail": {}}))));
        assert!(!is_theirs(&person(json!({}))));
    }
}
