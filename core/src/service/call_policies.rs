//! Call policies (*Oproepbeleid*, manual § 11.3): what callers are told of a call that is forwarded.

use super::{Field, Group, Service, ServiceId};
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct CallPolicies;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// For whom it stays hidden who answers a call that this user forwarded: they go on seeing this user.
    pub redirected_privacy: Privacy,
    /// Who is told that the call is being forwarded.
    pub forwarding_notice: Notice,
}

/// From whom it is hidden who answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// From nobody.
    #[default]
    None,
    /// From callers outside the enterprise.
    External,
    /// From all callers.
    All,
}

/// Who is told that a call is being forwarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// Nobody.
    #[default]
    Never,
    /// Callers of the enterprise.
    Internal,
    /// All callers.
    All,
}

impl Settings {
    /// Whether a caller goes on seeing the user who forwarded the call.
    pub fn hides_answerer(&self, internal: bool) -> bool {
        match self.redirected_privacy {
            Privacy::None => false,
            Privacy::External => !internal,
            Privacy::All => true,
        }
    }

    /// Whether a caller is told that the call is being forwarded.
    pub fn tells_forwarding(&self, internal: bool) -> bool {
        match self.forwarding_notice {
            Notice::Never => false,
            Notice::Internal => internal,
            Notice::All => true,
        }
    }
}

impl Service for CallPolicies {
    const ID: ServiceId = ServiceId("call-policies");
    const GROUP: Group = Group::Calling;
    const LICENSED: bool = false;
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[
        Field::choice("redirected_privacy", &["none", "external", "all"]),
        Field::choice("forwarding_notice", &["never", "internal", "all"]),
    ];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }
}
