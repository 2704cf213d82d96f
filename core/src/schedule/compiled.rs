//! Schedules in the form in which calls ask them: state at a moment, and the next change, without allocation.
//!
//! Blocks are wall-clock times. An edge that a spring change skips takes effect when the clock jumps; the hour that
//! comes twice in autumn is the same hour both times.

use super::spans::{Span, Spans};
use super::{FIRST_YEAR, LAST_YEAR, Schedule, ScheduleKind, ScheduleType};
use crate::id::ScheduleId;
use crate::time::{LocalTime, Timestamp, WEEK_MINUTES, Zone};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// 2000-01-01 in days since 1970-01-01: day 0 of the holiday calendar.
const FIRST_DAY: i32 = 10_957;
/// Days from 2000-01-01 to 2100-01-01.
const DAYS: i32 = 36_525;
const DAY_SECONDS: i64 = 86_400;

/// Whether a schedule is active, and by which block or line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct State {
    /// Whether it is active.
    pub active: bool,
    /// Index of the block or line that makes it so: of overlapping ones the one that started first.
    pub by: Option<u16>,
}

/// A schedule ready to be asked: made once, when a snapshot is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledSchedule(Calendar);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Calendar {
    /// Minutes of the week.
    Week(Spans),
    /// Days since 2000-01-01.
    Days(Spans),
    /// Its times may not be seen.
    Hidden(Box<Hidden>),
}

/// Answers for schedules whose times may not be seen.
pub trait HiddenTimes: fmt::Debug + Send + Sync {
    /// What a schedule is when the wall clock shows `local`.
    fn state(&self, schedule: ScheduleId, local: LocalTime) -> State;
}

/// A schedule whose times may not be seen, with whoever knows what it is at some moments.
#[derive(Clone, Debug)]
struct Hidden {
    id: ScheduleId,
    kind: ScheduleType,
    times: Arc<dyn HiddenTimes>,
}

impl PartialEq for Hidden {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.kind) == (other.id, other.kind) && Arc::ptr_eq(&self.times, &other.times)
    }
}

impl Eq for Hidden {}

impl CompiledSchedule {
    /// Compiles a schedule. Blocks and lines that do not validate are left out, or read as far as they make sense.
    pub fn new(schedule: &Schedule) -> Self {
        Self::of_kind(&schedule.kind)
    }

    /// One whose times may not be seen: `times` is asked instead.
    pub(crate) fn hidden(id: ScheduleId, kind: ScheduleType, times: Arc<dyn HiddenTimes>) -> Self {
        Self(Calendar::Hidden(Box::new(Hidden { id, kind, times })))
    }

    /// Whether its times may not be seen.
    pub fn is_hidden(&self) -> bool {
        matches!(self.0, Calendar::Hidden(_))
    }

    /// What it was made from.
    pub fn kind(&self) -> ScheduleType {
        match &self.0 {
            Calendar::Week(_) => ScheduleType::Time,
            Calendar::Days(_) => ScheduleType::Holidays,
            Calendar::Hidden(hidden) => hidden.kind,
        }
    }

    /// As [`CompiledSchedule::new`], for times or dates without a name.
    pub fn of_kind(kind: &ScheduleKind) -> Self {
        Self(match kind {
            ScheduleKind::Time(time) => {
                let spans = time
                    .blocks
                    .iter()
                    .zip(0..=u16::MAX)
                    .flat_map(|(block, by)| {
                        block
                            .pieces()
                            .into_iter()
                            .flatten()
                            .map(move |(start, end)| Span { start, by, end })
                    });
                Calendar::Week(Spans::new(spans.collect()))
            }
            ScheduleKind::Holidays(holidays) => {
                let lines = holidays.lines.iter().zip(0..=u16::MAX);
                // A holiday of the year before may last into the first year.
                let spans = lines
                    .filter(|(line, _)| line.when.validate().is_none())
                    .flat_map(|(line, by)| {
                        (FIRST_YEAR - 1..=LAST_YEAR + 1).filter_map(move |year| {
                            let (start, end) = line.days_in(year)?;
                            let unit = |day: i32| (day - FIRST_DAY).clamp(0, DAYS) as u16;
                            Some(Span {
                                start: unit(start),
                                by,
                                end: unit(end),
                            })
                        })
                    });
                Calendar::Days(Spans::new(spans.collect()))
            }
        })
    }

