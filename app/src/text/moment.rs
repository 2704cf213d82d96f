//! Moments as people of the language write them.

use super::{t, with};
use centrale_core::time::{LocalTime, Timestamp};
use chrono::Datelike;
use wasm_bindgen::JsValue;

/// A day and a time: `25 nov 18:40`.
pub(crate) fn day_and_time(at: LocalTime) -> String {
    write(
        at.date().day(),
        at.date().month(),
        at.minute_of_day().into(),
    )
}

/// A moment as a day and a time where this device is.
pub(crate) fn when(at: Timestamp) -> String {
    let at = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
    write(
        at.get_date(),
        at.get_month() + 1,
        at.get_hours() * 60 + at.get_minutes(),
    )
}

fn write(day: u32, month: u32, minute: u32) -> String {
    let (hours, minutes) = (minute / 60, minute % 60);
    let month = t(&format!("month-short-{month}"));
    with(
        "day-and-time",
        &[
            ("day", day.to_string()),
            ("month", month),
            ("time", format!("{hours:02}:{minutes:02}")),
        ],
    )
}
