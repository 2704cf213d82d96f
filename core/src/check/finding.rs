//! What can be found, and how it is told.

use super::{NoCall, Witness, WitnessCall};
use crate::dial::Overlap;
use crate::feature::Feature;
use crate::id::{LocationId, ScheduleId, UserId};
use crate::number::{Destination, E164, Extension, OutgoingClass, Pattern};
use crate::organisation::OutgoingOwner;
use crate::schedule::WeekMinute;
use crate::service::{ServiceId, Unavailable};
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It works, though hardly as it was meant.
    Warning,
    /// Calls go wrong.
    Error,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Where, as a path in the export file.
    pub at: String,
    /// Whose settings stand there: a user's or a virtual user's. None: those of a location, a group or the enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<UserId>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, with what it concerns.
    pub kind: Kind,
    /// What shows it.
    pub witness: Witness,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Kind {
    /// Calls come back to somebody who sent them on.
    Loop {
        /// Through whom, in this order, and back to the first.
        through: Vec<UserId>,
    },
    /// Not every loop among some parties was looked for: calls are sent on between them in too many ways.
    LoopsUnsearched {
        /// How many they are. The finding stands at one of them.
        parties: u32,
    },
    /// A rule that is switched on and can never fire.
    RuleNeverFires {
        /// The service.
        service: ServiceId,
        /// The place of the rule, from 0.
        rule: u16,
        /// Why it can never fire.
        because: Never,
    },
    /// A number in the list of a rule that no caller shows: nobody has it, or there cannot be such a number.
    NoCallerShows {
        /// The service.
        service: ServiceId,
        /// The place of the rule, from 0.
        rule: u16,
        /// The number.
        number: Pattern,
    },
    /// A service that never gets its turn.
    Masked {
        /// The service.
        service: ServiceId,
        /// The one that takes every call before it.
        by: ServiceId,
    },
    /// Forced forwarding does not hold while the call center is closed.
    ForcedMasked {
        /// By which service.
        by: Shut,
    },
    /// A menu in which a caller can do nothing.
    MenuDeadEnd,
    /// A menu that callers can leave only by hanging up.
    MenuNoExit,
    /// A submenu to which nothing leads.
    OrphanSubmenu {
        /// The submenu.
        menu: u16,
    },
    /// An action that leads to a submenu that is not there.
    NoSubmenu {
        /// The submenu.
        menu: u16,
    },
    /// Nobody has this number.
    NobodyThere {
        /// The number.
        to: Destination,
        /// Callers are sent there by their own choice or by a group, not by a user's setting.
        shared: bool,
    },
    /// Calls to this number do not leave in the name of who sends them there (requirement K2).
    Barred {
        /// The number.
        to: Destination,
        /// Its class.
        class: OutgoingClass,
        /// Who set that; none: it is so by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        set_by: Option<OutgoingOwner>,
        /// Callers are sent there by their own choice or by a group, not by a user's setting.
        shared: bool,
    },
    /// A speed dial that stands for itself, by others or at once.
    SpeedDialCircle {
        /// Its two digits.
        code: String,
    },
    /// A speed dial that stands for a feature access code with digits after it, of which the code takes none.
    CodeTakesNone {
        /// What it stands for.
        to: Destination,
        /// What the code does.
        feature: Feature,
    },
    /// An extension with which another at the location begins: dialled key by key it is reached before the other.
    ExtensionBegins {
        /// The extension.
        shorter: Extension,
        /// The other.
        longer: Extension,
        /// Whose the other is.
        of: UserId,
    },
    /// A group that calls reach has no members.
    NoMembers,
    /// A member is at another location than the group.
    MemberElsewhere {
        /// The member.
        user: UserId,
        /// Where they are.
        location: LocationId,
    },
    /// A hunt group has a number for calls that nobody answers, which is not used when nobody can be reached.
    NoAnswerOnly {
        /// The number.
        to: Destination,
    },
    /// A menu leads to a mailbox that is switched off.
    MailboxOff {
        /// The user whose mailbox it is.
        user: UserId,
    },
    /// A service is switched on that the user cannot use.
    NotTheirs {
        /// The service.
        service: ServiceId,
        /// Why they cannot use it.
        because: Unavailable,
    },
    /// There is no such user.
    NoUser {
        /// The user.
        user: UserId,
    },
    /// A group, a menu or a queue stands where only a person can.
    NotAPerson {
        /// The virtual user.
        user: UserId,
    },
    /// A member stands there twice.
    MemberTwice {
        /// The member.
        user: UserId,
    },
    /// There is no such schedule.
    NoSchedule {
        /// The schedule.
        schedule: ScheduleId,
    },
    /// There is no such sound: the system's is played.
    NoSound {
        /// The name.
        name: String,
    },
    /// Two have one number.
    SameNumber {
        /// The number.
        number: E164,
        /// Where it stands already.
        first: String,
    },
    /// Two have one extension at one location.
    SameExtension {
        /// The extension.
        extension: Extension,
        /// Where it stands already.
        first: String,
    },
    /// Two locations have one prefix, or one prefix begins with the other.
    SamePrefix {
        /// Where the other stands.
        first: String,
    },
    /// Codes, speed dials, extensions and emergency numbers in each other's way.
    Overlap(Overlap),
    /// The weights of the members do not add up to 100.
    Weights {
        /// What they add up to.
        sum: u32,
    },
    /// The menu is open and leads to somebody who forwards at that hour, as theirs is over.
    HoursGap {
        /// To whom the menu leads.
        user: UserId,
        /// By which the menu is open.
        open: ScheduleId,
        /// By which the user is away.
        away: ScheduleId,
        /// The first such minute of the week.
        at: WeekMinute,
    },
}

