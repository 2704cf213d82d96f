//! Moments as people of the language write them.

use super::{t, with};
use centrale_core::time::LocalTime;
use chrono::Datelike;

/// A day and a time: `25 nov 18:40`.
pub(crate) fn day_and_time(at: LocalTime) -> String {
    let (hours, minutes) = (at.minute_of_day() / 60, at.minute_of_day() % 60);
    let month = t(&format!("month-short-{}", at.date().month()));
    with(
        "day-and-time",
        &[
            ("day", at.date().day().to_string()),
            ("month", month),
            ("time", format!("{hours:02}:{minutes:02}")),
        ],
    )
}
