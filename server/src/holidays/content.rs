//! The content lines of an iCalendar text (RFC 5545 § 3.1), gone through without recursion: what a text nests, and how long
//! its lines are, costs nothing. Each event is read by itself, so that an odd one leaves the others as they are.

use centrale_core::error::Code;
use icalendar::parser;

/// The most events of a text.
const MAX_EVENTS: usize = 5_000;
/// The most properties of an event that are read.
const MAX_PROPERTIES: usize = 1_000;
/// The longest property that is read, in bytes: 800 dates.
const MAX_LENGTH: usize = 8 * 1024;
/// The properties that say when an event is, and what it is called.
const READ: [&str; 11] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "STATUS",
    "UID",
    "RRULE",
    "RDATE",
    "EXDATE",
    "EXRULE",
    "RECURRENCE-ID",
];

/// An event as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// The line of its `BEGIN`.
    pub(super) line: u32,
    /// What it says.
    pub(super) properties: Vec<Property>,
    /// Why it cannot be read.
    pub(super) fault: Option<Code>,
}

/// A property of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// The name, in capitals.
    pub(super) name: String,
    /// What it says; texts are unescaped.
    pub(super) value: String,
    /// `VALUE`, in capitals.
    pub(super) kind: String,
    /// `TZID`.
    pub(super) zone: Option<String>,
    /// Whether it has a `RANGE`.
    pub(super) has_range: bool,
}

impl Event {
    /// The first property with a name.
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    /// The properties with a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties
            .iter()
            .filter(move |property| property.name == name)
    }

    fn add(&mut self, line: &str) {
        if self.properties.len() == MAX_PROPERTIES {
            self.fault = Some(Code::TooMany);
            return;
        }
        match property(line) {
            Some(property) => self.properties.push(property),
            None => self.fault = Some(Code::ImportEventUnreadable),
        }
    }
}

/// The events of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// In the order of the text.
    pub(super) events: Vec<Event>,
    /// Whether the text takes its events back (`METHOD:CANCEL`).
    pub(super) cancels: bool,
}

/// Reads a text.
///
/// # Errors
/// `too-many`: it has more events than are read.
pub(super) fn read(text: &str) -> Result<Content, Code> {
    let mut content = Content::default();
    let mut event: Option<Event> = None;
    // Components within the event: alarms.
    let mut within = 0_u32;
    for line in Unfolded::new(text) {
        let name = name(&line.text).to_ascii_uppercase();
        let component = line
            .text
            .split_once(':')
            .map(|(_, value)| value.trim().to_ascii_uppercase());
        match (name.as_str(), component.as_deref()) {
            ("BEGIN", Some("VEVENT")) => {
                // The one before has no end.
                let unended = event.replace(Event {
                    line: line.number,
                    ..Event::default()
                });
                within = 0;
                content.events.extend(unended.map(faulty));
                if content.events.len() >= MAX_EVENTS {
                    return Err(Code::TooMany);
                }
            }
            ("END", Some("VEVENT")) => content.events.extend(event.take()),
            ("BEGIN", _) if event.is_some() => within += 1,
            ("END", _) if event.is_some() => within = within.saturating_sub(1),
            ("METHOD", Some("CANCEL")) if event.is_none() => content.cancels = true,
            (name, _) if within == 0 && READ.contains(&name) => {
                if let Some(event) = &mut event {
                    if line.is_cut {
                        event.fault = Some(Code::TooLong);
                    } else {
                        event.add(&line.text);
                    }
                }
            }
            _ => {}
        }
    }
    content.events.extend(event.map(faulty));
    Ok(content)
}

fn faulty(event: Event) -> Event {
    Event {
        fault: Some(Code::ImportEventUnreadable),
        ..event
    }
}

fn name(line: &str) -> &str {
    line.split([':', ';']).next().unwrap_or_default().trim()
}

fn property(line: &str) -> Option<Property> {
    let line = format!("{line}\n");
    let read = parser::Property::try_from(line.as_str()).ok()?;
    let parameter = |name: &str| {
        let found = read
            .params
            .iter()
            .find(|parameter| parameter.key.as_str().eq_ignore_ascii_case(name));
        found.map(|parameter| {
            parameter
                .val
                .as_ref()
                .map_or("", |value| value.as_str())
                .to_owned()
        })
    };
    Some(Property {
        name: read.name.as_str().to_ascii_uppercase(),
        value: read.val.as_str().trim().to_owned(),
        kind: parameter("VALUE").unwrap_or_default().to_ascii_uppercase(),
        zone: parameter("TZID"),
        has_range: parameter("RANGE").is_some(),
    })
}

