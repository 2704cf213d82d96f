//! Dates in which the month has its name, in Dutch or English: `25 december 2026`, `Fri, Dec 25, 2026`.

use chrono::{Datelike, NaiveDate};

/// The names of months, the short ones last; those of both languages, where they differ.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan"],
    &["februari", "february", "feb", "febr"],
    &["maart", "march", "mrt", "maa", "mar"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["augustus", "august", "aug"],
    &["september", "sep", "sept"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];
/// The names of days, from Monday.
const DAYS: [&[&str]; 7] = [
    &["maandag", "monday", "ma", "mon"],
    &["dinsdag", "tuesday", "di", "tue", "tues"],
    &["woensdag", "wednesday", "wo", "woe", "wed"],
    &["donderdag", "thursday", "do", "don", "thu", "thur", "thurs"],
    &["vrijdag", "friday", "vr", "vrij", "fri"],
    &["zaterdag", "saturday", "za", "zat", "sat"],
    &["zondag", "sunday", "zo", "zon", "sun"],
];
/// What may follow the number of a day.
const ORDINALS: [&str; 7] = ["st", "nd", "rd", "th", "ste", "de", "e"];

/// The date, and what follows it; `None` when it is none. A day of the week that is not the date's makes it none.
pub(super) fn date(text: &str) -> Option<(NaiveDate, &str)> {
    let (text, time) = split(text);
    let text = text.to_lowercase();
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/' | '.');
    let words: Vec<&str> = text
        .split(separates)
        .filter(|word| !word.is_empty())
        .collect();
    let weekday = words.first().and_then(|word| place(&DAYS, word));
    let date = match words[usize::from(weekday.is_some())..] {
        [day, month, year] if place(&MONTHS, month).is_some() => of(day, month, year),
        [month, day, year] if place(&MONTHS, month).is_some() => of(day, month, year),
        _ => None,
    };
    let is_its =
        |date: &NaiveDate| weekday.is_none_or(|day| date.weekday().num_days_from_monday() == day);
    Some((date.filter(is_its)?, time))
}

/// What stands before the first word with a colon, and from there on.
fn split(text: &str) -> (&str, &str) {
    let Some(colon) = text.find(':') else {
        return (text, "");
    };
    let time = text[..colon]
        .rfind(char::is_whitespace)
        .map_or(0, |space| space);
    (&text[..time], text[time..].trim_start())
}

/// The place of a name in a list of names, from 0.
fn place(names: &[&[&str]], word: &str) -> Option<u32> {
    let found = names.iter().position(|names| names.contains(&word))?;
    u32::try_from(found).ok()
}

fn of(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let digits = day.trim_end_matches(|c: char| !c.is_ascii_digit());
    let after = &day[digits.len()..];
    let is_day = digits.len() <= 2 && (after.is_empty() || ORDINALS.contains(&after));
    let day = digits.parse().ok().filter(|_| is_day)?;
    let years = match year.len() {
        2 => 2000,
        4 => 0,
        _ => return None,
    };
    let is_year = year.bytes().all(|c| c.is_ascii_digit());
    let year = year.parse::<i32>().ok().filter(|_| is_year)?;
    NaiveDate::from_ymd_opt(years + year, place(&MONTHS, month)? + 1, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_names() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = date(text).map(|(date, rest)| (date.to_string(), rest));
            assert_eq!(
                found.as_ref().map(|(date, rest)| (date.as_str(), *rest)),
                expected,
                "{text}"
            );
        };
        let christmas = Some(("2026-12-25", ""));
        for text in [
            "25 december 2026",
            "25 December 2026",
            "25 dec 2026",
            "25 dec. 2026",
            "25-dec-2026",
            "25-DEC-26",
            "25/Dec/2026",
            "25.dec.2026",
            "December 25, 2026",
            "Dec 25, 2026",
            "Dec. 25 2026",
            "Fri, Dec 25, 2026",
            "Friday, December 25, 2026",
            "vrijdag 25 december 2026",
            "vr 25 dec 2026",
            "25th December 2026",
            "25e december 2026",
            "December 25th, 2026",
        ] {
            check(text, christmas);
        }
        check("1 mrt 2026", Some(("2026-03-01", "")));
        check("5 mei 2026", Some(("2026-05-05", "")));
        check("May 5, 2026", Some(("2026-05-05", "")));
        check("31 okt 2026", Some(("2026-10-31", "")));
        check("25 december 2026 9:30", Some(("2026-12-25", "9:30")));
        check("Dec 25, 2026, 12:00 AM", Some(("2026-12-25", "12:00 AM")));
        check("25-dec-2026 09:30:00.5", Some(("2026-12-25", "09:30:00.5")));
        for wrong in [
            "",
            "december",
            "25 december",
            "25 december 226",
            "25 december 20260",
            "25 dezembre 2026",
            "32 december 2026",
            "30 februari 2026",
            "025 december 2026",
            "25x december 2026",
            "e december 2026",
            "december 2026 25",
            "2026 december 25",
            "donderdag 25 december 2026",
            "Kerst 25 december 2026",
            "25 december 2026 9.30",
            "december december 2026",
            "december mei 2026",
            "9:30",
            ":",
            "é:é",
            "25 december +226",
        ] {
            check(wrong, None);
        }
    }
}
