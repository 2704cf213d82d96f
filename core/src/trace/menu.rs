//! Auto attendants: menus, keys, dialling by extension and name.

use crate::id::UserId;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Auto attendants: menus, keys, dialling by extension and name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "menu")]
pub enum MenuStep {
    /// The call reaches it.
    Begins {
        /// Whose it is.
        user: UserId,
    },
}

impl MenuStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::Begins { user } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(&self, out: &mut dyn Write, name: &dyn Fn(UserId) -> String) -> fmt::Result {
        match self {
            Self::Begins { user } => write!(out, "menu of {}", name(*user)),
        }
    }
}
