//! The kinds of recurrence, and what becomes of a date when its kind is changed.

use centrale_core::schedule::{HolidayLine, Recurrence, easter};
use centrale_core::time::{date_of_day, day_of_date};
use chrono::{Datelike, Weekday};

/// The keys of the kinds' texts, in the order of their numbers.
pub(crate) const KINDS: [&str; 4] = [
    "schedules-kind-once",
    "schedules-kind-yearly",
    "schedules-kind-easter",
    "schedules-kind-nth",
];

/// The days of the week, Monday first.
pub(crate) const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The number of a recurrence's kind.
pub(crate) const fn kind_of(when: Recurrence) -> usize {
    match when {
        Recurrence::Once { .. } => 0,
        Recurrence::Yearly { .. } => 1,
        Recurrence::Easter { .. } => 2,
        Recurrence::NthWeekday { .. } => 3,
    }
}

/// The line with a recurrence of another kind, on the dates of its next occurrence (or of today).
pub(crate) fn turned(line: &HolidayLine, kind: usize, today: i32) -> HolidayLine {
    let (start, end) = super::dates::next(line, today).unwrap_or((today, today + 1));
    let (date, days) = (date_of_day(start), (end - start).clamp(1, 366) as u16);
    let (month, day) = (date.month() as u8, date.day() as u8);
    let when = match kind {
        0 => Recurrence::Once {
            from: date,
            to: date_of_day(end - 1),
        },
        1 => Recurrence::Yearly {
            month,
            day,
            days,
            not_on: None,
        },
        2 => {
            let sunday = easter(date.year()).map_or(start, day_of_date);
            Recurrence::Easter {
                offset: (start - sunday).clamp(-80, 250) as i16,
                days,
            }
        }
        _ => Recurrence::NthWeekday {
            month,
            weekday: date.weekday(),
            nth: ((day - 1) / 7 + 1) as i8,
            days,
        },
    };
    HolidayLine {
        name: line.name.clone(),
        when,
        until: line.until.filter(|_| when.recurs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_keep_the_date() {
        let today = day_of_date("2026-11-25".parse().unwrap());
        let line: HolidayLine = serde_json::from_str(
            r#"{"name":"x","when":{"type":"once","from":"2027-03-28","to":"2027-03-29"}}"#,
        )
        .unwrap();
        for kind in 0..KINDS.len() {
            let turned = turned(&line, kind, today);
            assert_eq!(kind_of(turned.when), kind);
            assert_eq!(turned.when.validate(), None);
            assert_eq!(
                super::super::dates::next(&turned, today),
                super::super::dates::next(&line, today),
                "{kind}"
            );
        }
    }
}
