//! Moments and the wall clock: timestamps, a zone as a table of offsets, and the conversion both ways.
//! Where the table comes from (a time zone database) and what the time is now are left to others.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

mod zone;

pub use zone::{Transition, Zone, ZoneError};

/// Seconds in a civil day.
const DAY: i64 = 86_400;
/// Minutes in a week.
pub const WEEK_MINUTES: u16 = 7 * 24 * 60;
/// Days from 0001-01-01 (day 1 of chrono's count) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;
/// Local seconds are kept within this range (about the years ±200 000), so that a day always fits an `i32`.
const LOCAL_LIMIT: i64 = 73_000_000 * DAY;

/// A moment: milliseconds since 1970-01-01 00:00 UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `seconds` after the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Whole seconds since the epoch, rounded towards the past.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment plus `ms` milliseconds, which may be negative; saturates.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// This moment plus `seconds`, which may be negative; saturates.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_ms(seconds.saturating_mul(1000))
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// What the clock on the wall says, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// Days since 1970-01-01 on the local calendar.
    pub day: i32,
    /// Seconds since local midnight as the clock shows them, `0..86_400`.
    pub second_of_day: u32,
}

impl LocalTime {
    pub(crate) const fn from_local_seconds(local: i64) -> Self {
        let local = if local > LOCAL_LIMIT {
            LOCAL_LIMIT
        } else if local < -LOCAL_LIMIT {
            -LOCAL_LIMIT
        } else {
            local
        };
        Self {
            day: local.div_euclid(DAY) as i32,
            second_of_day: local.rem_euclid(DAY) as u32,
        }
    }

    /// Minutes since Monday 00:00, `0..10_080`.
    pub const fn minute_of_week(self) -> u16 {
        (self.weekday_index() * 1440 + self.second_of_day / 60) as u16
    }

    /// Minutes since local midnight as the clock shows them, `0..1440`.
    pub const fn minute_of_day(self) -> u16 {
        (self.second_of_day / 60) as u16
    }

    /// The local date.
    pub fn date(self) -> NaiveDate {
        date_of_day(self.day)
    }

    /// The day of the week.
    pub const fn weekday(self) -> Weekday {
        match self.weekday_index() {
            0 => Weekday::Mon,
            1 => Weekday::Tue,
            2 => Weekday::Wed,
            3 => Weekday::Thu,
            4 => Weekday::Fri,
            5 => Weekday::Sat,
            _ => Weekday::Sun,
        }
    }

    /// Monday is 0; 1970-01-01 was a Thursday.
    const fn weekday_index(self) -> u32 {
        (self.day + 3).rem_euclid(7) as u32
    }
}

/// Days since 1970-01-01 of a date.
pub fn day_of_date(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH_FROM_CE
}

/// The date that is `day` days after 1970-01-01.
pub fn date_of_day(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day.saturating_add(EPOCH_FROM_CE))
        .unwrap_or(NaiveDate::MAX)
}
