//! The days of an event: its own, those of its recurrences, without those that are taken out, and with those that are moved.

use super::content::{Event, Property};
use super::moment::{Frame, Moment, duration, moments, moved};
use super::{Budget, rule, whole};
use centrale_core::error::Code;
use centrale_core::schedule::{FIRST_YEAR, LAST_YEAR};
use centrale_core::time::day_of_date;
use chrono::{Datelike, Duration, NaiveDateTime};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// The days of an event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    /// By length in days: the days on which it begins, since 1970-01-01.
    pub(super) begins: BTreeMap<i32, BTreeSet<i32>>,
    /// It comes back beyond the calendar.
    pub(super) is_endless: bool,
    /// What is to be told of it.
    pub(super) notes: BTreeSet<Code>,
    /// Some of its days are outside the calendar.
    is_outside: bool,
}

impl Days {
    /// Adds days to it.
    pub(super) fn extend(&mut self, more: Self) {
        for (length, begins) in more.begins {
            self.begins.entry(length).or_default().extend(begins);
        }
        self.notes.extend(more.notes);
    }

    /// Why there are none.
    pub(super) fn fault(&self) -> Option<Code> {
        if !self.begins.is_empty() {
            return None;
        }
        Some(if self.notes.contains(&Code::ImportPartOfDay) {
            Code::ImportPartOfDay
        } else if self.is_outside {
            Code::ScheduleYearOutOfRange
        } else {
            Code::ImportNever
        })
    }

    fn add(&mut self, begin: NaiveDateTime, end: NaiveDateTime) {
        let whole = whole(begin, end);
        self.notes.extend(whole.notes());
        let Some((first, last)) = whole.days else {
            return;
        };
        let years = FIRST_YEAR..=LAST_YEAR;
        if years.contains(&first.year()) && years.contains(&last.year()) {
            let first = day_of_date(first);
            self.begins
                .entry(day_of_date(last) + 1 - first)
                .or_default()
                .insert(first);
        } else {
            self.is_outside = true;
        }
    }
}

/// When an event begins, and how long it takes.
#[derive(Clone, Copy)]
struct Timing {
    start: Moment,
    length: Duration,
}

/// The days of an event, without the recurrences that others stand for.
pub(super) fn days(
    event: &Event,
    others: &[&Event],
    owner: Tz,
    budget: &mut Budget,
) -> Result<Days, Code> {
    let mut days = Days::default();
    let start = event.get("DTSTART").ok_or(Code::ImportDateUnreadable)?;
    let (start, unknown) = one(start)?;
    days.notes
        .extend(unknown.then_some(Code::ImportZoneUnknown));
    let timing = Timing {
        start,
        length: length(event, start, owner)?,
    };
    let mut begins: BTreeMap<NaiveDateTime, Duration> = BTreeMap::new();
    for property in event.all("RRULE") {
        let found = rule::dates(&property.value, start, owner, budget)?;
        days.is_endless |= found.is_endless;
        begins.extend(found.starts.into_iter().map(|at| (at, timing.length)));
    }
    let recurs = event.get("RRULE").is_some();
    if recurs {
        let is_outside = !begins.contains_key(&start.at) && !begins.is_empty();
        days.notes
            .extend(is_outside.then_some(Code::ImportStartNotInRule));
    } else {
        begins.insert(start.at, timing.length);
    }
    for property in event.all("RDATE") {
        begins.extend(added(property, timing, owner)?);
    }
    for property in event.all("EXRULE") {
        for at in rule::dates(&property.value, start, owner, budget)?.starts {
            begins.remove(&at);
        }
    }
    for property in event.all("EXDATE") {
        for moment in moments(property).ok_or(Code::ImportDateUnreadable)?.0 {
            remove(&mut begins, moment, start, owner);
        }
    }
    for other in others {
        budget.spend(1)?;
        let which = other
            .get("RECURRENCE-ID")
            .ok_or(Code::ImportDateUnreadable)?;
        // One that stands for all later ones too would need a rule of its own.
        if which.has_range {
            return Err(Code::ImportRuleUnreadable);
        }
        remove(&mut begins, one(which)?.0, start, owner);
    }
    for (at, length) in begins {
        budget.spend(1)?;
        let end = at
            .checked_add_signed(length)
            .ok_or(Code::ScheduleYearOutOfRange)?;
        if let Some((begin, end)) = shown(at, end, start.frame, owner) {
            days.add(begin, end);
        }
    }
    Ok(days)
}

