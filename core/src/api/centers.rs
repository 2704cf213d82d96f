//! Call centers as they are now, what is forced there, and what was counted (requirements G7, G8).

use super::endpoint;
use crate::acd::{AgentState, Counters, Interval};
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A call center as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Now {
    /// The call center.
    pub center: UserId,
    /// Its name.
    pub name: String,
    /// The calls that wait and do not ring at an agent, in the order in which they are offered.
    pub waiting: Vec<Waiting>,
    /// Its agents, as far as the asker may see them, in their order.
    pub agents: Vec<Seated>,
    /// Night service is forced, or ended, whatever the settings say.
    pub night: Option<bool>,
    /// Forced forwarding likewise.
    pub forwarding: Option<bool>,
    /// The asker may force these, and read the statistics.
    pub may_force: bool,
}

/// A call that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waiting {
    /// Its place, from 1.
    pub position: u16,
    /// For how many seconds it waits.
    pub seconds: u32,
}

/// An agent of a call center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seated {
    /// The agent.
    pub user: UserId,
    /// First and last name.
    pub name: String,
    /// The agent takes calls of this call center.
    pub joined: bool,
    /// The state, for all call centers at once.
    pub state: AgentState,
    /// Since when.
    pub since: Timestamp,
    /// The calls on their line.
    pub calls: u16,
    /// A phone of theirs is registered.
    pub reachable: bool,
}

/// What is to be forced; none: as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Force {
    /// Night service, whatever the hours are.
    pub night: Option<bool>,
    /// Forced forwarding, whatever the settings say.
    pub forwarding: Option<bool>,
}

/// Of which time statistics are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Range {
    /// Intervals that begin at this moment or later; none: a day before the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Intervals that begin before this moment; none: now. At most 31 days after the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What was counted, up to the moment of the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statistics {
    /// The call center.
    pub center: UserId,
    /// The beginning.
    pub from: Timestamp,
    /// The end.
    pub until: Timestamp,
    /// The whole time.
    pub total: Counters,
    /// Each quarter of an hour in which something happened.
    pub intervals: Vec<Interval>,
    /// Its agents, as far as the asker may see them; each for all call centers together.
    pub agents: Vec<OfAgent>,
}

/// What was counted of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfAgent {
    /// The agent.
    pub user: UserId,
    /// First and last name.
    pub name: String,
    /// The whole time.
    pub total: Counters,
    /// Each quarter of an hour in which something happened.
    pub intervals: Vec<Interval>,
}

/// What was typed into the list of priorities. Call centers that are not in it keep their place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Priorities {
    /// Each at most once.
    pub priorities: Vec<Typed>,
}

/// The place of a call center, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// The call center.
    pub center: UserId,
    /// Its version that was seen.
    pub version: u64,
    /// A decimal number: 1.5 goes between 1 and 2.
    pub priority: String,
}

/// The place of a call center among those that wait for the same agent, when the enterprise routes by priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ranked {
    /// The call center.
    pub center: UserId,
    /// Its name.
    pub name: String,
    /// Grows with every save of it.
    pub version: u64,
    /// The lowest goes first.
    pub priority: u16,
}

endpoint! {
    /// Lists the call centers by priority.
    GetPriorities: Get "/api/call-centers/priorities", Enterprise, (), () => Vec<Ranked>
}
endpoint! {
    /// Puts call centers in the order of what was typed, and numbers all of them anew; 409 when somebody else saved one in the meantime.
    PutPriorities: Put "/api/call-centers/priorities", Enterprise, (), Priorities => Vec<Ranked>
}
endpoint! {
    /// Gives a call center as it is now: calls that wait, agents, and what is forced.
    GetNow: Get "/api/call-centers/{center}/live", OfCenter, UserId, () => Now
}
endpoint! {
    /// Forces night service or forwarding of a call center, or ends that, until it is changed again by a code or saved otherwise.
    PutForce: Put "/api/call-centers/{center}/force", OfCenter, UserId, Force => Now
}
endpoint! {
    /// Gives what was counted of a call center and its agents, by quarter of an hour.
    GetStatistics: Get "/api/call-centers/{center}/statistics", OfCenter, UserId, Range => Statistics
}
