//! Files that are changed at random: whatever becomes of them, they are answered, in time, with lines that can be saved.

use super::{Context, read};
use centrale_core::api::schedules::DateOrder;
use centrale_core::schedule::{HolidaySchedule, MAX_LINES, SchedulePart};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Files that hold everything that is read.
const FILES: [&str; 4] = [
    "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Feest\\, dag\r\nDTSTART;VALUE=DATE:20200505\r\nDTEND;VALUE=DATE:20200506\r\n\
     RRULE:FREQ=YEARLY;INTERVAL=1;COUNT=30;BYMONTH=5;BYMONTHDAY=5\r\nEXDATE;VALUE=DATE:20270505\r\nRDATE;VALUE=DATE:20270506\r\nEND:VEVENT\r\n\
     BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;VALUE=DATE:20280505\r\nDTSTART;VALUE=DATE:20280506\r\nSUMMARY:Feest\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Kerst\r\nDTSTART;TZID=Europe/Amsterdam:20261225T000000\r\nDURATION:P2DT0H\r\n\
     RRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;BYSETPOS=1;UNTIL=20300101T000000Z;WKST=MO\r\nEXRULE:FREQ=WEEKLY;BYDAY=FR\r\n\
     RDATE;VALUE=PERIOD:20270101T000000Z/P1D,20270201T000000/20270202T000000\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "sep=;\nNaam;Datum;Tot;Opmerking\n\"Kerst; dag\";25-12-2026;26-12-26;x\nUitje;1/6/2026 12:00 AM;2026-06-02T00:00:00Z;\n",
    "HolidayName,StartDateTime1,EndDateTime1,StartDateTime2,EndDateTime2\nPasen,5/4/2026 0:00,6/4/2026 23:45,28/3/2027,\n",
];
/// What is put into them.
const PIECES: [&str; 16] = [
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "\r\n ",
    "\"",
    ";",
    ",",
    "9999",
    "0",
    "-",
    "é",
    "T",
    "Z",
    "\u{10ffff}",
    "FREQ=DAILY",
    "2000",
    "\n",
];

fn changed(text: &str, random: &mut StdRng) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..random.random_range(1..8) {
        let at = random.random_range(0..=text.len());
        let until = (at + random.random_range(0..12)).min(text.len());
        match random.random_range(0..4) {
            0 => drop(text.drain(at..until)),
            1 => {
                let piece = PIECES[random.random_range(0..PIECES.len())].chars();
                text.splice(at..at, piece);
            }
            2 => {
                let again: Vec<char> = text[at..until].to_vec();
                text.splice(at..at, again);
            }
            _ => text[at..until]
                .iter_mut()
                .filter(|c| c.is_ascii_digit())
                .for_each(|c| *c = char::from(random.random_range(b'0'..=b'9'))),
        }
    }
    text.into_iter().collect()
}

#[test]
fn changed_files_are_answered() {
    let mut random = StdRng::seed_from_u64(10);
    let orders = [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)];
    let mut lines = 0;
    for round in 0..1_500 {
        let text = changed(FILES[round % FILES.len()], &mut random);
        let context =
            Context { zone: Tz::Europe__Amsterdam, year: 2026, dates: orders[round % orders.len()] };
        let Ok(found) = read(&text, context) else { continue };
        assert!(found.lines.len() <= MAX_LINES, "{text}");
        lines += found.lines.len();
        if !found.lines.is_empty() {
            let problems = HolidaySchedule { lines: found.lines }.validate();
            // A holiday without a name gets one in the form.
            assert!(
                problems.iter().all(|problem| problem.part == SchedulePart::LineName),
                "{problems:?} {text}"
            );
        }
    }
    assert!(lines > 1_500, "the files are still holidays: {lines}");
}
