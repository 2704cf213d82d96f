//! When a holiday falls next, and dates in words.

use crate::text::t;
use centrale_core::schedule::{HolidayLine, LAST_YEAR};
use centrale_core::time::date_of_day;
use chrono::Datelike;

/// The first occurrence that is not over on a day: its first day, and the day after its last.
pub(crate) fn next(line: &HolidayLine, today: i32) -> Option<(i32, i32)> {
    if line.when.validate().is_some() {
        return None;
    }
    let year = date_of_day(today).year();
    // One that began last year may last until now.
    (year - 1..=LAST_YEAR)
        .filter_map(|year| line.days_in(year))
        .find(|(_, end)| *end > today)
}

/// A day with its date: `Fri 25 Dec 2026`.
pub(crate) fn written(day: i32) -> String {
    let date = date_of_day(day);
    t!(
        "schedules-date",
        weekday = t(&format!(
            "weekday-short-{}",
            date.weekday().num_days_from_monday()
        )),
        day = date.day(),
        month = t(&format!("month-short-{}", date.month())),
        year = date.year(),
    )
}

/// The next occurrence in words; `None` when there is none.
pub(crate) fn next_text(line: &HolidayLine, today: i32) -> Option<String> {
    let (start, end) = next(line, today)?;
    Some(if end - start > 1 {
        t!(
            "schedules-dates",
            from = written(start),
            to = written(end - 1)
        )
    } else {
        written(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::time::day_of_date;

    #[test]
    fn next_dates() {
        let check = |json: &str, today: &str, expected: Option<&str>| {
            let line: HolidayLine = serde_json::from_str(json).unwrap();
            let found = next(&line, day_of_date(today.parse().unwrap()));
            let found =
                found.map(|(start, end)| format!("{} +{}", date_of_day(start), end - start));
            assert_eq!(found.as_deref(), expected, "{json} {today}");
        };
        let christmas = r#"{"name":"x","when":{"type":"yearly","month":12,"day":25,"days":2}}"#;
        check(christmas, "2026-11-25", Some("2026-12-25 +2"));
        check(christmas, "2026-12-26", Some("2026-12-25 +2"));
        check(christmas, "2026-12-27", Some("2027-12-25 +2"));
        let long = r#"{"name":"x","when":{"type":"yearly","month":12,"day":25,"days":14}}"#;
        check(long, "2027-01-03", Some("2026-12-25 +14"));
        let ended = r#"{"name":"x","when":{"type":"easter","offset":0},"until":2026}"#;
        check(ended, "2026-01-01", Some("2026-04-05 +1"));
        check(ended, "2026-11-25", None);
        let once = r#"{"name":"x","when":{"type":"once","from":"2026-05-01","to":"2026-05-10"}}"#;
        check(once, "2026-05-10", Some("2026-05-01 +10"));
        check(once, "2026-05-11", None);
        check(
            r#"{"name":"x","when":{"type":"yearly","month":2,"day":30}}"#,
            "2026-05-11",
            None,
        );
    }
}
