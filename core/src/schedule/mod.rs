//! Time schedules (blocks in a week) and holiday schedules (dates, also recurring and moving), their state at a
//! moment and their next change. Who may see or edit a schedule, and what uses it, is left to others.

mod block;
mod compiled;
mod edit;
mod error;
mod holiday;
pub mod ready_sets;
mod recurrence;
mod spans;
mod week;

pub use block::{Block, TimeSchedule};
pub use compiled::{CompiledSchedule, HiddenTimes, State};
pub use edit::{Edge, MIN_BLOCK};
pub use error::{Problem, ScheduleError, SchedulePart};
pub use holiday::{HolidayLine, HolidaySchedule};
pub use recurrence::{FIRST_YEAR, LAST_YEAR, NotOn, Recurrence, easter};
pub use week::{SNAP, WeekMinute};

use crate::id::{LocationId, ScheduleId, UserId};
use crate::quota::Quota;
use crate::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

/// Longest name of a schedule or a holiday, in characters.
pub const NAME_LENGTH: usize = 80;
/// Most blocks of a time schedule.
pub const MAX_BLOCKS: usize = 200;
/// Most lines of a holiday schedule.
pub const MAX_LINES: usize = 500;

/// Whose schedule it is: a personal one, or a location's that all its users may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ScheduleOwner {
    /// A user's own; nobody else sees it.
    User(UserId),
    /// A location's; edited by admins only.
    Location(LocationId),
}

impl ScheduleOwner {
    /// How many schedules the owner may have.
    pub const fn quota(self) -> Quota {
        match self {
            Self::User(_) => Quota::UserSchedules,
            Self::Location(_) => Quota::LocationSchedules,
        }
    }
}

/// A named schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// Whose it is.
    pub owner: ScheduleOwner,
    /// What people call it; unique per owner.
    pub name: String,
    /// Its times or its dates.
    pub kind: ScheduleKind,
}

/// What a schedule consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ScheduleKind {
    /// Blocks in a week.
    Time(TimeSchedule),
    /// Dates.
    Holidays(HolidaySchedule),
}

/// Which of the two a schedule is, without its times or dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleType {
    /// Blocks in a week.
    Time,
    /// Days of the year.
    Holidays,
}

impl From<&ScheduleKind> for ScheduleType {
    fn from(kind: &ScheduleKind) -> Self {
        match kind {
            ScheduleKind::Time(_) => Self::Time,
            ScheduleKind::Holidays(_) => Self::Holidays,
        }
    }
}

impl Schedule {
    /// Everything that is wrong with the schedule; empty when it may be saved.
    pub fn validate(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = error::name(&self.name)
            .map(|error| Problem {
                part: SchedulePart::Name,
                index: None,
                error,
            })
            .into_iter()
            .collect();
        problems.extend(match &self.kind {
            ScheduleKind::Time(time) => time.validate(),
            ScheduleKind::Holidays(holidays) => holidays.validate(),
        });
        problems
    }

    /// It without its times or dates: what those may know of it who can only link it.
    #[must_use]
    pub fn named(&self) -> Self {
        let kind = match &self.kind {
            ScheduleKind::Time(_) => ScheduleKind::Time(TimeSchedule::default()),
            ScheduleKind::Holidays(_) => ScheduleKind::Holidays(HolidaySchedule::default()),
        };
        Self {
            kind,
            name: self.name.clone(),
            ..*self
        }
    }

    /// Whether the schedule is active at a moment. Compiles the schedule: keep a [`CompiledSchedule`] to ask often.
    pub fn state(&self, at: Timestamp, zone: &Zone) -> State {
        CompiledSchedule::new(self).state(at, zone)
    }

    /// The first moment after `at` at which the schedule becomes active or inactive; `None` when it never does.
    pub fn next_change(&self, at: Timestamp, zone: &Zone) -> Option<Timestamp> {
        CompiledSchedule::new(self).next_change(at, zone)
    }
}
