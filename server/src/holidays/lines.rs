//! Days as the lines of a holiday schedule: with a recurrence where one says exactly the same, else as dates.
//!
//! A line has no first year, so that a recurrence stands for a rule only when it agrees with it from the current year on;
//! what is over is not looked at.

use centrale_core::schedule::{HolidayLine, LAST_YEAR, Recurrence};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// For how many years a recurrence that never ends becomes dates.
const YEARS: i32 = 10;

/// The lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// In the order of their first days.
    pub(super) lines: Vec<HolidayLine>,
    /// The recurrence became dates; up to this year they are complete.
    pub(super) dated: Option<i32>,
}

/// The lines of something that takes so many days and begins on each of these, in days since 1970-01-01.
pub(super) fn lines(
    name: &str,
    begins: &BTreeSet<i32>,
    days: i32,
    year: i32,
    is_endless: bool,
) -> Lines {
    let mut found = Lines::default();
    let once = |begin: i32| Recurrence::Once {
        from: super::date(begin),
        to: super::date(begin + days - 1),
    };
    let line = |when, until| HolidayLine {
        name: name.to_owned(),
        when,
        until,
    };
    let (Some(first), Some(last)) = (begins.first(), begins.last()) else {
        return found;
    };
    if begins.len() == 1 {
        found.lines.push(line(once(*first), None));
        return found;
    }
    let years = |begin: &i32| super::date(*begin).year();
    // Something that is over is read as it was.
    let from = if years(last) < year {
        years(first)
    } else {
        year
    };
    let new_year =
        NaiveDate::from_ymd_opt(from, 1, 1).map_or(i32::MIN, centrale_core::time::day_of_date);
    let mut left: BTreeSet<i32> = begins
        .iter()
        .copied()
        .filter(|begin| begin + days > new_year)
        .collect();
    let was_cut = left.len() < begins.len();
    let mut dated = Vec::new();
    while let Some(begin) = left.first().copied() {
        let best = recurrences(super::date(begin), days).map(|when| (when, run(when, from, &left)));
        let best = best
            .into_iter()
            .rev()
            .max_by_key(|(_, run)| run.begins.len());
        if let Some((when, run)) = best.filter(|(_, run)| run.begins.len() > 1) {
            found.lines.push(line(when, run.until));
            for begin in &run.begins {
                left.remove(begin);
            }
            // What began last year may last until now.
            if let Some((begin, _)) = when.days_in(from - 1) {
                left.remove(&begin);
            }
        } else {
            left.remove(&begin);
            dated.push(begin);
        }
    }
    let recurs = !found.lines.is_empty();
    let horizon = if is_endless { from + YEARS } else { i32::MAX };
    let beyond = dated
        .iter()
        .find(|begin| years(begin) >= horizon)
        .map(years);
    found.lines.extend(
        dated
            .iter()
            .filter(|begin| years(begin) < horizon)
            .map(|begin| line(once(*begin), None)),
    );
    if beyond.is_some() || (was_cut && !recurs) {
        found.dated = Some(beyond.map_or_else(|| years(last), |year| year - 1));
    }
    found
}

/// The recurrences that fall on a date.
fn recurrences(date: NaiveDate, days: i32) -> [Recurrence; 3] {
    let days = u16::try_from(days).unwrap_or(u16::MAX);
    let (month, day, weekday) = (date.month() as u8, date.day() as u8, date.weekday());
    let length = (28..=31)
        .rev()
        .find(|day| date.with_day(*day).is_some())
        .unwrap_or(28) as u8;
    let nth = |nth| Recurrence::NthWeekday {
        month,
        weekday,
        nth,
        days,
    };
    [
        Recurrence::Yearly {
            month,
            day,
            days,
            not_on: None,
        },
        nth(((day - 1) / 7 + 1) as i8),
        nth(-(((length - day) / 7 + 1) as i8)),
    ]
}

/// As long as a recurrence agrees with the days that are left.
#[derive(Default)]
struct Run {
    begins: Vec<i32>,
    /// Its last year; none when it agrees to the end of the calendar.
    until: Option<i32>,
}

fn run(when: Recurrence, from: i32, left: &BTreeSet<i32>) -> Run {
    let mut run = Run::default();
    if when.validate().is_some() {
        return run;
    }
    for year in from..=LAST_YEAR {
        let Some((begin, _)) = when.days_in(year) else {
            continue;
        };
        if !left.contains(&begin) {
            run.until = run.begins.last().map(|begin| super::date(*begin).year());
            break;
        }
        run.begins.push(begin);
    }
    run
}
