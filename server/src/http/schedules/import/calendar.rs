//! iCalendar (RFC 5545): events that fall once, every year on a date, or every year on a weekday of a month.

use centrale_core::schedule::{HolidayLine, Recurrence};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime, Event};
use std::collections::BTreeMap;

/// The holidays; `None` when an event is not one that a holiday schedule can hold.
pub(super) fn read(text: &str) -> Option<Vec<HolidayLine>> {
    let calendar: Calendar = text.parse().ok()?;
    let held = |event: &&Event| event.property_value("STATUS") != Some("CANCELLED");
    calendar.events().filter(held).map(line).collect()
}

fn line(event: &Event) -> Option<HolidayLine> {
    let name = event.get_summary().unwrap_or_default().trim().to_owned();
    let (from, _) = local(&event.get_start()?);
    let to = last_day(event, from)?.max(from);
    let Some(rule) = event.property_value("RRULE") else {
        return Some(HolidayLine { name, when: Recurrence::Once { from, to }, until: None });
    };
    if event.properties().contains_key("EXDATE") || event.multi_properties().contains_key("EXDATE") {
        return None;
    }
    let days = u16::try_from(to.signed_duration_since(from).num_days() + 1).ok()?;
    let (when, until) = recurrence(rule, from, days)?;
    Some(HolidayLine { name, when, until })
}

/// The last day that the event touches; its end is the first moment after it.
fn last_day(event: &Event, from: NaiveDate) -> Option<NaiveDate> {
    if let Some(end) = event.get_end() {
        let (day, time) = local(&end);
        return if time == NaiveTime::MIN { day.pred_opt() } else { Some(day) };
    }
    let Some(duration) = event.property_value("DURATION") else { return Some(from) };
    let days = match duration.trim_start_matches('+').strip_prefix('P')?.split_once('T') {
        // Hours of a day that has begun.
        Some(("", _)) => 1,
        Some((days, _)) => whole_days(days)? + 1,
        None => whole_days(duration.trim_start_matches('+').strip_prefix('P')?)?,
    };
    from.checked_add_days(Days::new(days.saturating_sub(1)))
}

fn whole_days(text: &str) -> Option<u64> {
    match (text.strip_suffix('W'), text.strip_suffix('D')) {
        (Some(weeks), _) => weeks.parse::<u64>().ok()?.checked_mul(7),
        (_, Some(days)) => days.parse().ok(),
        _ => None,
    }
}

fn local(when: &DatePerhapsTime) -> (NaiveDate, NaiveTime) {
    match when {
        DatePerhapsTime::Date(date) => (*date, NaiveTime::MIN),
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => (at.date_naive(), at.time()),
        DatePerhapsTime::DateTime(
            CalendarDateTime::Floating(at) | CalendarDateTime::WithTimezone { date_time: at, .. },
        ) => (at.date(), at.time()),
    }
}

/// The recurrence of a rule, and its last year.
fn recurrence(rule: &str, from: NaiveDate, days: u16) -> Option<(Recurrence, Option<i32>)> {
    let mut parts: BTreeMap<&str, &str> = rule.split(';').filter_map(|part| part.split_once('=')).collect();
    let month = u8::try_from(from.month()).ok()?;
    let day = u8::try_from(from.day()).ok()?;
    let mut is = |key: &str, value: Option<u8>| match parts.remove(key) {
        None => true,
        Some(text) => text.parse().ok() == value,
    };
    if !is("INTERVAL", Some(1)) || !is("BYMONTH", Some(month)) || !is("BYMONTHDAY", Some(day)) {
        return None;
    }
    if parts.remove("FREQ") != Some("YEARLY") {
        return None;
    }
    parts.remove("WKST");
    let when = match parts.remove("BYDAY") {
        None => Recurrence::Yearly { month, day, days, not_on: None },
        Some(text) => {
            let (nth, weekday) = nth_weekday(text)?;
            Recurrence::NthWeekday { month, weekday, nth, days }
        }
    };
    let count = parts.remove("COUNT").map(str::parse::<i32>);
    let until = match (count, parts.remove("UNTIL")) {
        (Some(count), _) => Some(from.year().checked_add(count.ok()?)? - 1),
        (None, Some(text)) => Some(last_year(text, from)?),
        (None, None) => None,
    };
    parts.is_empty().then_some((when, until))
}

/// The year of the last occurrence that is not after `UNTIL`.
fn last_year(text: &str, from: NaiveDate) -> Option<i32> {
    let until = NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok()?;
    let early = (until.month(), until.day()) < (from.month(), from.day());
    Some(until.year() - i32::from(early))
}

fn nth_weekday(text: &str) -> Option<(i8, Weekday)> {
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match day {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    Some((nth.parse().ok()?, weekday))
}
