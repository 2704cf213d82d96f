//! iCalendar (RFC 5545): each event becomes the lines that say the same, or is named with the reason why not.

use super::content::{self, Event};
use super::occurrences::{self, Days};
use super::{Budget, Context, Found, lines, name};
use centrale_core::error::Code;
use std::collections::HashMap;

/// Reads a calendar.
///
/// # Errors
/// `import-unreadable`: there is no event in it; `too-many`: there are more than are read.
pub(super) fn read(text: &str, context: Context) -> Result<Found, Code> {
    let content = content::read(text)?;
    if content.events.is_empty() {
        return Err(Code::ImportUnreadable);
    }
    let series = Series::new(&content.events);
    let (mut found, mut budget) = (Found::default(), Budget::new());
    for event in &content.events {
        let (title, is_cut) = name(event.get("SUMMARY").map_or("", |summary| &summary.value));
        let mut note = |code, taken| found.note(event.line, &title, code, taken);
        if let Some(fault) = event.fault {
            note(fault, false);
            continue;
        }
        let others = series.others(event);
        let is_part = series.is_part(event);
        if content.cancels || is_cancelled(event) {
            // Of a series it takes out a day.
            if !is_part || content.cancels {
                note(Code::ImportCancelled, false);
            }
            continue;
        }
        if is_part && title == series.title(event) {
            continue;
        }
        match taken(event, &others, &title, context, &mut budget) {
            Ok(days) => add(&mut found, event, &title, is_cut, &days, context.year),
            Err(code) => note(code, false),
        }
    }
    Ok(found)
}

fn is_cancelled(event: &Event) -> bool {
    event
        .get("STATUS")
        .is_some_and(|status| status.value.eq_ignore_ascii_case("CANCELLED"))
}

/// The days of an event, with those of its series that are moved and keep their name.
fn taken(
    event: &Event,
    others: &[&Event],
    title: &str,
    context: Context,
    budget: &mut Budget,
) -> Result<Days, Code> {
    let mut days = occurrences::days(event, others, context.zone, budget)?;
    for other in others.iter().filter(|other| !is_cancelled(other)) {
        if name(other.get("SUMMARY").map_or("", |summary| &summary.value)).0 == title {
            days.extend(occurrences::days(other, &[], context.zone, budget)?);
        }
    }
    days.fault().map_or(Ok(days), Err)
}

fn add(found: &mut Found, event: &Event, title: &str, is_cut: bool, days: &Days, year: i32) {
    let mut all = Vec::new();
    let mut dated = None;
    for (length, begins) in &days.begins {
        let lines = lines::lines(title, begins, *length, year, days.is_endless);
        all.extend(lines.lines);
        dated = lines.dated.into_iter().chain(dated).min();
    }
    if !found.add(all) {
        found.note(event.line, title, Code::ScheduleTooManyHolidays, false);
        return;
    }
    for code in is_cut
        .then_some(&Code::ImportNameCut)
        .into_iter()
        .chain(&days.notes)
    {
        found.note(event.line, title, *code, true);
    }
    if let Some(year) = dated {
        found.note_dated(event.line, title, year);
    }
}

/// Which events are parts of a series: those with a `RECURRENCE-ID` beside one of the same `UID` without.
struct Series<'a> {
    heads: HashMap<&'a str, String>,
    parts: HashMap<&'a str, Vec<&'a Event>>,
}

fn uid(event: &Event) -> &str {
    event.get("UID").map_or("", |uid| &uid.value)
}

impl<'a> Series<'a> {
    fn new(events: &'a [Event]) -> Self {
        let usable = || {
            events
                .iter()
                .filter(|event| event.fault.is_none() && !uid(event).is_empty())
        };
        let is_part = |event: &&Event| event.get("RECURRENCE-ID").is_some();
        let heads: HashMap<_, _> = usable()
            .filter(|event| !is_part(event) && !is_cancelled(event))
            .map(|event| {
                (
                    uid(event),
                    name(event.get("SUMMARY").map_or("", |summary| &summary.value)).0,
                )
            })
            .collect();
        let mut parts: HashMap<&str, Vec<&Event>> = HashMap::new();
        for event in usable()
            .filter(is_part)
            .filter(|event| heads.contains_key(uid(event)))
        {
            parts.entry(uid(event)).or_default().push(event);
        }
        Self { heads, parts }
    }

    fn is_part(&self, event: &Event) -> bool {
        event.get("RECURRENCE-ID").is_some() && self.heads.contains_key(uid(event))
    }

    fn title(&self, event: &Event) -> &str {
        self.heads.get(uid(event)).map_or("", String::as_str)
    }

    /// The parts that belong to the series of which an event is the head.
    fn others(&self, event: &Event) -> Vec<&'a Event> {
        if event.get("RECURRENCE-ID").is_some() {
            return Vec::new();
        }
        self.parts.get(uid(event)).cloned().unwrap_or_default()
    }
}
