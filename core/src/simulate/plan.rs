//! What a simulation is told: when, which calls, and how agents work.

use crate::id::{UnavailableCodeId, UserId};
use crate::schedule::Block;
use crate::snapshot::{Role, Snapshot};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A simulation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// When it begins.
    pub start: Timestamp,
    /// How long calls come in, in minutes; at most 400 days.
    pub minutes: u32,
    /// The same seed, plan and configuration: the same report, everywhere.
    #[serde(default)]
    pub seed: u64,
    /// The calls.
    pub streams: Vec<Stream>,
    /// How agents work; those of no group stay away.
    pub staff: Vec<Staff>,
}

/// Calls to one call center.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// The call center.
    pub center: UserId,
    /// When they come.
    pub arrivals: Arrivals,
    /// How long a talk takes.
    pub handling: Span,
    /// How long a caller waits before they give up; none: as long as it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience: Option<Span>,
}

/// When calls come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "by", deny_unknown_fields)]
pub enum Arrivals {
    /// By chance, as many an hour all the time.
    Rate {
        /// Calls an hour on average.
        per_hour: f64,
    },
    /// By chance, as many in each quarter of an hour as here, from Monday 00:00 at the call center's location. A
    /// list that is too short begins anew: 96 quarters make a day that each day is like.
    Profile {
        /// Calls in each quarter of an hour on average.
        per_quarter: Vec<f64>,
    },
    /// At these moments; those outside the time of the plan are left out.
    At {
        /// The moments.
        moments: Vec<Timestamp>,
    },
}

/// How long something takes, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum Span {
    /// Always as long.
    Fixed {
        /// Seconds.
        seconds: f64,
    },
    /// Often short, now and then long; without memory.
    Exponential {
        /// The mean.
        mean: f64,
    },
    /// Around a usual length, with a long tail: what talks are like.
    Lognormal {
        /// The mean.
        mean: f64,
        /// The standard deviation as a part of the mean.
        variation: f64,
    },
}

impl Default for Span {
    fn default() -> Self {
        Self::Fixed { seconds: 0.0 }
    }
}

/// Agents who work alike. By default they are always there and answer at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// The agents.
    pub agents: Vec<UserId>,
    /// When they are signed in, at their location; none: always.
    #[serde(default)]
    pub shifts: Vec<Block>,
    /// When they are unavailable.
    #[serde(default)]
    pub breaks: Vec<Block>,
    /// The code that they give then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_code: Option<UnavailableCodeId>,
    /// How long it rings before they answer.
    #[serde(default)]
    pub answer: Span,
    /// The part of offers that they do not answer, 0 to 1.
    #[serde(default)]
    pub misses: f64,
    /// How long they are in wrap-up after a call, where the call center puts them there.
    #[serde(default)]
    pub wrap_up: Span,
}

/// Why a plan cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// No call center has this id.
    #[error("there is no call center {0}")]
    NoCenter(UserId),
    /// Nobody with this id is a person or an agent of a call center.
    #[error("there is no agent {0}")]
    NoAgent(UserId),
    /// A number is negative, too large or none at all.
    #[error("{0} is out of range")]
    OutOfRange(f64),
    /// The plan takes longer than 400 days.
    #[error("{0} minutes are too long")]
    TooLong(u32),
}

/// The most calls an hour of one stream.
const MOST_AN_HOUR: f64 = 1e6;
/// The longest mean of a span: a day.
const LONGEST: f64 = 86_400.0;

/// Whether somebody can be at work: a person, or an agent of a call center.
fn works(config: &Snapshot, user: UserId) -> bool {
    let agent = |role: &Role| match role {
        Role::CallCenter(center) => center.agents.iter().any(|agent| agent.user == user),
        _ => false,
    };
    config
        .user(user)
        .is_some_and(|subscriber| matches!(subscriber.role, Role::Person))
        || config.users().any(|subscriber| agent(&subscriber.role))
}

impl Plan {
    /// Whether it can be run.
    ///
    /// # Errors
    ///
    /// The first thing that cannot.
    pub fn validate(&self, config: &Snapshot) -> Result<(), PlanError> {
        if self.minutes > 400 * 24 * 60 {
            return Err(PlanError::TooLong(self.minutes));
        }
        for stream in &self.streams {
            let center = config.user(stream.center).map(|user| &user.role);
            if !matches!(center, Some(Role::CallCenter(_))) {
                return Err(PlanError::NoCenter(stream.center));
            }
            stream.arrivals.validate()?;
            stream.handling.validate()?;
            stream.patience.as_ref().map_or(Ok(()), Span::validate)?;
        }
        for staff in &self.staff {
            if let Some(unknown) = staff.agents.iter().find(|user| !works(config, **user)) {
                return Err(PlanError::NoAgent(*unknown));
            }
            within(staff.misses, 1.0)?;
            staff.answer.validate()?;
            staff.wrap_up.validate()?;
        }
        Ok(())
    }

    /// When calls no longer come in.
    pub fn end(&self) -> Timestamp {
        self.start.plus_seconds(i64::from(self.minutes) * 60)
    }
}

impl Arrivals {
    pub(super) fn validate(&self) -> Result<(), PlanError> {
        match self {
            Self::Rate { per_hour } => within(*per_hour, MOST_AN_HOUR),
            Self::Profile { per_quarter } => per_quarter
                .iter()
                .try_for_each(|calls| within(*calls, MOST_AN_HOUR / 4.0)),
            Self::At { .. } => Ok(()),
        }
    }
}

impl Span {
    pub(super) fn validate(&self) -> Result<(), PlanError> {
        match *self {
            Self::Fixed { seconds } => within(seconds, LONGEST),
            Self::Exponential { mean } => within(mean, LONGEST),
            Self::Lognormal { mean, variation } => {
                within(mean, LONGEST).and(within(variation, 10.0))
            }
        }
    }
}

pub(super) fn within(number: f64, most: f64) -> Result<(), PlanError> {
    if (0.0..=most).contains(&number) {
        Ok(())
    } else {
        Err(PlanError::OutOfRange(number))
    }
}
