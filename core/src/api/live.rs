//! What happens now: lines, agents and queues, as a stream of server-sent events.

use super::endpoint;
use crate::acd::AgentState;
use crate::exchange::LineView;
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that is as told from now on, until it is told anew. A line of which nothing is told is away, an agent is
/// signed out, and nobody waits in a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "live")]
pub enum Happening {
    /// What is told next is everything as it is; what was told before counts no longer.
    Anew,
    /// A line is not what it was.
    Line {
        /// Whose.
        user: UserId,
        /// What it is now.
        state: LineView,
    },
    /// The state or the queues of an agent changed.
    Agent {
        /// Whose.
        user: UserId,
        /// What it is now.
        state: AgentState,
        /// Since when.
        since: Timestamp,
        /// The call centers whose queues they are joined to.
        joined: Vec<UserId>,
    },
    /// Calls came into a queue or left it, one waits long, or a service of it was forced.
    Queue {
        /// The call center.
        center: UserId,
        /// Calls that wait.
        waiting: u16,
        /// Since when the one waits that waits longest.
        since: Option<Timestamp>,
        /// So many wait, or one waits so long, that agents are to be told.
        alert: bool,
        /// Agents who are joined and signed in.
        staffed: u16,
        /// Night service is forced, or ended, whatever the settings say.
        night: Option<bool>,
        /// Forced forwarding likewise.
        forwarding: Option<bool>,
    },
}

impl Happening {
    /// Whom it is about; `None`: all of them.
    pub fn about(&self) -> Option<UserId> {
        match self {
            Self::Anew => None,
            Self::Line { user, .. } | Self::Agent { user, .. } => Some(*user),
            Self::Queue { center, .. } => Some(*center),
        }
    }

    /// Its name as the type of a server-sent event.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Anew => "anew",
            Self::Line { .. } => "line",
            Self::Agent { .. } => "agent",
            Self::Queue { .. } => "queue",
        }
    }
}

endpoint! {
    /// Tells lines, agents and queues that the asker may see: first as they are, then each change; each event is named by its `live`.
    Watch: Get "/api/live", LoggedIn, (), () => Happening, body Events
}
