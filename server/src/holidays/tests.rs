//! Files as calendars and spreadsheets write them, and what becomes of each.

mod tables;

use super::*;
use centrale_core::schedule::HolidaySchedule;

const CONTEXT: Context = Context {
    zone: Tz::Europe__Amsterdam,
    year: 2026,
    dates: None,
};

/// The lines in short, and the notes: `line code name`, with `-` where nothing was taken.
fn told(text: &str, context: Context) -> Result<(Vec<String>, Vec<String>), Code> {
    let read = read(text, context)?;
    let line = |line: &HolidayLine| {
        let mut value = serde_json::to_value(line).unwrap();
        let when = value["when"].take();
        let of = |key: &str| when[key].to_string().replace('"', "");
        let dates = match when["type"].as_str().unwrap() {
            "once" if when["from"] == when["to"] => of("from"),
            "once" => format!("{}..{}", of("from"), of("to")),
            "yearly" => format!("yearly {}-{} +{}", of("month"), of("day"), of("days")),
            _ => format!(
                "nth {}-{}-{} +{}",
                of("month"),
                of("nth"),
                of("weekday"),
                of("days")
            ),
        };
        let until = line
            .until
            .map(|year| format!(" until {year}"))
            .unwrap_or_default();
        format!("{}: {dates}{until}", line.name)
    };
    let note = |note: &Note| {
        let mark = if note.taken { "" } else { "-" };
        let year = note.year.map(|year| format!(" {year}")).unwrap_or_default();
        format!(
            "{mark}{} {} {}{year}",
            note.line,
            note.code.name(),
            note.name
        )
    };
    Ok((
        read.lines.iter().map(line).collect(),
        read.notes.iter().map(note).collect(),
    ))
}

#[track_caller]
fn check(text: &str, lines: &[&str], notes: &[&str]) {
    let (found_lines, found_notes) =
        told(text, CONTEXT).unwrap_or_else(|code| panic!("{}: {text}", code.name()));
    assert_eq!(found_lines, lines, "{text}");
    assert_eq!(found_notes, notes, "{text}");
}

#[track_caller]
fn refused(text: &str, code: Code) {
    assert_eq!(told(text, CONTEXT).err(), Some(code), "{text}");
}

fn event(lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Feest\r\n{}\r\nEND:VEVENT\r\n",
        lines.replace('\n', "\r\n")
    )
}

fn calendar(events: &[&str]) -> String {
    let events = events.iter().map(|lines| event(lines)).collect::<String>();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

/// One event, on line 3.
#[track_caller]
fn one(lines: &str, expected: &[&str], notes: &[&str]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|line| format!("Feest: {line}"))
        .collect();
    let notes: Vec<_> = notes
        .iter()
        .map(|note| note.replace('@', "3").replace('!', "Feest"))
        .collect();
    let (found_lines, found_notes) = told(&calendar(&[lines]), CONTEXT).unwrap();
    assert_eq!(found_lines, expected, "{lines}");
    assert_eq!(found_notes, notes, "{lines}");
}

