//! What a service answers when it gets its turn on a call.

use super::Moment;
use crate::announcement::Announcement;
use crate::number::Destination;
use crate::rule::{RuleCheck, Rules, Ruling};
use serde::{Deserialize, Serialize};

/// What a service said of a call, and what its rules came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The verdict of the service.
    pub verdict: Verdict,
    /// What each of its rules came to.
    pub rules: Box<[RuleCheck]>,
}

impl From<Verdict> for Evaluation {
    fn from(verdict: Verdict) -> Self {
        Self {
            verdict,
            rules: Box::default(),
        }
    }
}

/// The answer of a service that acts on the calls which its rules name, and leaves all others alone.
pub(super) fn by_rules(
    rules: &Rules,
    moment: &Moment<'_>,
    act: impl FnOnce(u16) -> Verdict,
) -> Evaluation {
    let (ruling, rules) = rules.judge(&moment.circumstances);
    let verdict = match ruling {
        Ruling::Silent => Verdict::Pass(Pass::NoRule),
        Ruling::HeldBack(rule) => Verdict::Pass(Pass::HeldBack { rule }),
        Ruling::Act(rule) => act(rule),
    };
    Evaluation { verdict, rules }
}

/// What a service said of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "did")]
pub enum Verdict {
    /// It left the call alone.
    Pass(Pass),
    /// It takes part in the call as it is set.
    Acts {
        /// The rule that said so, if it was a rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<u16>,
    },
    /// It sends the call to a number.
    Forward {
        /// The number.
        to: Destination,
        /// The rule that said so, if it was a rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<u16>,
        /// The phone plays a short ring as a reminder.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        splash: bool,
    },
    /// It sends the call to the user's mailbox.
    Voicemail {
        /// The phone plays a short ring as a reminder.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        splash: bool,
    },
    /// It refuses the call with an announcement.
    Refuse {
        /// What the caller hears.
        announcement: Announcement,
    },
    /// The line counts as busy.
    Busy {
        /// The phone plays a short ring as a reminder.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        splash: bool,
    },
}

impl Verdict {
    /// The call goes another way by it.
    pub const fn takes_call(&self) -> bool {
        !matches!(self, Self::Pass(_) | Self::Acts { .. })
    }
}

/// Why a service left a call alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Pass {
    /// It is not assigned to the user.
    NotAssigned,
    /// It is switched off.
    Off,
    /// Its settings cannot be read; it is skipped and reported.
    Unreadable,
    /// No rule covers this call at this moment.
    NoRule,
    /// A de-activating rule covers it.
    HeldBack {
        /// The rule.
        rule: u16,
    },
    /// A rule lets it in.
    Accepted {
        /// The rule.
        rule: u16,
    },
    /// None of its schedules holds at this moment.
    OutsideSchedules,
    /// It would send the call to the number that was called.
    OwnNumber,
    /// The caller shows a number.
    NumberShown,
    /// The caller's number is unknown, but not withheld.
    NumberUnavailable,
    /// The caller is of the own enterprise.
    CallerInternal,
    /// Forwarding is inhibited for this call.
    DiversionInhibited,
    /// A group offers the call to its member.
    OfferedByGroup,
    /// The user is not on a call.
    LineFree,
    /// The user is on a call, or counts as busy.
    OnACall,
    /// The user has no mailbox, or it is switched off.
    NoMailbox,
    /// It has neither a number nor the mailbox to send the call to.
    NoDestination,
}
