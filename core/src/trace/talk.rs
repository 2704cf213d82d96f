//! Calls that were answered: hold, transfer, recall, park, pickup.

use super::Party;
use crate::id::UserId;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Calls that were answered: hold, transfer, recall, park, pickup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "talk")]
pub enum TalkStep {
    /// Somebody puts the other on hold.
    Held {
        /// Who; none: a caller without a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Party>,
        /// The other hears music.
        music: bool,
    },
    /// Who was held is heard again.
    Resumed {
        /// Whoever took the other back from hold.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Party>,
    },
    /// Nobody hears music while held, in this call.
    MusicOff,
    /// Somebody sends the other on.
    Transferred {
        /// Who; none: a caller without a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Party>,
        /// The digits to which.
        to: String,
        /// They talked to the new party first.
        consulted: bool,
        /// The new party may not forward it.
        inhibited: bool,
    },
    /// Nothing can be reached by the digits of a transfer; everything stays as it was.
    TransferRefused {
        /// Who wanted it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Party>,
        /// The digits.
        to: String,
    },
    /// A transferred call that nobody answered comes back.
    Recalled {
        /// The user who transferred it.
        to: UserId,
    },
    /// A transferred caller waits until a busy line is free.
    CampedOn {
        /// Whose line.
        user: UserId,
        /// For so many seconds at most.
        seconds: u16,
        /// The caller hears music.
        music: bool,
    },
    /// The line is free.
    Freed {
        /// The user whose line it is.
        user: UserId,
    },
    /// Somebody parks the other.
    Parked {
        /// Who; none: a caller without a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Party>,
        /// At whose extension. The step has an `at` already: its moment.
        #[serde(rename = "where")]
        at: UserId,
        /// The other hears music.
        music: bool,
    },
    /// Nobody retrieved the parked call.
    ParkRecalled {
        /// Who gets it.
        to: UserId,
    },
    /// A recalled call is parked again: who parked it did not answer.
    ParkedAgain {
        /// At whose extension. The step has an `at` already: its moment.
        #[serde(rename = "where")]
        at: UserId,
    },
    /// Somebody takes the ringing or parked call.
    TakenBy {
        /// The user who takes it.
        user: UserId,
    },
    /// Somebody joins the talk.
    JoinedBy {
        /// The user who joins.
        user: UserId,
    },
    /// One of three leaves; the others talk on.
    Left {
        /// Who; none: a caller without a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Party>,
    },
    /// A caller is called back once a line is free.
    CallbackSet {
        /// The user who is called back.
        caller: UserId,
        /// Whose line.
        callee: UserId,
    },
    /// The parties go on in another call.
    Merged,
}

impl TalkStep {
    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        let who = |party: &Option<Party>| match party {
            Some(Party::User(user)) => name(*user),
            Some(Party::Outside(number)) => number.to_string(),
            Some(Party::Emergency) => "the emergency services".into(),
            None => "the caller".into(),
        };
        let heard = |music: &bool| if *music { "music" } else { "silence" };
        match self {
            Self::Held { by, music } => write!(out, "{} holds: {}", who(by), heard(music)),
            Self::Resumed { by } => write!(out, "{} resumes", who(by)),
            Self::MusicOff => out.write_str("no music in this call"),
            Self::Transferred {
                by,
                to,
                consulted,
                inhibited,
            } => {
                let how = if *consulted {
                    "after consulting"
                } else {
                    "blind"
                };
                let stays = if *inhibited {
                    ", diversion inhibited"
                } else {
                    ""
                };
                write!(out, "{} transfers to {to}, {how}{stays}", who(by))
            }
            Self::TransferRefused { by, to } => write!(out, "{} cannot transfer to {to}", who(by)),
            Self::Recalled { to } => {
                write!(out, "the transferred call comes back to {}", name(*to))
            }
            Self::CampedOn {
                user,
                seconds,
                music,
            } => {
                write!(
                    out,
                    "waits up to {seconds} s for the line of {}: {}",
                    name(*user),
                    heard(music)
                )
            }
            Self::Freed { user } => write!(out, "the line of {} is free", name(*user)),
            Self::Parked { by, at, music } => {
                write!(
                    out,
                    "{} parks the call at {}: {}",
                    who(by),
                    name(*at),
                    heard(music)
                )
            }
            Self::ParkRecalled { to } => write!(out, "the parked call goes back to {}", name(*to)),
            Self::ParkedAgain { at } => write!(out, "parked again at {}", name(*at)),
            Self::TakenBy { user } => write!(out, "{} takes the call", name(*user)),
            Self::JoinedBy { user } => write!(out, "{} joins the talk", name(*user)),
            Self::Left { by } => write!(out, "{} leaves, the others talk on", who(by)),
            Self::CallbackSet { caller, callee } => {
                write!(
                    out,
                    "{} is called back once {} is free",
                    name(*caller),
                    name(*callee)
                )
            }
            Self::Merged => out.write_str("goes on in another call"),
        }
    }
}
