//! Call centers: what each policy said of a call, what the caller heard, and whom the call was offered to.

use crate::announcement::Announcement;
use crate::id::{ScheduleId, UserId};
use crate::number::Destination;
use crate::outcome::Unqueued;
use crate::trace::{LegFailure, kebab};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// A call in a call center.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "queue")]
pub enum QueueStep {
    /// A further number of the call center was dialled (DNIS).
    Dnis {
        /// The call center.
        center: UserId,
        /// Its number or extension, as it is shown.
        number: String,
    },
    /// How the call center was found when the call arrived.
    Found {
        /// The call center.
        center: UserId,
        /// Agents who are joined.
        joined: u16,
        /// Of these, those who are unavailable or signed out.
        unavailable: u16,
        /// Calls that wait already.
        waiting: u16,
    },
    /// A policy got its turn.
    Considered {
        /// The call center.
        center: UserId,
        /// Which policy.
        policy: CenterPolicy,
        /// What it came to.
        #[serde(flatten)]
        result: PolicyResult,
    },
    /// The call joins the queue.
    Joins {
        /// The call center.
        center: UserId,
        /// Seconds that it waited before.
        waited: u32,
    },
    /// The caller hears an announcement of the call center.
    Hears {
        /// The call center.
        center: UserId,
        /// In which place it stands.
        announcement: Announcement,
        /// The call center's own recording, not the system's.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        own: bool,
        /// The position or the minutes that are told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// The caller hears music.
    Music {
        /// The call center.
        center: UserId,
    },
    /// The caller hears that it rings.
    Ringback {
        /// The call center.
        center: UserId,
        /// Why the caller hears ringing and no music.
        because: RingbackReason,
    },
    /// The queue offers the call.
    Offered {
        /// The call center.
        center: UserId,
        /// The agents who are offered it, one or all at once.
        agents: Vec<UserId>,
    },
    /// An agent cannot take the offer.
    Failed {
        /// The call center.
        center: UserId,
        /// The agent.
        agent: UserId,
        /// How the phone of the agent failed.
        cause: LegFailure,
    },
    /// The offer is taken back; the call stays in the queue.
    Withdrawn {
        /// The call center.
        center: UserId,
    },
    /// The agent hears an announcement before the call.
    Whisper {
        /// The call center.
        center: UserId,
        /// The agent.
        agent: UserId,
    },
    /// The agent was gone before the call was connected; it goes back into the queue.
    AgentGone {
        /// The call center.
        center: UserId,
        /// The agent.
        agent: UserId,
    },
    /// The queue takes the call from an agent who held it too long.
    TakenBack {
        /// The call center.
        center: UserId,
        /// The agent.
        agent: UserId,
    },
    /// The caller leaves the queue by the key.
    LeavesByKey {
        /// The call center.
        center: UserId,
    },
    /// The number of a policy is left aside, as nobody may forward this call.
    Inhibited {
        /// The call center.
        center: UserId,
        /// The number.
        to: Destination,
    },
    /// The queue lets go of the call.
    Unqueued {
        /// The call center.
        center: UserId,
        /// Why the queue lets go of it.
        because: Unqueued,
    },
    /// An announcement is repeated until the caller hangs up.
    Repeats {
        /// The call center.
        center: UserId,
    },
}

/// A policy of a call center that may keep a call from its queue (routing § 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CenterPolicy {
    /// Holidays.
    HolidayService,
    /// Outside hours.
    NightService,
    /// Everything goes elsewhere.
    ForcedForwarding,
    /// So many agents carry an unavailable code.
    StrandedUnavailable,
    /// No agent is left.
    Stranded,
}

/// What a policy came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum PolicyResult {
    /// It is switched off.
    Off,
    /// Its schedule says that it does not hold now.
    NotNow {
        /// The schedule.
        schedule: ScheduleId,
    },
    /// It has no schedule, and so never holds of itself.
    NoSchedule,
    /// Its schedule is missing.
    ScheduleMissing {
        /// The schedule.
        schedule: ScheduleId,
    },
    /// It has no number to send the call to.
    NoNumber,
    /// It would send the call on, which nobody may.
    Inhibited,
    /// Too few agents are away.
    AgentsLeft,
    /// It holds, and its action is to leave the call in the queue.
    Stays,
    /// It takes the call, as its schedule says.
    Applies,
    /// It takes the call, forced by hand.
    Forced,
}

