//! Who calls, as far as the network tells.

use crate::id::UserId;
use crate::number::{E164, Extension};
use serde::{Deserialize, Serialize};

/// The calling party. A caller of the own enterprise keeps their user whatever they show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// The number, when the network gave one. It stays known to routing when it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// The extension of a caller of the own enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The user who calls, when it is one of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The caller withholds the number on purpose.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
}

impl Caller {
    /// A caller from outside who shows a number.
    pub fn external(number: E164) -> Self {
        Self {
            number: Some(number),
            ..Self::default()
        }
    }

    /// A caller from outside who withholds the number.
    pub fn withheld() -> Self {
        Self {
            withheld: true,
            ..Self::default()
        }
    }

    /// A caller from outside whose number did not arrive.
    pub fn unavailable() -> Self {
        Self::default()
    }

    /// A caller of the own enterprise.
    pub fn is_internal(&self) -> bool {
        self.user.is_some()
    }

    /// No number arrived, and not because the caller withheld it.
    pub fn is_unavailable(&self) -> bool {
        !self.withheld && self.number.is_none() && self.extension.is_none()
    }
}
