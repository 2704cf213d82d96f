//! Ringing more than one phone: simultaneous and sequential ring, remote office, answer confirmation.

use super::Party;
use crate::id::UserId;
use crate::number::Destination;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Ringing more than one phone: simultaneous and sequential ring, remote office, answer confirmation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "find-me")]
pub enum FindMeStep {
    /// A number stands in for the desk phones (remote office).
    StandsIn {
        /// Whose phones.
        user: UserId,
        /// The number.
        number: Destination,
    },
    /// A number rings together with the user's phones (simultaneous ring).
    RingsAlong {
        /// The user.
        user: UserId,
        /// The number.
        number: Destination,
    },
    /// A number rings, once those before it did not answer (sequential ring).
    RingsNext {
        /// The user.
        user: UserId,
        /// The number.
        number: Destination,
        /// How often it rings.
        rings: u8,
    },
    /// A number that should ring does not.
    NotRung {
        /// The user.
        user: UserId,
        /// The number.
        number: Destination,
        /// Why not.
        because: NotRung,
    },
    /// Somebody answered and is asked to press a key.
    AsksConfirmation {
        /// Whose call.
        user: UserId,
        /// Who answered.
        by: Party,
    },
    /// No key came; the others ring on.
    NotConfirmed {
        /// Whose call.
        user: UserId,
        /// Who answered.
        by: Party,
    },
    /// The caller ended the search by a key.
    SearchEnded {
        /// Who was looked for.
        user: UserId,
    },
}

/// Why a number that should ring does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NotRung {
    /// It is the user's own.
    OwnNumber,
    /// Whose number it is, is on a call or does not want to be disturbed.
    Busy,
    /// No phone of whose number it is can be reached.
    Unreachable,
    /// It is a group, a menu or a queue, which does not ring along with others.
    NotAPhone,
    /// It is an emergency number.
    Emergency,
    /// It may not be called in the name of the user.
    Barred,
    /// It is the same as another that rings already.
    Twice,
    /// Nobody has it, or it cannot be dialled.
    NotInUse,
}

impl FindMeStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::StandsIn { user, .. }
            | Self::RingsAlong { user, .. }
            | Self::RingsNext { user, .. }
            | Self::NotRung { user, .. }
            | Self::AsksConfirmation { user, .. }
            | Self::NotConfirmed { user, .. }
            | Self::SearchEnded { user } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        let party = |party: &Party| match party {
            Party::User(user) => name(*user),
            Party::Outside(number) => number.to_string(),
            Party::Emergency => "the emergency services".into(),
        };
        match self {
            Self::StandsIn { user, number } => {
                write!(out, "{number} stands in for the phones of {}", name(*user))
            }
            Self::RingsAlong { number, .. } => write!(out, "  {number} rings along"),
            Self::RingsNext { number, rings, .. } => {
                write!(out, "then {number} rings, {rings} times")
            }
            Self::NotRung {
                number, because, ..
            } => {
                let because = match because {
                    NotRung::OwnNumber => "the own number",
                    NotRung::Busy => "busy",
                    NotRung::Unreachable => "unreachable",
                    NotRung::NotAPhone => "not a phone",
                    NotRung::Emergency => "an emergency number",
                    NotRung::Barred => "barred",
                    NotRung::Twice => "rings already",
                    NotRung::NotInUse => "not in use",
                };
                write!(out, "  {number} does not ring: {because}")
            }
            Self::AsksConfirmation { by, .. } => {
                write!(out, "{} answers and is asked to confirm", party(by))
            }
            Self::NotConfirmed { by, .. } => write!(out, "{} does not confirm", party(by)),
            Self::SearchEnded { .. } => out.write_str("the caller ends the search"),
        }
    }
}
