//! Ringing more than one phone: simultaneous and sequential ring, remote office, answer confirmation.

use crate::id::UserId;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Ringing more than one phone: simultaneous and sequential ring, remote office, answer confirmation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "find-me")]
pub enum FindMeStep {
    /// The call reaches it.
    Begins {
        /// Whose it is.
        user: UserId,
    },
}

impl FindMeStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::Begins { user } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(&self, out: &mut dyn Write, name: &dyn Fn(UserId) -> String) -> fmt::Result {
        match self {
            Self::Begins { user } => write!(out, "find-me of {}", name(*user)),
        }
    }
}
