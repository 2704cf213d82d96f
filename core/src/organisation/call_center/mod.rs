//! Call centers (manual § 23.2, 23.3) as they are configured. Whether they take calls now, and who is joined, is live
//! state and kept elsewhere.

mod settings;

pub use settings::*;

use super::{Member, Policy, VirtualUser};
use crate::id::{UnavailableCodeId, UserId};
use crate::number::Destination;
use serde::{Deserialize, Serialize};

/// A call center.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallCenter {
    /// Its id, from the space of user ids.
    pub id: UserId,
    /// Its name, place, numbers (the further ones are its DNIS numbers) and services.
    pub identity: VirtualUser,
    /// How calls are distributed over agents.
    #[serde(default)]
    pub policy: Policy,
    /// Among call centers that wait for one agent, the lowest number goes first (when the enterprise routes by priority).
    #[serde(default)]
    pub priority: u16,
    /// The agents who are assigned, in order.
    #[serde(default)]
    pub agents: Vec<Member>,
    /// The supervisors.
    #[serde(default)]
    pub supervisors: Vec<Supervisor>,
    /// The queue.
    #[serde(default)]
    pub queue: QueueSettings,
    /// What agents may and must do.
    #[serde(default)]
    pub agent: AgentSettings,
    /// What callers and agents hear.
    #[serde(default)]
    pub announcements: Announcements,
    /// Holidays.
    #[serde(default)]
    pub holiday: HolidayService,
    /// Outside hours.
    #[serde(default)]
    pub night: NightService,
    /// Everything goes elsewhere.
    #[serde(default)]
    pub forced: ForcedForwarding,
    /// Offered, and not answered.
    #[serde(default)]
    pub bounced: Bounced,
    /// Ringback instead of the waiting announcements when the wait is short.
    #[serde(default)]
    pub bypass: ComfortBypass,
    /// A full queue, or too long a wait.
    #[serde(default)]
    pub overflow: Overflow,
    /// No agent is left.
    #[serde(default)]
    pub stranded: Stranded,
    /// So many agents carry an unavailable code.
    #[serde(default)]
    pub stranded_unavailable: StrandedUnavailable,
    /// Statistics by mail.
    #[serde(default)]
    pub statistics: StatisticsMail,
    /// Disposition codes of this call center, besides those of the enterprise.
    #[serde(default)]
    pub dispositions: Vec<Disposition>,
}

/// A supervisor, and the agents they look after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Supervisor {
    /// The supervisor.
    pub user: UserId,
    /// Their agents.
    #[serde(default)]
    pub agents: Vec<UserId>,
}

/// What an agent can say of a call (manual § 23.1.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disposition {
    /// The code.
    pub code: String,
    /// What it means.
    pub name: String,
}

/// Which call an agent of several queues gets (routing § 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Routing {
    /// The one that waits longest.
    #[default]
    LongestWait,
    /// Of the queue with the highest priority, the one that waits longest.
    Priority,
}

/// Why an agent is unavailable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnavailableCode {
    /// The code; unique in the enterprise.
    pub id: UnavailableCodeId,
    /// What it means.
    pub name: String,
}

impl CallCenter {
    /// Whether a user is one of its agents or supervisors.
    pub fn has(&self, user: UserId) -> bool {
        self.agents.iter().any(|agent| agent.user == user)
            || self
                .supervisors
                .iter()
                .any(|supervisor| supervisor.user == user)
    }

    /// The numbers to which it sends calls, each with its field.
    pub(super) fn destination_fields(&self) -> Vec<(String, &Destination)> {
        fn closed(action: &ClosedAction) -> Option<&Destination> {
            if let ClosedAction::Forward { to } = action {
                Some(to)
            } else {
                None
            }
        }
        fn stranded(action: &StrandedAction) -> Option<&Destination> {
            if let StrandedAction::Forward { to } = action {
                Some(to)
            } else {
                None
            }
        }
        let overflow = match &self.overflow.action {
            OverflowAction::Forward { to } => Some(to),
            _ => None,
        };
        let fields = [
            ("holiday.action.to", closed(&self.holiday.action)),
            ("night.action.to", closed(&self.night.action)),
            ("stranded.action.to", stranded(&self.stranded.action)),
            (
                "stranded_unavailable.action.to",
                stranded(&self.stranded_unavailable.action),
            ),
            ("overflow.action.to", overflow),
            ("forced.number", self.forced.number.as_ref()),
            ("bounced.number", self.bounced.number.as_ref()),
        ];
        fields
            .into_iter()
            .filter_map(|(field, to)| Some((field.to_owned(), to?)))
            .collect()
    }
}
