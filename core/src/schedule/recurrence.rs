//! When a holiday falls: once, every year, by Easter, or on the n-th weekday of a month.

use super::error::ScheduleError;
use crate::time::day_of_date;
use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// First year of the product's calendar: no holiday is known before it.
pub const FIRST_YEAR: i32 = 2000;
/// Last year of the product's calendar: no holiday is known after it.
pub const LAST_YEAR: i32 = 2099;
/// Longest holiday in days.
const MAX_DAYS: u16 = 366;

/// The dates on which a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Recurrence {
    /// Once, from a date to a date, both included.
    Once {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// The same date every year; 29 February only in leap years (as RFC 5545 does with dates that do not exist).
    Yearly {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
        /// Length in days.
        #[serde(default = "one")]
        days: u16,
        /// Moves the start in years in which it falls on a certain weekday.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_on: Option<NotOn>,
    },
    /// A number of days from Easter Sunday of the Western churches.
    Easter {
        /// Days after Easter Sunday; negative before it.
        offset: i16,
        /// Length in days.
        #[serde(default = "one")]
        days: u16,
    },
    /// The n-th, or counted from the end the n-th last, of a weekday in a month.
    NthWeekday {
        /// 1 to 12.
        month: u8,
        /// Day of the week.
        weekday: Weekday,
        /// 1 to 5, or -1 (last) to -5. A month without a fifth is passed over.
        nth: i8,
        /// Length in days.
        #[serde(default = "one")]
        days: u16,
    },
}

const fn one() -> u16 {
    1
}

/// A holiday that is never on a certain weekday: King's Day moves from a Sunday to the day before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NotOn {
    /// The weekday to avoid.
    pub weekday: Weekday,
    /// Days to move by, negative for earlier.
    pub shift: i8,
}

impl Recurrence {
    /// Whether it comes back.
    pub const fn recurs(self) -> bool {
        !matches!(self, Self::Once { .. })
    }

    /// The days of the occurrence that starts in a year (a shift may carry it over the year's edge): the first, and
    /// the one after the last, in days since 1970-01-01. Something that falls once has one in its first year only.
    pub fn days_in(self, year: i32) -> Option<(i32, i32)> {
        let (start, days) = match self {
            Self::Once { from, to } => {
                return (from.year() == year && from <= to)
                    .then(|| (day_of_date(from), day_of_date(to) + 1));
            }
            Self::Yearly {
                month,
                day,
                days,
                not_on,
            } => {
                let date = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
                let shift = not_on
                    .filter(|rule| rule.weekday == date.weekday())
                    .map_or(0, |rule| rule.shift);
                (day_of_date(date) + i32::from(shift), days)
            }
            Self::Easter { offset, days } => (day_of_date(easter(year)?) + i32::from(offset), days),
            Self::NthWeekday {
                month,
                weekday,
                nth,
                days,
            } => (day_of_date(nth_weekday(year, month, weekday, nth)?), days),
        };
        Some((start, start + i32::from(days)))
    }

    /// What is wrong with it.
    pub fn validate(self) -> Option<ScheduleError> {
        let days = match self {
            Self::Once { from, to } => {
                let years = FIRST_YEAR..=LAST_YEAR;
                if !years.contains(&from.year()) || !years.contains(&to.year()) {
                    return Some(ScheduleError::YearOutOfRange);
                }
                if from > to {
                    return Some(ScheduleError::EndBeforeStart);
                }
                return None;
            }
            Self::Yearly {
                month,
                day,
                days,
                not_on,
            } => {
                // 2000 is a leap year.
                if NaiveDate::from_ymd_opt(2000, u32::from(month), u32::from(day)).is_none() {
                    return Some(ScheduleError::NoSuchDate);
                }
                if not_on.is_some_and(|rule| !matches!(rule.shift, -7..=-1 | 1..=7)) {
                    return Some(ScheduleError::ShiftOutOfRange);
                }
                days
            }
            Self::Easter { offset, days } => {
                // Easter is from 22 March to 25 April: this keeps within its year.
                if !(-80..=250).contains(&offset) {
                    return Some(ScheduleError::OffsetOutOfRange);
                }
                days
            }
            Self::NthWeekday {
                month, nth, days, ..
            } => {
                if !(1..=12).contains(&month) {
                    return Some(ScheduleError::NoSuchDate);
                }
                if !matches!(nth, -5..=-1 | 1..=5) {
                    return Some(ScheduleError::NthOutOfRange);
                }
                days
            }
        };
        (!(1..=MAX_DAYS).contains(&days)).then_some(ScheduleError::DaysOutOfRange)
    }
}

fn nth_weekday(year: i32, month: u8, weekday: Weekday, nth: i8) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, u32::from(month), 1)?;
    if nth >= 0 {
        return NaiveDate::from_weekday_of_month_opt(year, u32::from(month), weekday, nth as u8);
    }
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    let back = last.weekday().days_since(weekday) + 7 * (u32::from(nth.unsigned_abs()) - 1);
    last.day()
        .checked_sub(back)
        .and_then(|day| last.with_day(day))
}