/// A content line, put together from the lines into which it is folded.
struct Line {
    number: u32,
    text: String,
    /// It is longer than what is read, and ends here.
    is_cut: bool,
}

struct Unfolded<'a> {
    lines: std::iter::Zip<std::ops::RangeFrom<u32>, std::str::Lines<'a>>,
    next: Option<Line>,
}

impl<'a> Unfolded<'a> {
    fn new(text: &'a str) -> Self {
        let mut lines = (1..).zip(text.lines());
        let next = lines.next().map(|(number, text)| start(number, text));
        Self { lines, next }
    }
}

fn start(number: u32, text: &str) -> Line {
    let mut line = Line {
        number,
        text: String::new(),
        is_cut: false,
    };
    line.append(text);
    line
}

impl Line {
    fn append(&mut self, text: &str) {
        if self.text.len() + text.len() > MAX_LENGTH {
            self.is_cut = true;
            if self.text.is_empty() {
                self.text.extend(text.chars().take(100));
            }
        } else if !self.is_cut {
            self.text.push_str(text);
        }
    }
}

impl Iterator for Unfolded<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        self.next.as_ref()?;
        for (number, text) in self.lines.by_ref() {
            match (text.strip_prefix([' ', '\t']), &mut self.next) {
                (Some(more), Some(line)) => line.append(more),
                _ => return self.next.replace(start(number, text)),
            }
        }
        self.next.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(u32, usize, Option<Code>)> {
        let events = read(text).unwrap().events;
        events
            .iter()
            .map(|event| (event.line, event.properties.len(), event.fault))
            .collect()
    }

    #[test]
    fn events_are_read_one_by_one() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Een lan\r\n ge naam\r\nDTSTART;TZID=\"Europe/Amsterdam\";VALUE=date-time:20260427T000000\r\n\
            BEGIN:VALARM\r\nDURATION:PT1H\r\nEND:VALARM\r\nDESCRIPTION:x\r\nEND:VEVENT\r\nbegin:vevent\r\nUID:2\r\nend:vevent\r\nEND:VCALENDAR\r\n";
        let events = read(text).unwrap().events;
        assert_eq!(names(text), [(2, 2, None), (11, 1, None)]);
        assert_eq!(events[0].get("SUMMARY").unwrap().value, "Een lange naam");
        let start = events[0].get("DTSTART").unwrap();
        assert_eq!(
            (start.kind.as_str(), start.zone.as_deref()),
            ("DATE-TIME", Some("Europe/Amsterdam"))
        );
    }

    #[test]
    fn nesting_and_length_cost_nothing() {
        let nested = "BEGIN:VEVENT\r\n".repeat(1_600);
        assert_eq!(names(&nested).len(), 1_600);
        assert!(
            names(&nested)
                .iter()
                .all(|event| event.2 == Some(Code::ImportEventUnreadable))
        );
        let alarms = format!(
            "BEGIN:VEVENT\n{}UID:1\nEND:VEVENT",
            "BEGIN:VALARM\n".repeat(70_000)
        );
        assert_eq!(names(&alarms), [(1, 0, None)]);
        let long = format!(
            "BEGIN:VEVENT\nSUMMARY:{}\nUID:1\nEND:VEVENT",
            "x".repeat(1_000_000)
        );
        assert_eq!(names(&long), [(1, 1, Some(Code::TooLong))]);
        let folded = format!(
            "BEGIN:VEVENT\nSUMMARY:{}\nUID:1\nEND:VEVENT",
            "x\n ".repeat(300_000)
        );
        assert_eq!(names(&folded), [(1, 1, Some(Code::TooLong))]);
        let unread = format!(
            "BEGIN:VEVENT\nDESCRIPTION:{}\nUID:1\nEND:VEVENT",
            "x".repeat(1_000_000)
        );
        assert_eq!(names(&unread), [(1, 1, None)]);
        let properties = format!("BEGIN:VEVENT\n{}END:VEVENT", "UID:1\n".repeat(2_000));
        assert_eq!(names(&properties), [(1, 1_000, Some(Code::TooMany))]);
        assert_eq!(
            read(&"BEGIN:VEVENT\nEND:VEVENT\n".repeat(6_000)),
            Err(Code::TooMany)
        );
    }
}