#[test]
fn events_that_fall_once() {
    one("DTSTART;VALUE=DATE:20260427", &["2026-04-27"], &[]);
    one(
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
        &["2026-12-24..2026-12-26"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224",
        &["2026-12-24"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20261224\nDURATION:P1W",
        &["2026-12-24..2026-12-30"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20261224\nDURATION:PT48H",
        &["2026-12-24..2026-12-25"],
        &[],
    );
    one(
        "DTSTART:20261224T000000\nDURATION:PT24H",
        &["2026-12-24"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261223",
        &[],
        &["-@ schedule-end-before-start !"],
    );
    one(
        "DTSTART;VALUE=DATE:20260230",
        &[],
        &["-@ import-date-unreadable !"],
    );
    one(
        "DTSTART;VALUE=DATE:19991231",
        &[],
        &["-@ schedule-year-out-of-range !"],
    );
    one(
        "DTEND;VALUE=DATE:20260230",
        &[],
        &["-@ import-date-unreadable !"],
    );
    one(
        "DTSTART;VALUE=DATE:20260427\nSTATUS:CANCELLED",
        &[],
        &["-@ import-cancelled !"],
    );
}

#[test]
fn moments_are_those_of_the_owner() {
    one(
        "DTSTART:20261224T230000Z\nDTEND:20261225T230000Z",
        &["2026-12-25"],
        &[],
    );
    one(
        "DTSTART:20260328T230000Z\nDTEND:20260329T220000Z",
        &["2026-03-29"],
        &[],
    );
    let zoned = |zone: &str, to: &str| {
        format!("DTSTART;TZID={zone}:20261225T000000\nDTEND;TZID={zone}:{to}")
    };
    one(
        &zoned("Europe/Amsterdam", "20261226T000000"),
        &["2026-12-25"],
        &[],
    );
    one(
        &zoned("America/New_York", "20261227T000000"),
        &["2026-12-26"],
        &["@ import-part-of-day !"],
    );
    let windows = zoned("\"W. Europe Standard Time\"", "20261226T000000");
    one(&windows, &["2026-12-25"], &["@ import-zone-unknown !"]);
    let elsewhere = Context {
        zone: Tz::UTC,
        ..CONTEXT
    };
    let text = calendar(&["DTSTART:20261224T230000Z\nDTEND:20261225T230000Z"]);
    assert_eq!(
        told(&text, elsewhere).unwrap().1,
        ["-3 import-part-of-day Feest"]
    );
}

#[test]
fn parts_of_days_are_not_widened() {
    one(
        "DTSTART:20260427T090000\nDTEND:20260428T000000",
        &[],
        &["-@ import-part-of-day !"],
    );
    one("DTSTART:20260427T090000", &[], &["-@ import-part-of-day !"]);
    one(
        "DTSTART:20260427T130000\nDTEND:20260430T120000",
        &["2026-04-28..2026-04-29"],
        &["@ import-part-of-day !"],
    );
    one(
        "DTSTART:20260427T000000\nDTEND:20260427T235959",
        &["2026-04-27"],
        &[],
    );
    one(
        "DTSTART:20260427T000000\nDTEND:20260427T234500",
        &["2026-04-27"],
        &["@ import-rounded !"],
    );
}

#[test]
fn rules_become_the_recurrence_that_says_the_same() {
    one(
        "DTSTART;VALUE=DATE:20201225\nDTEND;VALUE=DATE:20201227\nRRULE:FREQ=YEARLY",
        &["yearly 12-25 +2"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5;INTERVAL=1",
        &["yearly 5-5 +1"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200915\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=3TU",
        &["nth 9-3-Tue +1"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
        &["nth 5--1-Mon +1"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=YEARLY;COUNT=3",
        &["yearly 5-5 +1 until 2022"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=YEARLY;UNTIL=20300505",
        &["yearly 5-5 +1 until 2030"],
        &[],
    );
    // The last day of a moving one decides, not that of the first.
    one(
        "DTSTART;VALUE=DATE:20200915\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=3TU;UNTIL=20300916",
        &["nth 9-3-Tue +1 until 2029"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200915\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=3TU;UNTIL=20300917",
        &["nth 9-3-Tue +1 until 2030"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;COUNT=3",
        &["yearly 2-29 +1 until 2032"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=5SU;COUNT=4",
        &["nth 3-5-Sun +1 until 2030"],
        &["@ import-start-not-in-rule !"],
    );
    // Without a month the weekday is counted within the year.
    one(
        "DTSTART;VALUE=DATE:20260120\nRRULE:FREQ=YEARLY;BYDAY=3TU",
        &["nth 1-3-Tue +1"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
        &["yearly 1-1 +1", "yearly 7-1 +1"],
        &[],
    );
}

#[test]
fn what_no_recurrence_says_becomes_dates() {
    let years = |years: &[i32]| {
        years
            .iter()
            .map(|year| format!("{year}-05-05"))
            .collect::<Vec<_>>()
    };
    let dated = |lines: &str, expected: &[i32], notes: &[&str]| {
        let expected = years(expected);
        one(
            lines,
            &expected.iter().map(String::as_str).collect::<Vec<_>>(),
            notes,
        );
    };
    // A line has no first year.
    dated(
        "DTSTART;VALUE=DATE:20280505\nRRULE:FREQ=YEARLY",
        &[2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035],
        &["@ import-dated ! 2035"],
    );
    dated(
        "DTSTART;VALUE=DATE:20280505\nRRULE:FREQ=YEARLY;COUNT=2",
        &[2028, 2029],
        &[],
    );
    dated(
        "DTSTART;VALUE=DATE:20240505\nRRULE:FREQ=YEARLY;INTERVAL=2",
        &[2026, 2028, 2030, 2032, 2034],
        &["@ import-dated ! 2035"],
    );
    one(
        "DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:20260301,20260401\nEXDATE;VALUE=DATE:20260301",
        &["2026-01-01", "2026-04-01"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20260101\nEXDATE;VALUE=DATE:20260101",
        &[],
        &["-@ import-never !"],
    );
    one(
        "DTSTART:20260101T000000\nDURATION:P1D\nRDATE;VALUE=PERIOD:20260301T000000/P2D,20260401T000000/20260402T000000",
        &["2026-01-01", "2026-04-01", "2026-03-01..2026-03-02"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=YEARLY\nRDATE;VALUE=DATE:20260506",
        &["yearly 5-5 +1", "2026-05-06"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20210505",
        &["yearly 5-5 +1"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20260505\nRRULE:FREQ=YEARLY;COUNT=5\nEXRULE:FREQ=YEARLY;INTERVAL=2",
        &["2027-05-05", "2029-05-05"],
        &[],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=HOURLY",
        &[],
        &["-@ import-rule-unreadable !"],
    );
    one(
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        &[],
        &["-@ import-never !"],
    );
}

#[test]
fn days_of_a_series_are_moved_and_cancelled() {
    let head = "DTSTART;VALUE=DATE:20260505\nRRULE:FREQ=YEARLY;COUNT=3";
    let moved = "RECURRENCE-ID;VALUE=DATE:20270505\nDTSTART;VALUE=DATE:20270506";
    check(
        &calendar(&[head, moved]),
        &[
            "Feest: 2026-05-05",
            "Feest: 2027-05-06",
            "Feest: 2028-05-05",
        ],
        &[],
    );
    let cancelled =
        "RECURRENCE-ID;VALUE=DATE:20270505\nDTSTART;VALUE=DATE:20270505\nSTATUS:CANCELLED";
    check(
        &calendar(&[cancelled, head]),
        &["Feest: 2026-05-05", "Feest: 2028-05-05"],
        &[],
    );
    // One that only says more leaves the recurrence whole.
    let same = "RECURRENCE-ID;VALUE=DATE:20270505\nDTSTART;VALUE=DATE:20270505";
    check(
        &calendar(&[head, same]),
        &["Feest: yearly 5-5 +1 until 2028"],
        &[],
    );
    let renamed = calendar(&[head, same]).replacen("SUMMARY:Feest", "SUMMARY:Jubileum", 1);
    check(
        &renamed,
        &[
            "Jubileum: 2026-05-05",
            "Jubileum: 2028-05-05",
            "Feest: 2027-05-05",
        ],
        &[],
    );
    let all_later =
        "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270505\nDTSTART;VALUE=DATE:20270506";
    check(
        &calendar(&[head, all_later]),
        &[],
        &["-3 import-rule-unreadable Feest"],
    );
    check(&calendar(&[moved]), &["Feest: 2027-05-06"], &[]);
    let cancel = calendar(&[head]).replace("VERSION:2.0", "METHOD:CANCEL");
    check(&cancel, &[], &["-3 import-cancelled Feest"]);
}

#[test]
fn an_odd_event_is_named_and_refuses_no_other() {
    let good = "DTSTART;VALUE=DATE:20260427";
    let odd = "DTSTART;VALUE=DATE:nonsense";
    check(
        &calendar(&[odd, good]),
        &["Feest: 2026-04-27"],
        &["-3 import-date-unreadable Feest"],
    );
    let text = calendar(&["BEGIN:VEVENT", good]);
    let (lines, notes) = told(&text, CONTEXT).unwrap();
    assert_eq!(lines, ["Feest: 2026-04-27"]);
    assert!(
        notes
            .iter()
            .any(|note| note.contains("import-event-unreadable")),
        "{notes:?}"
    );
    let long = calendar(&[good]).replace("Feest", &"Heel lang ".repeat(20));
    let (lines, notes) = told(&long, CONTEXT).unwrap();
    assert!(lines[0].ends_with("…: 2026-04-27"), "{lines:?}");
    assert_eq!(
        lines[0].split(':').next().map(|name| name.chars().count()),
        Some(80)
    );
    assert!(notes[0].starts_with("3 import-name-cut"), "{notes:?}");
    refused("BEGIN:VCALENDAR\r\nnonsense", Code::ImportUnreadable);
}

#[test]
fn the_worst_files_are_answered() {
    let nested = format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(1_600));
    let read = super::read(&nested, CONTEXT).unwrap();
    assert_eq!(
        (read.lines.len(), read.notes.len(), read.more_notes),
        (0, MAX_NOTES, 1_400)
    );
    let long = calendar(&["DTSTART;VALUE=DATE:20260427"]).replace("Feest", &"x".repeat(1_000_000));
    check(&long, &[], &["-3 too-long "]);
    check(
        &format!("Uitje,2026-06-01\n{},2026-06-01", "x".repeat(1_000_000)),
        &["Uitje: 2026-06-01"],
        &["-2 too-long "],
    );
    // Together more dates than are looked at: each event after that is named.
    let many = calendar(&vec![
        "DTSTART;VALUE=DATE:20200505\nRRULE:FREQ=DAILY;COUNT=100";
        1_000
    ]);
    let read = super::read(&many, CONTEXT).unwrap();
    let told = read.notes.len() + read.more_notes as usize;
    assert_eq!(
        told,
        1_000 - (Budget::DATES / (Budget::RULE + 2 * 100)) as usize
    );
    assert!(
        read.notes
            .iter()
            .all(|note| note.code == Code::ImportTooCostly && !note.taken)
    );
    refused(
        &"BEGIN:VCALENDAR\n"
            .chars()
            .chain(calendar(&vec!["X:1"; 5_001]).chars())
            .collect::<String>(),
        Code::TooMany,
    );
    refused(&"x,2026-06-01\n".repeat(5_001), Code::TooMany);
}

/// What a file costs grows with its length, not with the square of it: eight times as many rows, all different, take at
/// most as many times as long as leaves room for a busy machine.
#[test]
fn tables_are_read_in_linear_time() {
    let table = |count: u32| {
        (0..count)
            .map(|row| format!("Dag {row},{}-06-01,,\n", 2000 + row % 100))
            .collect::<Vec<_>>()
            .concat()
    };
    let took = |count: u32| {
        let table = table(count);
        let once = || {
            let begun = Instant::now();
            let read = super::read(&table, CONTEXT).unwrap();
            assert_eq!(read.lines.len(), MAX_LINES.min(count as usize));
            begun.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap()
    };
    let (few, many) = (took(625), took(5_000));
    assert!(many < few * 8 * 4, "{few:?} {many:?}");
}

#[test]
fn what_takes_too_long_is_given_up() {
    let mut over = Budget {
        dates: Budget::DATES,
        until: Instant::now(),
    };
    assert_eq!(over.spend(1), Err(Code::ImportTooCostly));
    let mut left = Budget::new();
    assert_eq!(left.spend(Budget::DATES), Ok(()));
    assert_eq!(left.spend(1), Err(Code::ImportTooCostly));
}

/// What is read can be saved, as far as it has a name.
#[test]
fn what_is_read_can_be_saved() {
    let daily = calendar(&["DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY"]);
    let weekly = calendar(&["DTSTART;VALUE=DATE:20200103\nRRULE:FREQ=WEEKLY"]);
    for text in [daily, weekly] {
        let read = super::read(&text, CONTEXT).unwrap();
        assert_eq!(
            (read.notes.as_slice(), read.lines.is_empty()),
            (&[][..], false)
        );
        let holidays = HolidaySchedule { lines: read.lines };
        assert_eq!(holidays.validate(), []);
    }
}
