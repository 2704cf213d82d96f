//! Rules: when and for whom a selective service acts (manual § 6.4).
//! A rule links schedules and never carries times of its own; what a schedule means is `schedule`'s affair.

mod list;

pub use list::Rules;

use crate::caller::Caller;
use crate::error::{Code, FieldError};
use crate::id::ScheduleId;
use crate::number::{Country, Destination, Ends, Pattern, Spelling};
use crate::schedule::{CompiledSchedule, ScheduleType};
use crate::time::{LocalTime, Timestamp, Zone};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// The most numbers or patterns that one rule may list.
pub const MAX_NUMBERS: usize = 12;
/// The longest name of a rule, in characters.
pub const MAX_NAME: usize = 80;

/// One rule of a selective service. All its conditions hold together; between rules any may fire,
/// and a de-activating rule that matches beats an activating one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What the user calls it.
    pub name: String,
    /// Switched off rules are kept and never fire.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What a match does to the service.
    #[serde(default)]
    pub effect: Effect,
    /// The time schedule in which (or outside which) it holds; none: at all hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<During>,
    /// The holiday schedule on (or off) whose days it holds; none: on all days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holiday: Option<During>,
    /// Whose calls it is about.
    #[serde(default)]
    pub who: Who,
    /// Where to forward to instead of the service's default number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Destination>,
}

fn yes() -> bool {
    true
}

/// Whether a matching rule makes the service act, or keeps it from acting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The service acts on the call.
    #[default]
    Activate,
    /// The service leaves the call alone, whatever other rules say.
    Deactivate,
}

/// A link to a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct During {
    /// The schedule.
    pub schedule: ScheduleId,
    /// True: the rule holds when the schedule does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
}

/// The callers that a rule is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "from", deny_unknown_fields)]
pub enum Who {
    /// Every caller.
    #[default]
    Any,
    /// Callers of the own enterprise.
    Internal,
    /// Callers from outside the enterprise.
    External,
    /// Any of these.
    Listed {
        /// Callers who withhold their number.
        #[serde(default)]
        private: bool,
        /// Callers whose number is not known.
        #[serde(default)]
        unavailable: bool,
        /// Numbers and patterns, at most [`MAX_NUMBERS`].
        #[serde(default)]
        numbers: Vec<Pattern>,
    },
}

/// What became of one rule for one call: what "why" and "why not" are answered from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleCheck {
    /// The rule's place in the list, from 0.
    pub rule: u16,
    /// What it came to.
    pub result: RuleResult,
}

/// Why a rule fired or did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum RuleResult {
    /// Every condition held. `block` is the block or line of the deciding schedule that holds, if one does.
    Fired {
        /// The place of the schedule's block or holiday line, from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        block: Option<u16>,
    },
    /// The rule is switched off.
    SwitchedOff,
    /// The caller is not among those that the rule is about.
    OtherCaller,
    /// The time or holiday schedule was not in the state that the rule asks for.
    OtherTime {
        /// The schedule that did not fit.
        schedule: ScheduleId,
        /// True: the rule wanted to be outside it, and the schedule holds.
        outside: bool,
    },
    /// The rule links a schedule that is not there.
    ScheduleMissing {
        /// The schedule that is missing.
        schedule: ScheduleId,
    },
}

/// What a set of rules says of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The rule at this place makes the service act.
    Act(u16),
    /// The rule at this place keeps the service from acting.
    HeldBack(u16),
    /// No rule says anything.
    Silent,
}

/// What rules are held against.
#[derive(Clone)]
pub struct Circumstances<'a> {
    /// The wall clock of the called user's location.
    pub local: LocalTime,
    /// Who calls.
    pub caller: &'a Caller,
    /// Finds schedules.
    pub schedules: &'a dyn Schedules,
    country: Country,
    /// The caller's number as patterns read it, once one asks.
    number: OnceCell<Option<Spelling>>,
}

