//! How numbers and dates stand in the fields of a holiday.

use crate::components::parsed_input::Format;
use centrale_core::time::{date_of_day, day_of_date};

/// A whole number, which may be negative.
pub(crate) const NUMBER: Format = Format {
    kind: "text",
    write: |number| number.to_string(),
    read: |text| {
        text.trim()
            .replace('−', "-")
            .parse::<i32>()
            .ok()
            .filter(|n| n.abs() < 10_000)
    },
    wrong: "schedules-number-unreadable",
};

/// A year, or nothing; nothing is 0.
pub(crate) const YEAR: Format = Format {
    kind: "text",
    write: |year| {
        if year == 0 {
            String::new()
        } else {
            year.to_string()
        }
    },
    read: |text| {
        let text = text.trim();
        if text.is_empty() {
            Some(0)
        } else {
            text.parse::<i32>()
                .ok()
                .filter(|year| (1..10_000).contains(year))
        }
    },
    wrong: "schedules-year-unreadable",
};

/// A date, as days since 1970-01-01.
pub(crate) const DATE: Format = Format {
    kind: "date",
    write: |day| date_of_day(day).to_string(),
    read: |text| text.parse().ok().map(day_of_date),
    wrong: "schedules-date-unreadable",
};
