//! Holidays from files that others wrote: iCalendar, or CSV with a name, a date and perhaps a last date on each line.
//! A file is read as a whole or refused: a holiday that is left out unnoticed would let calls through.

mod calendar;
mod table;

use crate::http::refusal::Refusal;
use centrale_core::error::{Code, ErrorBody, FieldError};
use centrale_core::schedule::HolidayLine;

/// The holidays in a text.
pub(super) fn holidays(text: &str) -> Result<Vec<HolidayLine>, Refusal> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let is_calendar = text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let read = if is_calendar { calendar::read(text) } else { table::read(text) };
    let mut lines: Vec<HolidayLine> = Vec::new();
    for line in read.unwrap_or_default() {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        let fields = vec![FieldError::new("text", Code::ImportUnreadable)];
        return Err(Refusal::Error(ErrorBody { fields, ..Code::ImportUnreadable.into() }));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read = holidays(text).ok().map(|lines| serde_json::to_value(lines).unwrap());
        assert_eq!(read, expected.map(|json| serde_json::from_str(json).unwrap()), "{text}");
    }

    #[test]
    fn tables() {
        let once = r#"[{"name":"Uitje","when":{"type":"once","from":"2026-06-01","to":"2026-06-01"}}]"#;
        check("Uitje,2026-06-01", Some(once));
        check("naam;datum\r\nUitje;1-6-2026\r\n", Some(once));
        check("\u{feff}name,date,end\n\"Uitje\", 2026-06-01 ,2026-06-01\n\nUitje,2026-06-01\n", Some(once));
        check(
            "name\tfrom\tto\nKerst\t24-12-2026\t03-01-2027",
            Some(r#"[{"name":"Kerst","when":{"type":"once","from":"2026-12-24","to":"2027-01-03"}}]"#),
        );
        check("", None);
        check("naam,datum", None);
        check("Uitje,morgen", None);
        check("Uitje,2026-06-01\nKerst,2026-12-32", None);
        check("Uitje", None);
    }

    #[test]
    fn calendars() {
        let event = |lines: &str| {
            format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Feest\\, dag\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            )
        };
        let line = |when: &str| Some(format!(r#"[{{"name":"Feest, dag","when":{when}}}]"#));
        let check = |lines: &str, expected: Option<String>| check(&event(lines), expected.as_deref());
        let once = |from: &str, to: &str| line(&format!(r#"{{"type":"once","from":"{from}","to":"{to}"}}"#));
        check("DTSTART;VALUE=DATE:20260427", once("2026-04-27", "2026-04-27"));
        check("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227", once("2026-12-24", "2026-12-26"));
        check("DTSTART;VALUE=DATE:20261224\r\nDURATION:P1W", once("2026-12-24", "2026-12-30"));
        check("DTSTART:20260427T090000\r\nDTEND:20260428T000000", once("2026-04-27", "2026-04-27"));
        check(
            "DTSTART;TZID=Europe/Amsterdam:20260427T090000\r\nDTEND;TZID=Europe/Amsterdam:20260428T120000",
            once("2026-04-27", "2026-04-28"),
        );
        check(
            "DTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201227\r\nRRULE:FREQ=YEARLY",
            line(r#"{"type":"yearly","month":12,"day":25,"days":2}"#),
        );
        check(
            "DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5;INTERVAL=1",
            line(r#"{"type":"yearly","month":5,"day":5,"days":1}"#),
        );
        check(
            "DTSTART;VALUE=DATE:20200915\r\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=3TU",
            line(r#"{"type":"nth-weekday","month":9,"weekday":"Tue","nth":3,"days":1}"#),
        );
        let until = |year: i32| {
            Some(format!(
                r#"[{{"name":"Feest, dag","when":{{"type":"yearly","month":5,"day":5,"days":1}},"until":{year}}}]"#
            ))
        };
        check("DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=YEARLY;COUNT=3", until(2022));
        check("DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=YEARLY;UNTIL=20300505", until(2030));
        check("DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=YEARLY;UNTIL=20300504T220000Z", until(2029));
        check("DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=WEEKLY", None);
        check("DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=YEARLY;INTERVAL=2", None);
        check("DTSTART;VALUE=DATE:20200505\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20210505", None);
        check("DTSTART;VALUE=DATE:20260230", None);
        check("STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260427", None);
        super::holidays("BEGIN:VCALENDAR\r\nnonsense").unwrap_err();
    }
}
