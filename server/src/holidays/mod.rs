//! Holidays from files that others wrote: iCalendar, or CSV. A file is read wholly: what is not taken, or not as it stands
//! there, is named with its line, since a holiday that is left out unnoticed would let calls through.

mod calendar;
mod cell;
mod columns;
mod content;
mod lines;
mod moment;
mod named;
mod occurrences;
mod rule;
mod table;

use centrale_core::api::schedules::{DateOrder, Holidays, Note};
use centrale_core::error::Code;
use centrale_core::schedule::{HolidayLine, MAX_LINES, NAME_LENGTH};
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use std::collections::HashSet;
use std::time::Instant;

/// The most notes that are told one by one.
const MAX_NOTES: usize = 200;

/// For whom a file is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// The zone of the schedule's owner.
    pub(crate) zone: Tz,
    /// The current year there: what is over may be told as if it had always been so.
    pub(crate) year: i32,
    /// How dates are read that do not tell themselves.
    pub(crate) dates: Option<DateOrder>,
}

/// The holidays in a text.
///
/// # Errors
/// `import-unreadable`: it is neither; `import-encoding`: it was not decoded as it was written; `import-date-order`: all its
/// dates can be read in two ways; `too-many`: it has more events or rows than are read.
pub(crate) fn read(text: &str, context: Context) -> Result<Holidays, Code> {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\0') {
        return Err(Code::ImportUnreadable);
    }
    if text.contains('\u{fffd}') {
        return Err(Code::ImportEncoding);
    }
    let start = text.trim_start();
    let is_calendar = start
        .get(..15)
        .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let found = if is_calendar {
        calendar::read(text, context)?
    } else {
        table::read(text, context)?
    };
    Ok(Holidays {
        lines: found.lines,
        notes: found.notes,
        more_notes: found.more_notes,
    })
}

/// What is found, as it is gone through.
#[derive(Debug, Default)]
struct Found {
    lines: Vec<HolidayLine>,
    known: HashSet<HolidayLine>,
    notes: Vec<Note>,
    more_notes: u32,
}

impl Found {
    /// Adds the lines of one entry, each once; none of them when a schedule has not so many.
    fn add(&mut self, lines: Vec<HolidayLine>) -> bool {
        let mut fresh = HashSet::new();
        let lines: Vec<_> = lines
            .into_iter()
            .filter(|line| !self.known.contains(line) && fresh.insert(line.clone()))
            .collect();
        if self.lines.len() + lines.len() > MAX_LINES {
            return false;
        }
        self.known.extend(fresh);
        self.lines.extend(lines);
        true
    }

    fn note(&mut self, line: u32, name: &str, code: Code, taken: bool) {
        self.push(Note {
            line,
            name: name.to_owned(),
            code,
            taken,
            year: None,
        });
    }

    fn note_dated(&mut self, line: u32, name: &str, year: i32) {
        self.push(Note {
            line,
            name: name.to_owned(),
            code: Code::ImportDated,
            taken: true,
            year: Some(year),
        });
    }

    fn push(&mut self, note: Note) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(note);
        } else {
            self.more_notes += 1;
        }
    }
}

/// What the recurrences of one file may cost.
struct Budget {
    dates: u32,
    until: Instant,
}

impl Budget {
    /// The dates of one file.
    const DATES: u32 = 300_000;
    /// What a rule costs before it has any date.
    const RULE: u32 = 300;
    /// How long recurrences are worked out at most: a rule without dates takes a tenth of a second before that shows.
    const TIME: std::time::Duration = std::time::Duration::from_secs(4);

    fn new() -> Self {
        Self {
            dates: Self::DATES,
            until: Instant::now() + Self::TIME,
        }
    }

    fn spend(&mut self, dates: u32) -> Result<(), Code> {
        let left = self
            .dates
            .checked_sub(dates)
            .filter(|_| Instant::now() < self.until);
        self.dates = left.ok_or(Code::ImportTooCostly)?;
        Ok(())
    }
}

/// A name as a holiday has it, and whether it is cut for that.
fn name(text: &str) -> (String, bool) {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    let name = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if name.chars().count() <= NAME_LENGTH {
        return (name, false);
    }
    let cut: String = name.chars().take(NAME_LENGTH - 1).collect();
    (cut.trim_end().to_owned() + "…", true)
}

/// The whole days between two times of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Whole {
    /// The first and the last one, unless there is none.
    days: Option<(NaiveDate, NaiveDate)>,
    /// Parts of days are left out.
    is_part: bool,
    /// The last day ends in its last quarter of an hour, where some have no later time to choose.
    is_rounded: bool,
}

impl Whole {
    /// What is to be told of it.
    fn notes(self) -> impl Iterator<Item = Code> {
        let notes = [
            (self.is_part, Code::ImportPartOfDay),
            (self.is_rounded, Code::ImportRounded),
        ];
        notes
            .into_iter()
            .filter_map(|(is_so, code)| is_so.then_some(code))
    }
}

fn whole(begin: NaiveDateTime, end: NaiveDateTime) -> Whole {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let is_late = end.time() >= time(23, 45);
    let is_begin_part = begin.time() != NaiveTime::MIN;
    let is_end_part = end.time() != NaiveTime::MIN && !is_late;
    let first = if is_begin_part {
        begin.date().succ_opt()
    } else {
        Some(begin.date())
    };
    let last = if is_late {
        Some(end.date())
    } else {
        end.date().pred_opt()
    };
    Whole {
        days: first.zip(last).filter(|(first, last)| first <= last),
        is_part: is_begin_part || is_end_part,
        is_rounded: is_late && end.time() < time(23, 59),
    }
}

/// A day of the calendar, from days since 1970-01-01.
fn date(day: i32) -> NaiveDate {
    NaiveDate::default()
        .checked_add_signed(Duration::days(day.into()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
