//! Agents of call centers: their state, their queues, and what holds for them (manual § 12.1.4, 12.2).

use super::endpoint;
use crate::acd::AgentState;
use crate::id::{UnavailableCodeId, UserId};
use crate::organisation::UnavailableCode;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A user as an agent. Who works for no call center is signed out and has no queues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agent {
    /// The user.
    pub user: UserId,
    /// The state, for all call centers at once.
    pub state: AgentState,
    /// Since when.
    pub since: Timestamp,
    /// The call centers that they are assigned to; for a supervisor those at which they supervise the agent.
    pub queues: Vec<Seat>,
    /// The reasons to be unavailable; none where the enterprise uses none.
    pub codes: Vec<UnavailableCode>,
    /// The reason that counts when none is given, where one must be.
    pub default_code: Option<UnavailableCodeId>,
    /// Seconds after a call before the next is offered; none: at once.
    pub guard_seconds: Option<u8>,
    /// They become unavailable when an offered call bounces off them.
    pub unavailable_on_bounce: bool,
    /// They become unavailable when they switch do not disturb on.
    pub unavailable_on_do_not_disturb: bool,
}

/// A place at a call center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seat {
    /// The call center.
    pub center: UserId,
    /// Its name.
    pub name: String,
    /// The agent takes its calls.
    pub joined: bool,
    /// The asker may join the agent and take them out.
    pub may_join: bool,
}

/// What an agent is to be from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// The state; none: as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Wanted>,
    /// Why they are unavailable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<UnavailableCodeId>,
    /// The call centers to join.
    pub join: Vec<UserId>,
    /// The call centers to leave.
    pub leave: Vec<UserId>,
}

/// A state that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// Not at work.
    SignedOut,
    /// Takes calls.
    Available,
    /// Takes no calls.
    Unavailable,
    /// Finishes the work of a call.
    WrapUp,
}

impl Wanted {
    /// The state, for a reason.
    pub fn state(self, code: Option<UnavailableCodeId>) -> AgentState {
        match self {
            Self::SignedOut => AgentState::SignedOut,
            Self::Available => AgentState::Available,
            Self::Unavailable => AgentState::Unavailable { code },
            Self::WrapUp => AgentState::WrapUp,
        }
    }
}

endpoint! {
    /// Gives the user as an agent: state, call centers, and what can be chosen.
    Get: Get "/api/users/{user}/agent", OfAgent, UserId, () => Agent
}
endpoint! {
    /// Changes the state of an agent, and the queues that they are joined to; answers once calls go by it.
    Put: Put "/api/users/{user}/agent", OfAgent, UserId, Change => Agent
}
