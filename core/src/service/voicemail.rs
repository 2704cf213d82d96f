//! Voicemail aliases (*Aliassen*, manual § 8.2.2): numbers from which the own mailbox opens without its passcode.

use super::{Field, FieldKind, Group, Needs, Scope, Service, ServiceId};
use crate::error::FieldError;
use crate::number::Destination;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The most aliases.
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