impl<'a> Circumstances<'a> {
    /// The circumstances of a call at a moment, to a location in `zone` and in the `country` in which national
    /// numbers are read.
    pub fn new(
        at: Timestamp,
        zone: &Zone,
        country: Country,
        caller: &'a Caller,
        schedules: &'a dyn Schedules,
    ) -> Self {
        Self {
            local: zone.local(at),
            caller,
            schedules,
            country,
            number: OnceCell::new(),
        }
    }

    fn number(&self) -> Option<&Spelling> {
        let spell = || {
            self.caller
                .number
                .map(|number| Spelling::new(number, self.country))
        };
        self.number.get_or_init(spell).as_ref()
    }

    /// How the caller's number and extension end; in every way, where it is not by these that a list covers the call.
    fn ends(&self) -> Ends {
        if self.caller.withheld || self.caller.is_unavailable() {
            return Ends::ALL;
        }
        let number = self.number().map(Spelling::ends).unwrap_or_default();
        number
            | self
                .caller
                .extension
                .map(Ends::of_extension)
                .unwrap_or_default()
    }
}

/// Where rules find the schedules they link.
pub trait Schedules {
    /// The schedule with this id, if there is one.
    fn schedule(&self, id: ScheduleId) -> Option<&CompiledSchedule>;
}

impl Rule {
    /// A rule that fires on every call at all times.
    pub fn always(name: &str) -> Self {
        Self {
            name: name.into(),
            enabled: true,
            effect: Effect::Activate,
            time: None,
            holiday: None,
            who: Who::Any,
            number: None,
        }
    }

    /// The schedules that the rule links.
    pub fn links(&self) -> impl Iterator<Item = ScheduleId> + '_ {
        [self.time, self.holiday]
            .into_iter()
            .flatten()
            .map(|d| d.schedule)
    }

    /// What is wrong with the rule, at paths below `path`.
    pub fn validate(
        &self,
        path: &str,
        known: &dyn Fn(ScheduleId) -> Option<ScheduleType>,
        errors: &mut Vec<FieldError>,
    ) {
        let mut push =
            |field: &str, code| errors.push(FieldError::new(format!("{path}.{field}"), code));
        match self.name.trim().chars().count() {
            0 => push("name", Code::Empty),
            n if n > MAX_NAME => push("name", Code::TooLong),
            _ => {}
        }
        for (field, during, kind) in [
            ("time", self.time, ScheduleType::Time),
            ("holiday", self.holiday, ScheduleType::Holidays),
        ] {
            if during.is_some_and(|d| known(d.schedule) != Some(kind)) {
                push(field, Code::ScheduleUnknown);
            }
        }
        if let Who::Listed {
            private,
            unavailable,
            numbers,
        } = &self.who
        {
            if numbers.len() > MAX_NUMBERS {
                push("numbers", Code::TooMany);
            }
            if !private && !unavailable && numbers.is_empty() {
                push("numbers", Code::NobodyListed);
            }
        }
    }
}

impl Who {
    /// A caller with none of these ends is not among those meant.
    fn ends(&self) -> Ends {
        match self {
            Self::Listed {
                private: false,
                unavailable: false,
                numbers,
            } => numbers
                .iter()
                .fold(Ends::default(), |all, one| all | one.ends()),
            _ => Ends::ALL,
        }
    }

    /// Whether the caller is among those meant.
    pub fn covers(&self, c: &Circumstances<'_>) -> bool {
        let caller = c.caller;
        match self {
            Self::Any => true,
            Self::Internal => caller.is_internal(),
            Self::External => !caller.is_internal(),
            Self::Listed { private, .. } if caller.withheld => *private,
            Self::Listed { unavailable, .. } if caller.is_unavailable() => *unavailable,
            Self::Listed { numbers, .. } => numbers.iter().any(|pattern| {
                c.number().is_some_and(|number| pattern.matches(number))
                    || caller
                        .extension
                        .is_some_and(|extension| pattern.matches_extension(extension))
            }),
        }
    }
}
