//! Recurrences in words: `every year on 25 December, 2 days`.

use super::dates::written;
use crate::text::t;
use centrale_core::schedule::{HolidayLine, Recurrence};
use centrale_core::time::day_of_date;

/// When a holiday falls, and until which year.
pub(crate) fn when_text(line: &HolidayLine) -> String {
    let month = |month: u8| t(&format!("month-{month}"));
    let (text, days) = match line.when {
        Recurrence::Once { from, to } => {
            let (from, to) = (written(day_of_date(from)), written(day_of_date(to)));
            return if from == to {
                from
            } else {
                t!("schedules-dates", from = from, to = to)
            };
        }
        Recurrence::Yearly {
            month: of,
            day,
            days,
            ..
        } => (
            t!("schedules-when-yearly", day = day, month = month(of)),
            days,
        ),
        Recurrence::Easter { offset, days } => {
            let side = match offset {
                0 => "on",
                1 => "next",
                -1 => "eve",
                2.. => "after",
                _ => "before",
            };
            (
                t!(
                    "schedules-when-easter",
                    side = side,
                    count = offset.unsigned_abs()
                ),
                days,
            )
        }
        Recurrence::NthWeekday {
            month: of,
            weekday,
            nth,
            days,
        } => {
            let nth = t(&format!("schedules-nth-{nth}"));
            let weekday = t(&format!("weekday-{}", weekday.num_days_from_monday()));
            (
                t!(
                    "schedules-when-nth",
                    nth = nth,
                    weekday = weekday,
                    month = month(of)
                ),
                days,
            )
        }
    };
    let text = if days == 1 {
        text
    } else {
        t!("schedules-when-days", when = text, days = days)
    };
    match line.until {
        Some(year) => t!("schedules-when-until", when = text, year = year),
        None => text,
    }
}