/// Easter Sunday of the Western churches (Meeus, Jones and Butcher's algorithm): the Sunday after the first full moon
/// of spring.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let golden = year.rem_euclid(19);
    let moon_shift = (8 * century + 13).div_euclid(25);
    let epact = (19 * golden + century - century.div_euclid(4) - moon_shift + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (in_century / 4) - epact - in_century % 4)
        .rem_euclid(7);
    let correction = (golden + 11 * epact + 19 * weekday) / 433;
    let month = (epact + weekday - 7 * correction + 90) / 25;
    let day = (epact + weekday - 7 * correction + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::date_of_day;

    fn check(when: Recurrence, year: i32, expected: &str) {
        let days = when
            .days_in(year)
            .map(|(start, end)| format!("{} +{}", date_of_day(start), end - start));
        assert_eq!(days.unwrap_or_default(), expected, "{when:?} {year}");
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_sundays() {
        for expected in [
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2035-03-25",
            "2038-04-25",
            "2076-04-19",
            "2099-04-12",
        ] {
            assert_eq!(easter(date(expected).year()), Some(date(expected)));
        }
    }

    #[test]
    fn occurrences() {
        let ascension = Recurrence::Easter {
            offset: 39,
            days: 1,
        };
        check(ascension, 2026, "2026-05-14 +1");
        let not_on = Some(NotOn {
            weekday: Weekday::Sun,
            shift: -1,
        });
        let kings_day = Recurrence::Yearly {
            month: 4,
            day: 27,
            days: 1,
            not_on,
        };
        check(kings_day, 2025, "2025-04-26 +1");
        check(kings_day, 2026, "2026-04-27 +1");
        let leap = Recurrence::Yearly {
            month: 2,
            day: 29,
            days: 1,
            not_on: None,
        };
        check(leap, 2028, "2028-02-29 +1");
        check(leap, 2026, "");
        let holiday = Recurrence::Once {
            from: date("2026-12-24"),
            to: date("2027-01-03"),
        };
        check(holiday, 2026, "2026-12-24 +11");
        check(holiday, 2027, "");
        let nth = |month, weekday, nth| Recurrence::NthWeekday {
            month,
            weekday,
            nth,
            days: 1,
        };
        check(nth(9, Weekday::Tue, 3), 2026, "2026-09-15 +1");
        check(nth(5, Weekday::Mon, -1), 2026, "2026-05-25 +1");
        check(nth(2, Weekday::Sun, 5), 2026, "");
        check(nth(3, Weekday::Sun, 5), 2026, "2026-03-29 +1");
        check(nth(3, Weekday::Sun, -5), 2026, "2026-03-01 +1");
        check(nth(2, Weekday::Sun, -5), 2026, "");
    }

    #[test]
    fn validation() {
        use ScheduleError as E;
        let check = |when: Recurrence, expected: Option<E>| {
            assert_eq!(when.validate(), expected, "{when:?}");
        };
        let yearly = |month, day, days| Recurrence::Yearly {
            month,
            day,
            days,
            not_on: None,
        };
        check(yearly(2, 29, 1), None);
        check(yearly(2, 30, 1), Some(E::NoSuchDate));
        check(yearly(13, 1, 1), Some(E::NoSuchDate));
        check(yearly(0, 1, 1), Some(E::NoSuchDate));
        check(yearly(1, 1, 0), Some(E::DaysOutOfRange));
        check(yearly(1, 1, 367), Some(E::DaysOutOfRange));
        let not_on = Some(NotOn {
            weekday: Weekday::Sun,
            shift: 0,
        });
        check(
            Recurrence::Yearly {
                month: 4,
                day: 27,
                days: 1,
                not_on,
            },
            Some(E::ShiftOutOfRange),
        );
        let once = |from, to| Recurrence::Once {
            from: date(from),
            to: date(to),
        };
        check(once("2026-05-01", "2026-05-01"), None);
        check(once("2026-05-02", "2026-05-01"), Some(E::EndBeforeStart));
        check(once("1999-05-02", "2026-05-01"), Some(E::YearOutOfRange));
        check(once("2026-05-02", "2100-05-01"), Some(E::YearOutOfRange));
        check(
            Recurrence::Easter {
                offset: 251,
                days: 1,
            },
            Some(E::OffsetOutOfRange),
        );
        let nth = |month, nth| Recurrence::NthWeekday {
            month,
            weekday: Weekday::Mon,
            nth,
            days: 1,
        };
        check(nth(1, 0), Some(E::NthOutOfRange));
        check(nth(1, 6), Some(E::NthOutOfRange));
        check(nth(0, 1), Some(E::NoSuchDate));
        check(nth(1, -5), None);
    }
}