/// Why a rule can never fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Never {
    /// The schedule never holds, or always holds where the rule is about the time outside it.
    Time {
        /// The schedule.
        schedule: ScheduleId,
    },
    /// It held at times of this schedule that are past, and never will again.
    Past {
        /// The schedule.
        schedule: ScheduleId,
    },
    /// Its two schedules are never at once as it asks.
    Apart {
        /// The time schedule.
        time: ScheduleId,
        /// The holiday schedule.
        holiday: ScheduleId,
    },
    /// An earlier rule fires whenever this one would.
    Covered {
        /// That rule.
        by: u16,
    },
    /// A rule holds the service back whenever this one would fire.
    HeldBack {
        /// That rule.
        by: u16,
    },
    /// No caller shows any of the numbers that it lists.
    NoCaller,
}

/// By what a call center is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shut {
    /// Holiday service.
    Holiday,
    /// Night service.
    Night,
}

impl Finding {
    pub(super) fn new(at: impl Into<String>, kind: Kind, witness: Witness) -> Self {
        Self {
            at: at.into(),
            of: None,
            severity: kind.severity(&witness),
            kind,
            witness,
        }
    }

    /// Something that no call shows.
    pub(super) fn set(at: impl Into<String>, kind: Kind, because: NoCall) -> Self {
        Self::new(at, kind, Witness::Settings { because })
    }
}

impl Kind {
    fn severity(&self, witness: &Witness) -> Severity {
        match self {
            // Two who stand in for each other meet when neither answers: that ends as a busy line does.
            Self::Loop { .. } if witness.call().is_some_and(WitnessCall::is_conditional) => {
                Severity::Warning
            }
            Self::NoMembers if witness.call().is_some_and(WitnessCall::is_stopped) => {
                Severity::Error
            }
            Self::Loop { .. }
            | Self::MenuNoExit
            | Self::SpeedDialCircle { .. }
            | Self::MailboxOff { .. }
            | Self::NoSubmenu { .. }
            | Self::NobodyThere { shared: true, .. }
            | Self::Barred { shared: true, .. }
            | Self::NoUser { .. }
            | Self::NotAPerson { .. }
            | Self::NoSchedule { .. }
            | Self::SameNumber { .. }
            | Self::SameExtension { .. }
            | Self::SamePrefix { .. }
            | Self::Weights { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }
}
