//! The trace of a call: what was considered, what acted and why. Facts only; `call::text` and the portal's locales
//! put them into words. The steps of each kind of party have a file of their own.

mod code;
mod find_me;
mod group;
mod mailbox;
mod menu;
mod queue;
mod talk;

pub use code::CodeStep;
pub use find_me::{FindMeStep, NotRung};
pub use group::{GroupStep, LeftOut, Missed, Skipped, Untaken};
pub use mailbox::{MailboxStep, MessageMail};
pub use menu::{MenuName, MenuStep, Trigger};
pub use queue::{CenterPolicy, PolicyResult, QueueStep, RingbackReason};
pub use talk::TalkStep;

use crate::announcement::Announcement;
use crate::caller::Caller;
use crate::id::UserId;
use crate::number::{Destination, E164, OutgoingClass};
use crate::organisation::OutgoingOwner;
use crate::rule::RuleCheck;
use crate::service::{ServiceId, Verdict};
use crate::snapshot::Unknown;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One step of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The moment, in milliseconds since 1970 UTC.
    pub at: Timestamp,
    /// What was considered or done.
    #[serde(flatten)]
    pub what: What,
}

/// What happened in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum What {
    /// Somebody calls, and dialled this.
    Calls {
        /// The party that calls.
        caller: Caller,
        /// The digits, as dialled.
        dialled: String,
    },
    /// The call reaches a user; their services get their turn.
    Arrives {
        /// The user.
        user: UserId,
    },
    /// A service was considered.
    Considered {
        /// The user whose service it is.
        user: UserId,
        /// The service that got its turn.
        service: ServiceId,
        /// The version of its settings; 0: never saved.
        version: u32,
        /// What it said.
        verdict: Verdict,
        /// What its rules came to.
        #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
        rules: Box<[RuleCheck]>,
    },
    /// The user's settings may not be seen here: from now on they are taken to ring, and to have nothing set.
    Hidden {
        /// The user.
        user: UserId,
    },
    /// What the line of the user was found to be.
    Line {
        /// The user.
        user: UserId,
        /// The state.
        state: LineFound,
    },
    /// Phones of the user ring.
    Rings {
        /// The user.
        user: UserId,
        /// How many registered phones.
        devices: u16,
        /// The mobile phone rings too.
        mobile: bool,
        /// After how many rings the no-answer treatment comes; `None`: no service waits for it.
        rings: Option<u8>,
    },
    /// The caller is connected to a number outside.
    RingsOutside {
        /// The number.
        number: E164,
    },
    /// A number may not be called, or nobody inside.
    Barred {
        /// Who would have caused the call; `None`: a phone that is nobody's.
        by: Option<UserId>,
        /// The number; `None`: somebody inside.
        number: Option<E164>,
        /// Its class.
        class: OutgoingClass,
        /// Who refuses the class; `None`: nobody allowed it.
        set_by: Option<OutgoingOwner>,
    },
    /// A call does not leave: there are too many.
    OverLimit {
        /// Which limit is reached.
        limit: Limit,
    },
    /// The emergency services are called; nothing may block or divert it.
    Emergency,
    /// The time to answer is over.
    NotAnswered {
        /// The user; `None` for a number outside.
        user: Option<UserId>,
    },
    /// Every phone that rang failed.
    LegsFailed {
        /// The user; `None` for a number outside.
        user: Option<UserId>,
        /// How they failed: busy when one of them was, else not reachable.
        cause: LegFailure,
    },
    /// The call is forwarded.
    Diverted {
        /// The user, virtual or not, who forwards it.
        from: UserId,
        /// To what, as it was set.
        to: Destination,
    },
    /// The call may not be forwarded once more.
    DiversionBlocked {
        /// Who would have forwarded it.
        from: UserId,
        /// To what.
        to: Destination,
        /// Why not.
        because: Blocked,
    },
    /// The caller hears an announcement.
    Announced {
        /// The announcement that is heard.
        announcement: Announcement,
    },
    /// The caller reaches a mailbox.
    Mailbox {
        /// The user whose mailbox it is.
        user: UserId,
    },
    /// Phones and numbers besides the user's own, and their order.
    FindMe(FindMeStep),
    /// A hunt group or a group call.
    Group(GroupStep),
    /// An auto attendant.
    Menu(MenuStep),
    /// A call center.
    Queue(QueueStep),
    /// A mailbox, beyond that the caller reaches it.
    Voicemail(MailboxStep),
    /// A feature access code.
    Code(CodeStep),
    /// What the parties do once they talk.
    Talk(TalkStep),
    /// Somebody answered.
    Answered {
        /// Whoever answered.
        by: Party,
    },
    /// The call is over.
    Ended {
        /// How it ended.
        cause: Cause,
    },
    /// What comes next is not known here: the part of the configuration that there is does not hold it.
    NotKnown {
        /// What would have to be known; of much the first.
        what: Vec<Unknown>,
    },
}

/// Somebody who can answer, or divert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
pub enum Party {
    /// A user of ours.
    User(UserId),
    /// A number outside.
    Outside(E164),
    /// The emergency services.
    Emergency,
}

/// What a line was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineFound {
    /// It can ring.
    Idle,
    /// It is on a call, and a second one can ring (call waiting).
    CallWaiting,
    /// It is on a call.
    Busy,
    /// No phone of the user can be reached.
    Unreachable,
}

/// How a phone that was to ring failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LegFailure {
    /// It could not be reached.
    Unreachable,
    /// It is busy, or the user declined.
    Busy,
}

/// A limit of the calls that leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// So many calls of one user go on.
    UserCalls,
    /// One user made so many within a minute.
    UserCallsAMinute,
    /// So many calls of all users go on.
    EnterpriseCalls,
    /// All users made so many within a minute.
    EnterpriseCallsAMinute,
    /// The user went over a limit, and nobody lifted that yet.
    UserStopped,
    /// All users went over a limit, and nobody lifted that yet.
    EnterpriseStopped,
}

/// Why a call may not be forwarded once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Blocked {
    /// It would come back to somebody who already forwarded it.
    Loop,
    /// It was forwarded as often as a call may be.
    TooOften,
    /// Calls are not forwarded to emergency numbers.
    Emergency,
    /// Nothing can be dialled that way.
    NotDiallable,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Somebody hung up after an answer, or an announcement or message was complete.
    Normal,
    /// The caller hung up before an answer.
    CallerGone,
    /// Busy tone.
    Busy,
    /// Nobody answered.
    NoAnswer,
    /// Refused.
    Rejected,
    /// No phone could be reached.
    Unreachable,
    /// The number is not in use.
    NotInUse,
}

/// The wire name of a unit variant: one spelling for people and machines.
pub(crate) fn kebab(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => "?".into(),
    }
}
