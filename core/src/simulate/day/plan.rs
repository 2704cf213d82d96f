//! What a simulated day is told: which calls come to which numbers, and what people do.

use crate::dial::{Target, dial};
use crate::id::UserId;
use crate::number::E164;
use crate::simulate::{Arrivals, Plan, PlanError, Span, Staff};
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A day, or as long as it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DayPlan {
    /// When it begins.
    pub start: Timestamp,
    /// How long calls come in, in minutes; at most 400 days.
    pub minutes: u32,
    /// The same seed, plan and configuration: the same report, everywhere.
    #[serde(default)]
    pub seed: u64,
    /// The calls.
    pub calls: Vec<Calls>,
    /// How people work, agents and others: in a break or out of their shift they let it ring, as those of no group do.
    pub staff: Vec<Staff>,
    /// What numbers outside do.
    #[serde(default)]
    pub outside: Outside,
}

/// Calls to one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// What is dialled; no feature access code.
    pub dialled: String,
    /// Who calls: one of these, drawn among those who are on no call; when all are, nobody calls. Empty: somebody outside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<UserId>,
    /// The number that a caller outside shows; none: an unknown one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// When they come; a profile counts from Monday 00:00 at the location of who is called.
    pub arrivals: Arrivals,
    /// How long a talk takes.
    pub handling: Span,
    /// How long a caller waits to be answered by somebody before they give up; none: as long as it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience: Option<Span>,
    /// What callers press in menus; one is drawn for each call. Empty: they press nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// What a caller presses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// How often it is drawn, held against the others.
    #[serde(default = "one")]
    pub share: f64,
    /// A text for each prompt that is played, typed while it plays; an empty one is a prompt at which none is pressed.
    pub keys: Vec<String>,
}

fn one() -> f64 {
    1.0
}

/// What numbers outside do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Outside {
    /// How long they ring before they answer.
    pub answer: Span,
    /// The part of calls that they do not answer, 0 to 1.
    pub misses: f64,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            answer: Span::Fixed { seconds: 8.0 },
            misses: 0.0,
        }
    }
}

/// Why a day cannot be run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DayPlanError {
    /// As of other plans.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// There is no such user.
    #[error("there is no user {0}")]
    NoUser(UserId),
    /// A code is dialled: what it changes or performs is no affair of a simulated day.
    #[error("{0} is a feature access code")]
    Code(String),
}

impl DayPlan {
    /// Whether it can be run.
    ///
    /// # Errors
    ///
    /// The first thing that cannot.
    pub fn validate(&self, config: &Snapshot) -> Result<(), DayPlanError> {
        self.times().validate(config)?;
        for calls in &self.calls {
            calls.arrivals.validate()?;
            calls.handling.validate()?;
            calls.patience.as_ref().map_or(Ok(()), Span::validate)?;
            calls
                .choices
                .iter()
                .try_for_each(|choice| super::super::plan::within(choice.share, 1e6))?;
            for user in &calls.from {
                let caller = config.user(*user).ok_or(DayPlanError::NoUser(*user))?;
                if let Target::Code(..) = dial(config, &caller.place, Some(caller), &calls.dialled)
                {
                    return Err(DayPlanError::Code(calls.dialled.clone()));
                }
            }
        }
        self.outside.answer.validate()?;
        Ok(super::super::plan::within(self.outside.misses, 1.0)?)
    }

    /// The part that it shares with a plan of queues: when it is, and how people work.
    pub(super) fn times(&self) -> Plan {
        let Self {
            start,
            minutes,
            seed,
            ref staff,
            ..
        } = *self;
        Plan {
            start,
            minutes,
            seed,
            streams: Vec::new(),
            staff: staff.clone(),
        }
    }
}