/// Why the caller hears ringback in a call center.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RingbackReason {
    /// An agent is free.
    NoWait,
    /// The wait will be short (comfort bypass).
    ShortWait,
    /// The call is offered to an agent.
    Offer,
    /// Until the caller hangs up: the policy says so.
    Policy,
}

impl QueueStep {
    /// The call center.
    pub fn user(&self) -> UserId {
        match self {
            Self::Dnis { center, .. }
            | Self::Found { center, .. }
            | Self::Considered { center, .. }
            | Self::Joins { center, .. }
            | Self::Hears { center, .. }
            | Self::Music { center }
            | Self::Ringback { center, .. }
            | Self::Offered { center, .. }
            | Self::Failed { center, .. }
            | Self::Withdrawn { center }
            | Self::Whisper { center, .. }
            | Self::AgentGone { center, .. }
            | Self::TakenBack { center, .. }
            | Self::LeavesByKey { center }
            | Self::Inhibited { center, .. }
            | Self::Unqueued { center, .. }
            | Self::Repeats { center } => *center,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        match self {
            Self::Dnis { center, number } => {
                write!(out, "  {number} of {} was dialled", name(*center))
            }
            Self::Found {
                joined,
                unavailable,
                waiting,
                ..
            } => {
                write!(
                    out,
                    "  {joined} agent(s) joined, {unavailable} of them away; {waiting} call(s) wait"
                )
            }
            Self::Considered { policy, result, .. } => write!(out, "  {}: {result}", kebab(policy)),
            Self::Joins { center, waited: 0 } => {
                write!(out, "joins the queue of {}", name(*center))
            }
            Self::Joins { center, waited } => {
                write!(
                    out,
                    "joins the queue of {}, waited {waited}s before",
                    name(*center)
                )
            }
            Self::Hears {
                announcement,
                own,
                number,
                ..
            } => {
                write!(out, "caller hears {}", kebab(announcement))?;
                number.map_or(Ok(()), |number| write!(out, " {number}"))?;
                out.write_str(if *own { ", own recording" } else { "" })
            }
            Self::Music { .. } => out.write_str("caller hears music"),
            Self::Ringback { because, .. } => {
                write!(out, "caller hears ringback: {}", kebab(because))
            }
            Self::Offered { agents, .. } => {
                let agents: Vec<String> = agents.iter().map(|agent| name(*agent)).collect();
                write!(out, "offered to {}", agents.join(", "))
            }
            Self::Failed { agent, cause, .. } => {
                write!(out, "{} is {}", name(*agent), kebab(cause))
            }
            Self::Withdrawn { .. } => out.write_str("the offer is taken back"),
            Self::Whisper { agent, .. } => write!(out, "{} hears a whisper", name(*agent)),
            Self::AgentGone { agent, .. } => {
                write!(out, "{} is gone before the call", name(*agent))
            }
            Self::TakenBack { agent, .. } => write!(out, "the call is taken from {}", name(*agent)),
            Self::LeavesByKey { center } => {
                write!(out, "leaves the queue of {} by key", name(*center))
            }
            Self::Inhibited { center, to } => {
                write!(
                    out,
                    "{} may not forward to {to}: diversion-inhibited",
                    name(*center)
                )
            }
            Self::Unqueued { center, because } => {
                write!(
                    out,
                    "the queue of {} lets go: {}",
                    name(*center),
                    kebab(because)
                )
            }
            Self::Repeats { .. } => out.write_str("caller hears queue-stranded again and again"),
        }
    }
}

impl fmt::Display for PolicyResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::NotNow { schedule } => write!(f, "not now by schedule {schedule}"),
            Self::NoSchedule => f.write_str("no schedule"),
            Self::ScheduleMissing { schedule } => write!(f, "schedule {schedule} is missing"),
            Self::NoNumber => f.write_str("no number"),
            Self::Inhibited => f.write_str("diversion-inhibited"),
            Self::AgentsLeft => f.write_str("agents are left"),
            Self::Stays => f.write_str("holds, and calls stay"),
            Self::Applies => f.write_str("takes the call"),
            Self::Forced => f.write_str("takes the call, forced"),
        }
    }
}
