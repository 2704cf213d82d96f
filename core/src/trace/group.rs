//! Hunt groups and group calls.

use super::Party;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::Policy;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// Hunt groups and group calls. `user` is the group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "group")]
pub enum GroupStep {
    /// A hunt group leaves a member alone.
    Skips {
        /// The group.
        user: UserId,
        /// The member.
        member: UserId,
        /// Why the member is left alone.
        because: Skipped,
    },
    /// A hunt group rings its idle members in this order.
    Tries {
        /// The group.
        user: UserId,
        /// By which the order was made.
        policy: Policy,
        /// The idle members.
        order: Vec<UserId>,
    },
    /// The total time of a hunt group is over.
    TimeOver {
        /// The group.
        user: UserId,
        /// The time, in seconds.
        seconds: u16,
    },
    /// No member took the call.
    NobodyTakes {
        /// The group.
        user: UserId,
        /// Why no member took it.
        because: Untaken,
    },
    /// The number of a hunt group is left aside, as nobody may forward this call.
    Inhibited {
        /// The group.
        user: UserId,
        /// The number.
        to: Destination,
    },
    /// A group call calls a member.
    Calls {
        /// The group.
        user: UserId,
        /// The member, as it is set.
        member: Destination,
    },
    /// A group call leaves a member out.
    LeavesOut {
        /// The group.
        user: UserId,
        /// The member, as it is set.
        member: Destination,
        /// Why the member is not called.
        because: LeftOut,
    },
    /// The call of a member comes to an end without a person who joins.
    Misses {
        /// The group.
        user: UserId,
        /// The member, as it is set.
        member: Destination,
        /// Why the member does not join.
        because: Missed,
    },
    /// Somebody answers and joins the conference.
    Joins {
        /// The group.
        user: UserId,
        /// Whoever answered.
        by: Party,
    },
    /// Somebody leaves the conference.
    Leaves {
        /// The group.
        user: UserId,
        /// Whoever hung up.
        by: Party,
    },
}

/// Why a hunt group leaves a member alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Skipped {
    /// The member is on a call, and the group allows no second one.
    OnCall,
    /// The member does not want to be disturbed.
    DoNotDisturb,
    /// No phone of the member can be reached.
    Unreachable,
    /// A group, a menu or a queue cannot be a member.
    NotAPerson,
    /// There is no such user.
    Unknown,
}

/// Why no member took a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Untaken {
    /// Somebody was rung and did not answer.
    NoAnswer,
    /// All who can be reached are busy.
    Busy,
    /// Nobody can be reached.
    Unreachable,
}

/// Why a group call leaves a member out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// It is a group call whose members are called already.
    Nested,
    /// It is called already.
    Twice,
    /// It is who calls.
    Caller,
    /// Emergency numbers are no members.
    Emergency,
    /// Nobody has the number, or it cannot be dialled.
    NotInUse,
}

/// Why nobody joins for a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Missed {
    /// The ring time is over.
    NoAnswer,
    /// Busy, refused or not reachable.
    Ended,
    /// A menu, a queue, a mailbox or an announcement would answer; these do not join.
    NotAPerson,
}

impl GroupStep {
    /// The user or virtual user in whose name it happens.
    pub fn user(&self) -> UserId {
        match self {
            Self::Skips { user, .. }
            | Self::Tries { user, .. }
            | Self::TimeOver { user, .. }
            | Self::NobodyTakes { user, .. }
            | Self::Inhibited { user, .. }
            | Self::Calls { user, .. }
            | Self::LeavesOut { user, .. }
            | Self::Misses { user, .. }
            | Self::Joins { user, .. }
            | Self::Leaves { user, .. } => *user,
        }
    }

    /// Writes it in plain English; `name` tells what users are called.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(UserId) -> String,
    ) -> fmt::Result {
        let party = |by: &Party| match by {
            Party::User(user) => name(*user),
            Party::Outside(number) => number.to_string(),
            Party::Emergency => "the emergency services".into(),
        };
        let group = name(self.user());
        match self {
            Self::Skips {
                member, because, ..
            } => {
                write!(out, "  {group} skips {}: {}", name(*member), because.word())
            }
            Self::Tries { policy, order, .. } => {
                let order: Vec<_> = order.iter().map(|user| name(*user)).collect();
                write!(
                    out,
                    "{group} tries {} ({})",
                    order.join(", "),
                    word(*policy)
                )
            }
            Self::TimeOver { seconds, .. } => write!(out, "the {seconds} s of {group} are over"),
            Self::NobodyTakes { because, .. } => {
                write!(out, "nobody of {group} takes the call: {}", because.word())
            }
            Self::Inhibited { to, .. } => {
                write!(out, "{group} may not forward to {to}: diversion-inhibited")
            }
            Self::Calls { member, .. } => write!(out, "{group} calls {member}"),
            Self::LeavesOut {
                member, because, ..
            } => {
                write!(out, "  {group} leaves {member} out: {}", because.word())
            }
            Self::Misses {
                member, because, ..
            } => {
                write!(out, "{member} does not join {group}: {}", because.word())
            }
            Self::Joins { by, .. } => write!(out, "{} joins {group}", party(by)),
            Self::Leaves { by, .. } => write!(out, "{} leaves {group}", party(by)),
        }
    }
}

fn word(policy: Policy) -> &'static str {
    match policy {
        Policy::Regular => "regular",
        Policy::Circular => "circular",
        Policy::Simultaneous => "simultaneous",
        Policy::Uniform => "uniform",
        Policy::Weighted => "weighted",
    }
}

impl Skipped {
    fn word(self) -> &'static str {
        match self {
            Self::OnCall => "on a call",
            Self::DoNotDisturb => "do not disturb",
            Self::Unreachable => "unreachable",
            Self::NotAPerson => "not a person",
            Self::Unknown => "no such user",
        }
    }
}

impl Untaken {
    fn word(self) -> &'static str {
        match self {
            Self::NoAnswer => "no answer",
            Self::Busy => "busy",
            Self::Unreachable => "unreachable",
        }
    }
}

impl LeftOut {
    fn word(self) -> &'static str {
        match self {
            Self::Nested => "called already by another group",
            Self::Twice => "called already",
            Self::Caller => "it is who calls",
            Self::Emergency => "an emergency number",
            Self::NotInUse => "not in use",
        }
    }
}

impl Missed {
    fn word(self) -> &'static str {
        match self {
            Self::NoAnswer => "no answer",
            Self::Ended => "busy, refused or unreachable",
            Self::NotAPerson => "no person answers",
        }
    }
}
