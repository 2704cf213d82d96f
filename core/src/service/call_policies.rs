//! Call policies (*Oproepbeleid*, manual § 11.3): what callers are told of a call that is forwarded.

use super::{Field, Group, HasServices, Service, ServiceId};
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
    /// Every caller is shown who answers.
    #[default]
    None,
    /// Callers from outside the enterprise are not shown who answers.
    External,
    /// No caller is shown who answers.
    All,
}

/// Who is told that a call is being forwarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// No caller is told.
    #[default]
    Never,
    /// Callers of the enterprise are told.
    Internal,
    /// All callers are told.
    All,
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

/// Whether callers of the enterprise (`internal`) or from outside go on seeing the user who forwarded the call, and not
/// who answers it.
pub fn hides_answerer(forwards: &impl HasServices, internal: bool) -> bool {
    let settings = forwards.settings::<CallPolicies>();
    settings.is_some_and(|settings| match settings.redirected_privacy {
        Privacy::None => false,
        Privacy::External => !internal,
        Privacy::All => true,
    })
}

/// Whether callers of the enterprise (`internal`) or from outside are told that the user forwards the call.
pub fn tells_forwarding(forwards: &impl HasServices, internal: bool) -> bool {
    let settings = forwards.settings::<CallPolicies>();
    settings.is_some_and(|settings| match settings.forwarding_notice {
        Notice::Never => false,
        Notice::Internal => internal,
        Notice::All => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn who_sees_the_answerer_and_who_is_told_of_the_forwarding() {
        // From outside, and of the enterprise.
        let check = |settings: Value, hides: [bool; 2], tells: [bool; 2]| {
            let forwards = person(json!({"call-policies": settings}));
            let of = [false, true];
            let found = of.map(|internal| hides_answerer(&forwards, internal));
            assert_eq!(found, hides, "{settings}");
            let found = of.map(|internal| tells_forwarding(&forwards, internal));
            assert_eq!(found, tells, "{settings}");
        };
        check(json!({}), [false, false], [false, false]);
        let external = json!({"redirected_privacy": "external"});
        check(external, [true, false], [false, false]);
        check(
            json!({"redirected_privacy": "all"}),
            [true, true],
            [false, false],
        );
        let internal = json!({"forwarding_notice": "internal"});
        check(internal, [false, false], [false, true]);
        check(
            json!({"forwarding_notice": "all"}),
            [false, false],
            [true, true],
        );
    }
}
