//! Holiday schedules: lines of a name and dates, and what can be wrong with them.

use super::error::{self, Problem, ScheduleError, SchedulePart};
use super::{FIRST_YEAR, LAST_YEAR, MAX_LINES, Recurrence};
use serde::{Deserialize, Serialize};

/// A holiday: whole days, once or recurring.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HolidayLine {
    /// What people call it.
    pub name: String,
    /// Its dates.
    pub when: Recurrence,
    /// Last year in which a recurring holiday starts; `None` for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i32>,
}

impl HolidayLine {
    /// The occurrence that starts in a year, as [`Recurrence::days_in`], unless the line is wrong or has ended.
    pub fn days_in(&self, year: i32) -> Option<(i32, i32)> {
        if self
            .until
            .is_some_and(|until| self.when.recurs() && year > until)
        {
            return None;
        }
        self.when.days_in(year)
    }
}

/// Days, whole ones from midnight to midnight.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HolidaySchedule {
    /// The holidays, in any order; they may overlap.
    pub lines: Vec<HolidayLine>,
}

impl HolidaySchedule {
    /// Everything that is wrong with the holidays.
    pub fn validate(&self) -> Vec<Problem> {
        let whole = |error| Problem {
            part: SchedulePart::Lines,
            index: None,
            error,
        };
        if self.lines.is_empty() {
            return vec![whole(ScheduleError::NoLines)];
        }
        if self.lines.len() > MAX_LINES {
            return vec![whole(ScheduleError::TooManyLines)];
        }
        let mut problems = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let found = [
                (SchedulePart::LineName, error::name(&line.name)),
                (SchedulePart::When, line.when.validate()),
                (SchedulePart::Until, until_error(line)),
            ];
            problems.extend(found.into_iter().filter_map(|(part, error)| {
                error.map(|error| Problem {
                    part,
                    index: Some(index),
                    error,
                })
            }));
        }
        problems
    }
}

fn until_error(line: &HolidayLine) -> Option<ScheduleError> {
    let until = line.until?;
    if !line.when.recurs() {
        Some(ScheduleError::UntilWithoutRecurrence)
    } else if !(FIRST_YEAR..=LAST_YEAR).contains(&until) {
        Some(ScheduleError::YearOutOfRange)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validation() {
        use ScheduleError as E;
        let check = |json: &str, expected: &[(SchedulePart, E)]| {
            let line: HolidayLine = serde_json::from_str(json).unwrap();
            let found: Vec<_> = HolidaySchedule { lines: vec![line] }
                .validate()
                .iter()
                .map(|p| (p.part, p.error))
                .collect();
            assert_eq!(found, expected, "{json}");
        };
        check(
            r#"{"name":"Kerst","when":{"type":"yearly","month":12,"day":25,"days":2}}"#,
            &[],
        );
        check(
            r#"{"name":"Kerst","when":{"type":"yearly","month":12,"day":25},"until":2030}"#,
            &[],
        );
        check(
            r#"{"name":"Pasen","when":{"type":"easter","offset":0}}"#,
            &[],
        );
        check(
            r#"{"name":"Prinsjesdag","when":{"type":"nth-weekday","month":9,"weekday":"tue","nth":3}}"#,
            &[],
        );
        check(
            r#"{"name":" ","when":{"type":"yearly","month":2,"day":30},"until":1999}"#,
            &[
                (SchedulePart::LineName, E::NameEmpty),
                (SchedulePart::When, E::NoSuchDate),
                (SchedulePart::Until, E::YearOutOfRange),
            ],
        );
        check(
            r#"{"name":"Uitje","when":{"type":"once","from":"2026-06-01","to":"2026-06-01"},"until":2030}"#,
            &[(SchedulePart::Until, E::UntilWithoutRecurrence)],
        );
    }

    #[test]
    fn unknown_fields_are_refused() {
        for json in [
            r#"{"name":"Kerst","when":{"type":"yearly","month":12,"day":25,"hours":2}}"#,
            r#"{"name":"Kerst","when":{"type":"yearly","month":12,"day":25},"colour":"red"}"#,
            r#"{"name":"Kerst","when":{"type":"monthly","day":25}}"#,
        ] {
            assert!(serde_json::from_str::<HolidayLine>(json).is_err(), "{json}");
        }
    }
}
