//! The dates of a recurrence rule (RFC 5545 § 3.3.10), up to the last year of the product's calendar.

use super::Budget;
use super::moment::{Moment, moment};
use centrale_core::error::Code;
use centrale_core::schedule::LAST_YEAR;
use chrono::{DateTime, Datelike, Duration, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;
use rrule::{Frequency, RRule, RRuleSet, Unvalidated};

/// The longest rule, in bytes.
const MAX_LENGTH: usize = 500;
/// The most dates of a rule: every day of a century, and some before it.
const MAX_DATES: usize = 60_000;

/// The dates of a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dates {
    /// By the clock of the first one.
    pub(super) starts: Vec<NaiveDateTime>,
    /// It goes on beyond the calendar.
    pub(super) is_endless: bool,
}

/// Finds the dates of a rule that begins at a moment.
///
/// # Errors
/// `import-rule-unreadable`, and `import-too-costly` when there are more dates than are looked at.
pub(super) fn dates(
    rule: &str,
    start: Moment,
    owner: Tz,
    budget: &mut Budget,
) -> Result<Dates, Code> {
    // What a clock shows is reckoned with as if it were UTC: rules are about that, whatever the zone does meanwhile.
    let utc = |at: NaiveDateTime| rrule::Tz::UTC.from_utc_datetime(&at);
    let first = utc(start.at);
    let written = Written::new(rule, start, owner)?;
    let mut read: RRule<Unvalidated> = written
        .rest
        .parse()
        .map_err(|_| Code::ImportRuleUnreadable)?;
    if !matches!(
        read.get_freq(),
        Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily
    ) || !(1500..=LAST_YEAR).contains(&start.at.year())
    {
        return Err(Code::ImportRuleUnreadable);
    }
    let is_counted = read.get_count().is_some();
    if let Some(until) = written.until {
        if is_counted {
            return Err(Code::ImportRuleUnreadable);
        }
        if until < start.at {
            return Ok(Dates {
                starts: Vec::new(),
                is_endless: false,
            });
        }
        read = read.until(utc(until));
    }
    let is_endless = !is_counted && written.until.is_none_or(|until| until.year() > LAST_YEAR);
    let rule = read
        .validate(first)
        .map_err(|_| Code::ImportRuleUnreadable)?;
    let starts = within_calendar(&RRuleSet::new(first).rrule(rule).limit(), budget)?;
    Ok(Dates { starts, is_endless })
}

fn within_calendar(set: &RRuleSet, budget: &mut Budget) -> Result<Vec<NaiveDateTime>, Code> {
    budget.spend(Budget::RULE)?;
    let mut starts = Vec::new();
    for date in set {
        let date: DateTime<rrule::Tz> = date;
        if date.year() > LAST_YEAR {
            break;
        }
        if starts.len() == MAX_DATES {
            return Err(Code::ImportTooCostly);
        }
        budget.spend(1)?;
        starts.push(date.naive_utc());
    }
    Ok(starts)
}

/// A rule as it is written, with what is said differently elsewhere.
struct Written {
    /// All but its end.
    rest: String,
    /// The last moment, by the clock of the event.
    until: Option<NaiveDateTime>,
}

impl Written {
    fn new(rule: &str, start: Moment, owner: Tz) -> Result<Self, Code> {
        let wrong = Code::ImportRuleUnreadable;
        if rule.len() > MAX_LENGTH || !rule.is_ascii() {
            return Err(wrong);
        }
        let mut this = Self {
            rest: String::new(),
            until: None,
        };
        for part in rule
            .to_ascii_uppercase()
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (key, value) = part.split_once('=').ok_or(wrong)?;
            // A time of its own would begin another event on the same day.
            let own = match key {
                "BYHOUR" => Some(start.at.hour()),
                "BYMINUTE" => Some(start.at.minute()),
                "BYSECOND" => Some(start.at.second()),
                _ => None,
            };
            match own {
                Some(own) if value.parse() == Ok(own) => continue,
                Some(_) => return Err(wrong),
                None => {}
            }
            if key == "UNTIL" {
                this.until = Some(last(value, start, owner).ok_or(wrong)?);
            } else {
                let separator = if this.rest.is_empty() { "" } else { ";" };
                this.rest.extend([separator, part]);
            }
        }
        Ok(this)
    }
}

/// The last moment of a rule. A date is one with its whole day.
fn last(text: &str, start: Moment, owner: Tz) -> Option<NaiveDateTime> {
    let until = moment(text, None)?;
    if until.is_date {
        return until.at.checked_add_signed(Duration::seconds(86_399));
    }
    until.by(start.frame, owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, start: &str, expected: Result<&str, Code>) {
        let start = moment(start, None).unwrap();
        let found = dates(rule, start, Tz::Europe__Amsterdam, &mut Budget::new());
        let found = found.map(|dates| {
            let few = dates
                .starts
                .iter()
                .take(4)
                .map(|start| start.date().to_string());
            format!(
                "{}{}",
                few.collect::<Vec<_>>().join(" "),
                if dates.is_endless { " …" } else { "" }
            )
        });
        assert_eq!(found.as_deref().map_err(|code| *code), expected, "{rule}");
    }

    #[test]
    fn rules() {
        check(
            "FREQ=YEARLY",
            "20200505",
            Ok("2020-05-05 2021-05-05 2022-05-05 2023-05-05 …"),
        );
        check(
            "FREQ=YEARLY;COUNT=3",
            "20240229",
            Ok("2024-02-29 2028-02-29 2032-02-29"),
        );
        check(
            "freq=yearly;interval=2;count=2;",
            "20240505",
            Ok("2024-05-05 2026-05-05"),
        );
        check(
            "FREQ=YEARLY;UNTIL=20210505",
            "20200505",
            Ok("2020-05-05 2021-05-05"),
        );
        // Midnight in the zone of the owner.
        check(
            "FREQ=YEARLY;UNTIL=20210504T220000Z",
            "20200505",
            Ok("2020-05-05 2021-05-05"),
        );
        check(
            "FREQ=YEARLY;UNTIL=20210504T215959Z",
            "20200505",
            Ok("2020-05-05"),
        );
        check("FREQ=YEARLY;UNTIL=20190101", "20200505", Ok(""));
        check(
            "FREQ=YEARLY;BYDAY=3TU",
            "20260120",
            Ok("2026-01-20 2027-01-19 2028-01-18 2029-01-16 …"),
        );
        check(
            "FREQ=DAILY;UNTIL=21000101",
            "20991230",
            Ok("2099-12-30 2099-12-31 …"),
        );
        check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "20200505", Ok(" …"));
        check("FREQ=DAILY;BYHOUR=0;COUNT=1", "20200505", Ok("2020-05-05"));
        for wrong in [
            "",
            "YM1 12",
            "FREQ=HOURLY",
            "FREQ=SECONDLY;BYSECOND=1",
            "FREQ=DAILY;BYHOUR=0,1",
            "FREQ=YEARLY;COUNT=2;UNTIL=20300101",
            "FREQ=YEARLY;UNTIL=morgen",
            "FREQ=YEARLY;BYMONTH=13",
            "FREQ=YEARLY;BYDAY=XX",
            "FREQ=YEARLY;SKIP=FORWARD",
        ] {
            check(wrong, "20200505", Err(Code::ImportRuleUnreadable));
        }
        check("FREQ=DAILY", "16010101", Err(Code::ImportTooCostly));
    }
}
