//! What people do in a story besides answering: hold, transfer, park, take, and what becomes of other lines.

use crate::acd::AgentState;
use crate::call::{Input, LegId, Side};
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// Something that somebody does, and when. A story that has such events is told to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// Seconds since the call came in.
    pub after: u32,
    /// What they do.
    pub event: Event,
}

/// One side of a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TalkSide {
    /// Who called, or stands where they stood.
    Caller,
    /// Who answered last.
    Leg,
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "does")]
pub enum Event {
    /// A side puts the other on hold.
    Hold {
        /// The side that puts the other on hold.
        by: TalkSide,
    },
    /// A side takes the other back.
    Resume {
        /// The side that takes the other back.
        by: TalkSide,
    },
    /// A side sends the other on.
    Transfer {
        /// The side that transfers.
        by: TalkSide,
        /// The digits to which.
        to: String,
    },
    /// A side sends the other on to whom it called before.
    Consult {
        /// The side that transfers.
        by: TalkSide,
        /// The digits that it called.
        to: String,
    },
    /// A side parks the other.
    Park {
        /// The side that parks.
        by: TalkSide,
        /// At whose extension.
        at: UserId,
    },
    /// A side hangs up.
    HangUp {
        /// The side that hangs up.
        by: TalkSide,
    },
    /// Somebody takes the ringing or parked call.
    Take {
        /// The user who takes it.
        by: UserId,
    },
    /// Somebody joins the talk.
    Join {
        /// The user who joins.
        by: UserId,
    },
    /// A busy line becomes free.
    Free {
        /// The user whose line it is.
        user: UserId,
    },
    /// The parked call goes back.
    Recall {
        /// The user, or the group, to whom it goes.
        to: UserId,
        /// Nobody else gets it afterwards.
        last: bool,
    },
    /// No music for who is held.
    MusicOff,
    /// An agent is in another state.
    Agent {
        /// The user who is the agent.
        user: UserId,
        /// The new state.
        state: AgentState,
    },
}

impl Event {
    /// The fact that a call is told, while it talks to this leg; none: it is no affair of the call's.
    pub(super) fn input(&self, leg: Option<LegId>) -> Option<Input> {
        // A leg that never was does nothing.
        let leg = leg.unwrap_or(LegId(0));
        let side = |by: &TalkSide| match by {
            TalkSide::Caller => Side::Caller,
            TalkSide::Leg => Side::Leg(leg),
        };
        Some(match self {
            Self::Hold { by } => Input::Held(side(by), true),
            Self::Resume { by } => Input::Held(side(by), false),
            Self::Transfer { by, to } => Input::Transfer {
                by: side(by),
                to: to.clone(),
                consulted: false,
            },
            Self::Consult { by, to } => Input::Transfer {
                by: side(by),
                to: to.clone(),
                consulted: true,
            },
            Self::Park { by, at } => Input::Parked {
                by: side(by),
                at: *at,
            },
            Self::HangUp {
                by: TalkSide::Caller,
            } => Input::CallerHungUp,
            Self::HangUp { by: TalkSide::Leg } => Input::LegHungUp(leg),
            Self::Take { by } => Input::TakenBy(*by),
            Self::Join { by } => Input::BargedInBy(*by),
            Self::Free { user } => Input::Freed(*user),
            Self::Recall { to, last } => Input::Recall {
                to: *to,
                last: *last,
            },
            Self::MusicOff => Input::MusicOff,
            Self::Agent { .. } => return None,
        })
    }
}
