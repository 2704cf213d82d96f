//! What a call is told by those whom it asks: the state of lines, groups, queues and mailboxes, which no configuration
//! holds, and what came of what it wanted done. The call machine, the distributor and the exchange share it.

use crate::id::{DeviceId, UnavailableCodeId, UserId};
use crate::number::Extension;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the line of a user is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFact {
    /// Whose line.
    pub user: UserId,
    /// The registered phones that can be reached.
    pub devices: Vec<DeviceId>,
    /// The calls the user is on, ringing ones included.
    pub calls: u16,
    /// An agent who is not available: a call that rings all the same is delivered by force.
    pub unavailable: bool,
}

/// What a hunt group needs to know before it looks for a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupFact {
    /// Which group.
    pub group: UserId,
    /// The lines of its members, in the order of the members; those of virtual users and unknown ones are left out.
    pub lines: Vec<LineFact>,
    /// Who last answered a call to the group.
    pub last_answered: Option<UserId>,
    /// When each member last answered a call to the group.
    pub answered_at: BTreeMap<UserId, Timestamp>,
    /// From which draws are made: the same seed, the same draw.
    pub seed: u64,
}

/// What a call center needs to know when a call arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CenterFact {
    /// Which call center.
    pub center: UserId,
    /// Night service was forced by a code; beside what is configured.
    pub night_forced: Option<bool>,
    /// Forced forwarding was switched by a code; beside what is configured.
    pub forwarding_forced: Option<bool>,
    /// Agents who are joined and signed in, available or in wrap-up or not.
    pub staffed: u16,
    /// Agents who are joined.
    pub joined: u16,
    /// Of these, those who are unavailable or signed out.
    pub unavailable: u16,
    /// How many of them carry each code.
    pub codes: BTreeMap<UnavailableCodeId, u16>,
    /// Calls that wait.
    pub waiting: u16,
    /// An agent could be offered the call at once.
    pub agent_free: bool,
    /// The wait that a call that comes now may expect, in seconds; [`u32::MAX`]: nobody is at work.
    pub estimated_wait: u32,
}

/// Where a call stands in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueFact {
    /// Its position, from 1.
    pub position: u16,
    /// The wait that it may still expect, in seconds (routing § 3 and 7); [`u32::MAX`]: nobody is at work.
    pub estimated_wait: u32,
    /// Other calls that wait.
    pub others: u16,
}

/// What a mailbox needs to know before it greets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailboxFact {
    /// Messages not heard yet.
    pub new_messages: u16,
    /// Messages heard and kept.
    pub old_messages: u16,
    /// No more messages fit.
    pub full: bool,
}

/// What is found of a passcode that a caller keyed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PasscodeResult {
    /// It is the one of the mailbox.
    Right,
    /// It is not.
    Wrong,
    /// None would do: none was ever set, or too many were wrong not long ago.
    Refused,
}

/// Why a queue let go of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unqueued {
    /// The queue is full.
    Full,
    /// It waited too long.
    Overflow,
    /// It was offered and not answered, and bounced calls go elsewhere.
    Bounced,
    /// No agent is left.
    Stranded,
    /// So many agents carry the unavailable code.
    StrandedUnavailable,
}

/// What came of something that a call asked to be performed for its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Performed {
    /// Done; the caller hears a confirmation.
    Done,
    /// The caller's phone now is the leg of another call: this one ends without hanging up.
    Joined,
    /// Done, and this is where: the extension at which a call was parked.
    At(Extension),
    /// Done, and so many callbacks wait.
    Waiting(u16),
    /// There is nothing to do it to.
    Nothing,
    /// It may not be done.
    Refused,
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferResult {
    /// The agent answered.
    Answered,
    /// The agent did not answer in time, declined, or could not be reached.
    Failed,
    /// Caller and agent are done, or another agent took it.
    Over,
}
