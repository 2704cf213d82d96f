//! Moments and the wall clock: timestamps, a zone as a table of offsets, and the conversion both ways.
//! Where the table comes from (a time zone database) and what the time is now are left to others.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Seconds in a civil day.
const DAY: i64 = 86_400;
/// Minutes in a week.
pub const WEEK_MINUTES: u16 = 7 * 24 * 60;
/// Days from 0001-01-01 (day 1 of chrono's count) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;
/// Local seconds are kept within this range (about the years ±200 000), so that a day always fits an `i32`.
const LOCAL_LIMIT: i64 = 73_000_000 * DAY;

/// A moment: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
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
    const fn from_seconds(local: i64) -> Self {
        let local = if local > LOCAL_LIMIT {
            LOCAL_LIMIT
        } else if local < -LOCAL_LIMIT {
            -LOCAL_LIMIT
        } else {
            local
        };
        Self { day: local.div_euclid(DAY) as i32, second_of_day: local.rem_euclid(DAY) as u32 }
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
    NaiveDate::from_num_days_from_ce_opt(day.saturating_add(EPOCH_FROM_CE)).unwrap_or(NaiveDate::MAX)
}

/// A moment at which a zone's offset changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i64, i32)", into = "(i64, i32)")]
pub struct Transition {
    /// Seconds since the epoch.
    pub at: i64,
    /// Seconds east of UTC from then on.
    pub offset: i32,
}

impl From<(i64, i32)> for Transition {
    fn from((at, offset): (i64, i32)) -> Self {
        Self { at, offset }
    }
}

impl From<Transition> for (i64, i32) {
    fn from(transition: Transition) -> Self {
        (transition.at, transition.offset)
    }
}

/// Why a table of transitions is not a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ZoneError {
    /// Transitions must be in order of time, without two at one moment.
    #[error("transition {index} is not later than the one before it")]
    Order {
        /// Index of the offending transition.
        index: usize,
    },
    /// No place on earth is a day or more away from UTC.
    #[error("an offset of a day or more")]
    Offset,
}

impl ZoneError {
    /// The key of the text that explains it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Order { .. } => "zone-order",
            Self::Offset => "zone-offset",
        }
    }
}