    /// Whether the schedule is active at a moment.
    pub fn state(&self, at: Timestamp, zone: &Zone) -> State {
        self.state_at(zone.local(at))
    }

    /// Whether the schedule is active when the wall clock shows `local`.
    pub fn state_at(&self, local: LocalTime) -> State {
        let by = match &self.0 {
            Calendar::Week(spans) => spans.find(local.minute_of_week()),
            Calendar::Days(spans) => unit_of_day(local.day).and_then(|unit| spans.find(unit)),
            Calendar::Hidden(hidden) => return hidden.times.state(hidden.id, local),
        };
        State {
            active: by.is_some(),
            by,
        }
    }

    /// The first moment after `at` at which the schedule becomes active or inactive; `None` when it never does, or when
    /// its times may not be seen.
    pub fn next_change(&self, at: Timestamp, zone: &Zone) -> Option<Timestamp> {
        if self.is_hidden() {
            return None;
        }
        let mut seconds = at.seconds();
        let mut span = zone.span(seconds);
        let mut local = zone.local_in_span(seconds, span);
        let active = self.state_at(local).active;
        loop {
            let change = self
                .seconds_to_flip(local)
                .map(|wait| seconds.saturating_add(wait));
            let end = zone.end_of_span(span);
            match (change, end) {
                (Some(change), None) => return Some(Timestamp::from_seconds(change)),
                (Some(change), Some(end)) if change < end => {
                    return Some(Timestamp::from_seconds(change));
                }
                (_, Some(end)) => seconds = end,
                (None, None) => return None,
            }
            span += 1;
            local = zone.local_in_span(seconds, span);
            if self.state_at(local).active != active {
                return Some(Timestamp::from_seconds(seconds));
            }
        }
    }

    /// Seconds until the state changes on a wall clock that never jumps.
    fn seconds_to_flip(&self, local: LocalTime) -> Option<i64> {
        let second_of_day = i64::from(local.second_of_day);
        match &self.0 {
            Calendar::Week(spans) => {
                let minute = local.minute_of_week();
                let wait = minutes_to_flip(spans, minute)?;
                Some(i64::from(wait) * 60 - second_of_day % 60)
            }
            Calendar::Days(spans) => {
                let flip = match unit_of_day(local.day) {
                    Some(unit) => spans.next_flip(unit)?,
                    None if local.day < FIRST_DAY => spans.first()?,
                    None => return None,
                };
                // What is after the calendar is not known.
                let days = i64::from(flip) + i64::from(FIRST_DAY) - i64::from(local.day);
                (i32::from(flip) < DAYS).then_some(days * DAY_SECONDS - second_of_day)
            }
            Calendar::Hidden(_) => None,
        }
    }
}

fn unit_of_day(day: i32) -> Option<u16> {
    (FIRST_DAY..FIRST_DAY + DAYS)
        .contains(&day)
        .then(|| (day - FIRST_DAY) as u16)
}

/// Minutes from a minute of the week to the next flip, round the week.
fn minutes_to_flip(spans: &Spans, minute: u16) -> Option<u16> {
    let first = spans.first()?;
    let flip = match spans.next_flip(minute) {
        Some(WEEK_MINUTES) if first == 0 => {
            WEEK_MINUTES + spans.next_flip(0).filter(|end| *end < WEEK_MINUTES)?
        }
        Some(flip) => flip,
        None => WEEK_MINUTES + first,
    };
    Some(flip - minute)
}
