//! Times of a day as people type them.

use crate::components::parsed_input::Format;

/// Hours and minutes, to 24:00.
pub(crate) const TIME: Format = Format {
    kind: "text",
    write,
    read,
    wrong: "schedules-time-unreadable",
};

/// `08:30` for minutes since midnight.
pub(crate) fn write(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes since midnight, to 1440. Reads `8`, `8:30`, `8.30`, `8u30`, `830` and `0830`.
fn read(text: &str) -> Option<i32> {
    let text = text.trim();
    let (hours, minutes) = match text.find([':', '.', 'u', 'h', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None if text.len() > 2 && text.is_ascii() => text.split_at(text.len() - 2),
        None => (text, "00"),
    };
    let number = |text: &str, length: std::ops::RangeInclusive<usize>| {
        let digits = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if digits {
            text.parse::<i32>().ok()
        } else {
            None
        }
    };
    let (hours, minutes) = (number(hours, 1..=2)?, number(minutes, 2..=2)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= 1440).then_some(minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_type_them() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(read(text).map(write).as_deref(), expected, "{text:?}");
        };
        check("08:30", Some("08:30"));
        check(" 8:30 ", Some("08:30"));
        check("8.30", Some("08:30"));
        check("17u30", Some("17:30"));
        check("830", Some("08:30"));
        check("1730", Some("17:30"));
        check("8", Some("08:00"));
        check("24:00", Some("24:00"));
        check("24:01", None);
        check("8:3", None);
        check("8:60", None);
        check("25", None);
        check("half", None);
        check("é30", None);
        check("", None);
    }
}
