//! What a cell of a table says: a date, a time, or both.

use super::named;
use centrale_core::api::schedules::DateOrder;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

/// The longest date with its time, in bytes.
const LONGEST: usize = 60;

/// The date and the time of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The date.
    pub(super) date: Date,
    /// The time, when there is one.
    pub(super) time: Option<NaiveTime>,
}

/// A date, which may be readable in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Date {
    /// One with the year first, or with the name of the month.
    Known(NaiveDate),
    /// Two numbers and a year.
    Numbers {
        /// The first number and the second one.
        numbers: (u32, u32),
        /// The year, of this century when it is written with two digits.
        year: i32,
        /// With points between them the day is first everywhere.
        is_pointed: bool,
    },
}

impl Date {
    /// The date when days stand there in this order; `None` when there is no such day.
    pub(super) fn read(self, order: DateOrder) -> Option<NaiveDate> {
        match (self, order) {
            (Self::Known(date), _) => Some(date),
            (
                Self::Numbers {
                    numbers: (day, month),
                    year,
                    ..
                },
                DateOrder::DayFirst,
            )
            | (
                Self::Numbers {
                    numbers: (month, day),
                    year,
                    ..
                },
                DateOrder::MonthFirst,
            ) => NaiveDate::from_ymd_opt(year, month, day),
        }
    }

    /// The only order in which there is such a day.
    pub(super) fn order(self) -> Option<DateOrder> {
        match self {
            Self::Numbers {
                is_pointed: true, ..
            } => Some(DateOrder::DayFirst),
            Self::Numbers {
                numbers: (first, second),
                ..
            } if first > 12 && second <= 12 => Some(DateOrder::DayFirst),
            Self::Numbers {
                numbers: (first, second),
                ..
            } if second > 12 && first <= 12 => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether it is another day in the other order.
    pub(super) fn is_open(self) -> bool {
        self.order().is_none()
            && matches!(self, Self::Numbers { numbers: (first, second), .. } if first != second && first <= 12 && second <= 12)
    }
}

/// Reads a cell; `None` when it is no date.
pub(super) fn cell(text: &str, owner: Tz) -> Option<Cell> {
    if text.len() > LONGEST {
        return None;
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        let local = moment.with_timezone(&owner).naive_local();
        return Some(Cell {
            date: Date::Known(local.date()),
            time: Some(local.time()),
        });
    }
    let numbers = || {
        let (day, rest) = text.split_once([' ', 'T', ',']).unwrap_or((text, ""));
        Some((date(day)?, rest.trim()))
    };
    let (date, rest) = named::date(text)
        .map(|(date, rest)| (Date::Known(date), rest))
        .or_else(numbers)?;
    let time = if rest.is_empty() {
        None
    } else {
        Some(time(rest)?)
    };
    Some(Cell { date, time })
}

fn date(text: &str) -> Option<Date> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    if text.len() == 8 && is_digits(text) {
        return NaiveDate::parse_from_str(text, "%Y%m%d")
            .ok()
            .map(Date::Known);
    }
    let separator = text
        .chars()
        .find(|c| !c.is_ascii_digit())
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.trim_end_matches('.').split(separator).collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    if ![first, second, third].into_iter().all(is_digits) {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    if first.len() == 4 {
        let date = NaiveDate::from_ymd_opt(first.parse().ok()?, number(second)?, number(third)?)?;
        return Some(Date::Known(date));
    }
    let year = match (third.len(), third.parse::<i32>().ok()?) {
        (2, year) => 2000 + year,
        (4, year) => year,
        _ => return None,
    };
    Some(Date::Numbers {
        numbers: (number(first)?, number(second)?),
        year,
        is_pointed: separator == '.',
    })
}

/// A time: `9:00`, `09:00:00`, `12:00 AM`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.to_ascii_uppercase();
    if matches!(text.as_str(), "24:00" | "24:00:00") {
        // The end of the day, as the last moment of it.
        return NaiveTime::from_hms_opt(23, 59, 59);
    }
    [
        "%H:%M",
        "%H:%M:%S",
        "%H:%M:%S%.f",
        "%I:%M %p",
        "%I:%M%p",
        "%I:%M:%S %p",
    ]
    .into_iter()
    .find_map(|format| NaiveTime::parse_from_str(&text, format).ok())
}

/// A date with its time.
pub(super) fn at(date: NaiveDate, time: Option<NaiveTime>) -> NaiveDateTime {
    date.and_time(time.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    #[test]
    fn cells() {
        let check = |text: &str, order: DateOrder, expected: Option<&str>| {
            let found = cell(text, Tz::Europe__Amsterdam);
            let found =
                found.and_then(|found| Some(at(found.date.read(order)?, found.time).to_string()));
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("2026-06-01", MonthFirst, Some("2026-06-01 00:00:00"));
        check("20260601", MonthFirst, Some("2026-06-01 00:00:00"));
        check("1/6/2026", DayFirst, Some("2026-06-01 00:00:00"));
        check("1/6/2026", MonthFirst, Some("2026-01-06 00:00:00"));
        check("1-6-26", DayFirst, Some("2026-06-01 00:00:00"));
        check("1.6.2026 9:30", DayFirst, Some("2026-06-01 09:30:00"));
        check(
            "12/24/2026 12:00:00 AM",
            MonthFirst,
            Some("2026-12-24 00:00:00"),
        );
        check(
            "2026-12-24T23:00:00Z",
            DayFirst,
            Some("2026-12-25 00:00:00"),
        );
        check("2026-12-25T00:00", DayFirst, Some("2026-12-25 00:00:00"));
        check(
            "Dec 24, 2026 9:30 PM",
            DayFirst,
            Some("2026-12-24 21:30:00"),
        );
        check(
            "donderdag 24 december 2026",
            MonthFirst,
            Some("2026-12-24 00:00:00"),
        );
        check("24-12-2026 24:00", DayFirst, Some("2026-12-24 23:59:59"));
        for wrong in [
            "",
            "morgen",
            "2026-12-32",
            "31-2-2026",
            "1-6",
            "1-6-202",
            "1/6-2026",
            "001/6/2026",
            "1/6/2026 noon",
            "é-é-é",
        ] {
            check(wrong, DayFirst, None);
        }
    }
}
