//! The call history of users (requirement C31): what a call was to each of those who had part in it, persons and virtual
//! users. Read from the trace of a call that is over; keeping it is the host's.
//!
//! - *Placed*: who dialled somebody, a number outside or the emergency services. A code that reaches nobody is none.
//! - *Received*: who answered, wherever their phone stands; a virtual user through its member or agent, a menu by itself.
//!   Who gets a call by transfer, pickup or from a park has an entry of their own.
//! - *Missed*: who was called and did not answer, busy and not reachable included, also when the call went on from the
//!   ringing phone or into their mailbox.
//! - None: what one's own services refused, or forwarded before anything rang; what somebody else answered, for the
//!   members and agents who rang, the colleagues who rang along, and whose phone it was picked up from. A group call has no elsewhere: each member who
//!   does not join missed it.
//!
//! The other side is who was dialled, not who answered; and the caller as the phone showed them: who withholds their
//! number is nobody here.

mod line;
mod reader;

use crate::caller::Caller;
use crate::id::UserId;
use crate::number::{Destination, E164, Extension};
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use crate::trace::Step;
use serde::{Deserialize, Serialize};

/// What a call was to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// They called.
    Placed,
    /// They were called, and answered.
    Received,
    /// They were called, and did not answer.
    Missed,
}

impl Kind {
    /// Its name, as it is written everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Received => "received",
            Self::Missed => "missed",
        }
    }
}

/// One call in the history of one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// In whose history it is.
    pub user: UserId,
    /// What it was to them.
    pub kind: Kind,
    /// When it was dialled or reached them.
    pub at: Timestamp,
    /// The other side.
    pub other: Other,
    /// What they dialled, when they placed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dialled: String,
    /// For how many seconds it rang or waited, until somebody answered or it ended.
    pub waited: u32,
    /// For how many seconds they talked; none: nobody answered, or only a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talked: Option<u32>,
    /// Through whom it came: the group, menu or queue, or who forwarded or transferred it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Named>,
    /// The member or agent who answered it for a virtual user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<Named>,
    /// Where their forwarding sent it after it had rung.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_to: Option<Destination>,
    /// The caller left a message in their mailbox.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub message: bool,
}

/// The other side of a call, as its user was allowed to see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Other {
    /// The number; none: withheld, or unknown, or an emergency number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// The extension of somebody of the enterprise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The name of somebody of the enterprise.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The caller withheld number and name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
}

/// A user or virtual user, with the name of that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Named {
    /// The user or virtual user.
    pub user: UserId,
    /// What they were called.
    pub name: String,
}

/// The entries that a call leaves, in the order in which it reached the users. A trace without an end is read as if it
/// ended with its last step. `names` is the configuration that the call went by.
pub fn entries(trace: &[Step], names: &Snapshot) -> Vec<Entry> {
    let mut reader = reader::Reader::new(names);
    for step in trace {
        reader.read(step);
    }
    reader.over(trace.last().map_or(Timestamp(0), |step| step.at))
}

impl Other {
    fn caller(caller: &Caller, names: &Snapshot) -> Self {
        match caller.user {
            _ if caller.withheld => Self {
                withheld: true,
                ..Self::default()
            },
            Some(user) => Self::user(user, names),
            None => Self {
                number: caller.number,
                ..Self::default()
            },
        }
    }

    fn user(user: UserId, names: &Snapshot) -> Self {
        let Some(subscriber) = names.user(user) else {
            return Self::default();
        };
        let (number, extension) = (subscriber.user.number, subscriber.user.extension);
        Self {
            number,
            extension,
            name: name(user, names),
            withheld: false,
        }
    }

    fn outside(number: E164) -> Self {
        Self {
            number: Some(number),
            ..Self::default()
        }
    }
}

impl Named {
    fn of(user: UserId, names: &Snapshot) -> Self {
        Self {
            user,
            name: name(user, names),
        }
    }
}

fn name(user: UserId, names: &Snapshot) -> String {
    names.user(user).map_or_else(String::new, |subscriber| {
        subscriber.user.name().trim().to_owned()
    })
}
