//! Call centers: arrival, queue, offers, bounced, overflow, stranded.

use crate::id::UserId;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Call centers: arrival, queue, offers, bounced, overflow, stranded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "queue")]
pub enum QueueStep {
    /// The call reaches it.
    Begins {
        /// Whose it is.
        user: UserId,
    },
}

impl QueueStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::Begins { user } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(&self, out: &mut dyn Write, name: &dyn Fn(UserId) -> String) -> fmt::Result {
        match self {
            Self::Begins { user } => write!(out, "queue of {}", name(*user)),
        }
    }
}