/// A time zone as a table of offsets: small enough to send to a browser, and read with integer arithmetic only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ZoneTable", into = "ZoneTable")]
pub struct Zone {
    name: String,
    initial: i32,
    transitions: Vec<Transition>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneTable {
    name: String,
    initial: i32,
    transitions: Vec<Transition>,
}

impl TryFrom<ZoneTable> for Zone {
    type Error = ZoneError;
    fn try_from(table: ZoneTable) -> Result<Self, ZoneError> {
        Self::new(table.name, table.initial, table.transitions)
    }
}

impl From<Zone> for ZoneTable {
    fn from(zone: Zone) -> Self {
        Self { name: zone.name, initial: zone.initial, transitions: zone.transitions }
    }
}

impl Zone {
    /// A zone from its offset before the first transition (seconds east of UTC) and its transitions in order.
    pub fn new(
        name: impl Into<String>,
        initial: i32,
        transitions: Vec<Transition>,
    ) -> Result<Self, ZoneError> {
        let offsets = std::iter::once(initial).chain(transitions.iter().map(|t| t.offset));
        if offsets.into_iter().any(|offset| i64::from(offset).abs() >= DAY) {
            return Err(ZoneError::Offset);
        }
        if let Some(index) = transitions.windows(2).position(|pair| pair[1].at <= pair[0].at) {
            return Err(ZoneError::Order { index: index + 1 });
        }
        Ok(Self { name: name.into(), initial, transitions })
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), initial: 0, transitions: Vec::new() }
    }

    /// A zone whose transitions between `from` and `to` are found by asking `offset_at` (epoch seconds to seconds
    /// east of UTC) once a day and bisecting each day on which the answer changed.
    pub fn from_offsets(
        name: impl Into<String>,
        from: Timestamp,
        to: Timestamp,
        offset_at: impl Fn(i64) -> i32,
    ) -> Result<Self, ZoneError> {
        let (mut at, to) = (from.seconds(), to.seconds());
        let initial = offset_at(at);
        let mut offset = initial;
        let mut transitions = Vec::new();
        while at < to {
            let end = (at + DAY).min(to);
            if offset_at(end) == offset {
                at = end;
                continue;
            }
            let (mut before, mut after) = (at, end);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if offset_at(middle) == offset {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            offset = offset_at(after);
            transitions.push(Transition { at: after, offset });
            at = after;
        }
        Self::new(name, initial, transitions)
    }

    /// The zone's name, as `Europe/Amsterdam`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The transitions in order of time.
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }

    /// Seconds east of UTC at a moment.
    pub fn offset(&self, at: Timestamp) -> i32 {
        self.offset_of_span(self.span(at.seconds()))
    }

    /// What the wall clock says at a moment.
    pub fn local(&self, at: Timestamp) -> LocalTime {
        let seconds = at.seconds();
        self.local_in_span(seconds, self.span(seconds))
    }

    /// The moment at which the wall clock shows `minute` (since midnight, may exceed a day) on `date`.
    /// A time that a clock change skips is the first moment after the change; one that comes twice, the earlier.
    pub fn instant(&self, date: NaiveDate, minute: u16) -> Timestamp {
        let local = i64::from(day_of_date(date)) * DAY + i64::from(minute) * 60;
        let mut span = self.span(local - 2 * DAY);
        loop {
            let utc = local - i64::from(self.offset_of_span(span));
            if self.end_of_span(span).is_none_or(|end| utc < end) {
                let begin = span.checked_sub(1).map_or(i64::MIN, |before| self.transitions[before].at);
                return Timestamp::from_seconds(utc.max(begin));
            }
            span += 1;
        }
    }

    /// The stretch of constant offset that holds `seconds`: 0 is the one before the first transition.
    pub(crate) fn span(&self, seconds: i64) -> usize {
        self.transitions.partition_point(|t| t.at <= seconds)
    }

    /// Seconds east of UTC during a span.
    pub(crate) fn offset_of_span(&self, span: usize) -> i32 {
        match span.checked_sub(1).and_then(|before| self.transitions.get(before)) {
            Some(transition) => transition.offset,
            None => self.initial,
        }
    }

    /// The moment (epoch seconds) at which a span ends; `None` for the last one.
    pub(crate) fn end_of_span(&self, span: usize) -> Option<i64> {
        self.transitions.get(span).map(|t| t.at)
    }

    pub(crate) fn local_in_span(&self, seconds: i64, span: usize) -> LocalTime {
        LocalTime::from_seconds(seconds.saturating_add(i64::from(self.offset_of_span(span))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Offset, TimeZone, Timelike};

    pub(crate) fn amsterdam() -> Zone {
        let (from, to) = (Timestamp::from_seconds(0), Timestamp::from_seconds(4_102_444_800));
        Zone::from_offsets("Europe/Amsterdam", from, to, |at| {
            let utc = chrono::DateTime::from_timestamp(at, 0).unwrap().naive_utc();
            chrono_tz::Europe::Amsterdam.offset_from_utc_datetime(&utc).fix().local_minus_utc()
        })
        .unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment(text: &str) -> Timestamp {
        Timestamp(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
    }

    #[test]
    fn local_agrees_with_the_zone_database() {
        let zone = amsterdam();
        for hour in 0..600_000i64 {
            let at = hour * 6000 + 1799;
            let expected = chrono_tz::Europe::Amsterdam.timestamp_opt(at, 0).unwrap();
            let local = zone.local(Timestamp::from_seconds(at));
            assert_eq!(local.second_of_day, expected.num_seconds_from_midnight(), "{expected}");
            assert_eq!(local.day, day_of_date(expected.date_naive()), "{expected}");
        }
        let local = zone.local(moment("2026-06-22T08:31:00Z"));
        assert_eq!((local.weekday(), local.minute_of_week()), (Weekday::Mon, 631));
        assert_eq!(local.date(), date("2026-06-22"));
    }

    #[test]
    fn a_local_time_is_one_moment() {
        let zone = amsterdam();
        let check = |day, minute, expected| {
            assert_eq!(zone.instant(date(day), minute), moment(expected), "{day} {minute}");
        };
        check("2026-01-15", 0, "2026-01-15T00:00:00+01:00");
        check("2026-07-15", 1439, "2026-07-15T23:59:00+02:00");
        // The clock jumps from 02:00 to 03:00.
        check("2026-03-29", 119, "2026-03-29T01:59:00+01:00");
        check("2026-03-29", 120, "2026-03-29T03:00:00+02:00");
        check("2026-03-29", 150, "2026-03-29T03:00:00+02:00");
        check("2026-03-29", 180, "2026-03-29T03:00:00+02:00");
        // The clock goes back from 03:00 to 02:00.
        check("2026-10-25", 120, "2026-10-25T02:00:00+02:00");
        check("2026-10-25", 179, "2026-10-25T02:59:00+02:00");
        check("2026-10-25", 180, "2026-10-25T03:00:00+01:00");
    }

    #[test]
    fn a_table_is_checked() {
        let check = |initial, transitions: &[(i64, i32)], expected| {
            let table = transitions.iter().copied().map(Transition::from).collect();
            assert_eq!(Zone::new("x", initial, table).err(), expected);
        };
        check(3600, &[(0, 7200), (10, 3600)], None);
        check(0, &[(10, 7200), (10, 3600)], Some(ZoneError::Order { index: 1 }));
        check(86_400, &[], Some(ZoneError::Offset));
        check(0, &[(10, -86_400)], Some(ZoneError::Offset));
    }

    #[test]
    fn a_zone_survives_json() {
        let zone = amsterdam();
        let json = serde_json::to_string(&zone).unwrap();
        assert_eq!(serde_json::from_str::<Zone>(&json).unwrap(), zone);
        assert!(
            serde_json::from_str::<Zone>(r#"{"name":"x","initial":0,"transitions":[[5,0],[4,0]]}"#).is_err()
        );
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        let zone = amsterdam();
        for at in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
            let local = zone.local(at);
            assert!(local.minute_of_week() < WEEK_MINUTES && local.second_of_day < 86_400);
            let _ = local.date();
        }
    }
}