fn one(property: &Property) -> Result<(Moment, bool), Code> {
    let (moments, unknown) = moments(property).ok_or(Code::ImportDateUnreadable)?;
    match moments[..] {
        [moment] => Ok((moment, unknown)),
        _ => Err(Code::ImportDateUnreadable),
    }
}

fn length(event: &Event, start: Moment, owner: Tz) -> Result<Duration, Code> {
    let day = Duration::days(1);
    let length = if let Some(end) = event.get("DTEND") {
        let end = one(end)?
            .0
            .by(start.frame, owner)
            .ok_or(Code::ImportDateUnreadable)?;
        // Some write the last day of a date as its end, where the day after it belongs.
        if start.is_date && end == start.at {
            day
        } else {
            end - start.at
        }
    } else if let Some(length) = event.get("DURATION") {
        duration(&length.value).ok_or(Code::ImportDateUnreadable)?
    } else if start.is_date {
        day
    } else {
        Duration::zero()
    };
    if length < Duration::zero() {
        Err(Code::ScheduleEndBeforeStart)
    } else {
        Ok(length)
    }
}

/// The dates that stand beside a rule, perhaps with a length of their own.
fn added(
    property: &Property,
    timing: Timing,
    owner: Tz,
) -> Result<Vec<(NaiveDateTime, Duration)>, Code> {
    let wrong = Code::ImportDateUnreadable;
    let frame = timing.start.frame;
    if property.kind != "PERIOD" {
        let all = moments(property).ok_or(wrong)?.0.into_iter();
        return all
            .map(|moment| Ok((moment.by(frame, owner).ok_or(wrong)?, timing.length)))
            .collect();
    }
    let single = |text: &str| {
        let text = Property {
            value: text.trim().to_owned(),
            ..property.clone()
        };
        one(&text)?.0.by(frame, owner).ok_or(wrong)
    };
    let period = |text: &str| {
        let (begin, end) = text.split_once('/').ok_or(wrong)?;
        let begin = single(begin)?;
        let length = match duration(end.trim()) {
            Some(length) => length,
            None => single(end)? - begin,
        };
        if length < Duration::zero() {
            Err(Code::ScheduleEndBeforeStart)
        } else {
            Ok((begin, length))
        }
    };
    property.value.split(',').map(period).collect()
}

/// Takes a recurrence out: a date takes that of its day out.
fn remove(
    begins: &mut BTreeMap<NaiveDateTime, Duration>,
    moment: Moment,
    start: Moment,
    owner: Tz,
) {
    if moment.is_date && !start.is_date {
        let day = moment.at..moment.at + Duration::seconds(86_400);
        while let Some(at) = begins.range(day.clone()).next().map(|(at, _)| *at) {
            begins.remove(&at);
        }
    } else if let Some(at) = moment.by(start.frame, owner) {
        begins.remove(&at);
    }
}

/// What the clock of the owner shows when it begins and ends.
fn shown(
    begin: NaiveDateTime,
    end: NaiveDateTime,
    frame: Frame,
    owner: Tz,
) -> Option<(NaiveDateTime, NaiveDateTime)> {
    match frame {
        Frame::Wall => Some((begin, end)),
        Frame::Zone(zone) => Some((moved(begin, zone, owner)?, moved(end, zone, owner)?)),
    }
}
