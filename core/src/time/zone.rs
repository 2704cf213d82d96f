//! A time zone as a table of offsets, and the moments that its wall clock stands for.

use super::{DAY, LocalTime, Timestamp, day_of_date};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A moment at which a zone's offset changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "ZoneTable", into = "ZoneTable")]
pub struct Zone {
    name: String,
    initial: i32,
    transitions: Vec<Transition>,
    index: Index,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        Self {
            name: zone.name,
            initial: zone.initial,
            transitions: zone.transitions,
        }
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
        if offsets
            .into_iter()
            .any(|offset| i64::from(offset).abs() >= DAY)
        {
            return Err(ZoneError::Offset);
        }
        if let Some(index) = transitions
            .windows(2)
            .position(|pair| pair[1].at <= pair[0].at)
        {
            return Err(ZoneError::Order { index: index + 1 });
        }
        let index = Index::new(&transitions);
        Ok(Self {
            name: name.into(),
            initial,
            transitions,
            index,
        })
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            initial: 0,
            transitions: Vec::new(),
            index: Index::new(&[]),
        }
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
                let begin = span
                    .checked_sub(1)
                    .map_or(i64::MIN, |before| self.transitions[before].at);
                return Timestamp::from_seconds(utc.max(begin));
            }
            span += 1;
        }
    }

    /// The stretch of constant offset that holds `seconds`: 0 is the one before the first transition.
    pub(crate) fn span(&self, seconds: i64) -> usize {
        let mut span = self.index.before(seconds);
        while self.transitions.get(span).is_some_and(|t| t.at <= seconds) {
            span += 1;
        }
        span
    }

    /// Seconds east of UTC during a span.
    pub(crate) fn offset_of_span(&self, span: usize) -> i32 {
        match span
            .checked_sub(1)
            .and_then(|before| self.transitions.get(before))
        {
            Some(transition) => transition.offset,
            None => self.initial,
        }
    }

    /// The moment (epoch seconds) at which a span ends; `None` for the last one.
    pub(crate) fn end_of_span(&self, span: usize) -> Option<i64> {
        self.transitions.get(span).map(|t| t.at)
    }

    pub(crate) fn local_in_span(&self, seconds: i64, span: usize) -> LocalTime {
        LocalTime::from_local_seconds(seconds.saturating_add(i64::from(self.offset_of_span(span))))
    }
}

/// Where to look for a moment among the transitions: equal slices of time, each with the number of transitions
/// before it. A zone with two clock changes a year has at most a few in a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Index {
    base: i64,
    shift: u32,
    before: Vec<u32>,
}

impl Index {
    const SLICES: i64 = 1024;

    fn new(transitions: &[Transition]) -> Self {
        let base = transitions.first().map_or(0, |t| t.at);
        let length = transitions.last().map_or(0, |t| t.at.saturating_sub(base));
        let mut shift = 0;
        while length >> shift >= Self::SLICES {
            shift += 1;
        }
        let slices = (length >> shift) + 1;
        let before = (0..=slices).map(|slice| {
            transitions.partition_point(|t| t.at.saturating_sub(base) >> shift < slice) as u32
        });
        Self {
            base,
            shift,
            before: before.collect(),
        }
    }

    /// How many transitions there are before the slice of a moment.
    fn before(&self, seconds: i64) -> usize {
        let last = self.before.len() - 1;
        let slice =
            (seconds.saturating_sub(self.base) >> self.shift).clamp(0, last as i64) as usize;
        self.before[slice] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::WEEK_MINUTES;
    use chrono::{Offset, TimeZone, Timelike, Weekday};

    fn amsterdam() -> Zone {
        let (from, to) = (
            Timestamp::from_seconds(0),
            Timestamp::from_seconds(4_102_444_800),
        );
        Zone::from_offsets("Europe/Amsterdam", from, to, |at| {
            let utc = chrono::DateTime::from_timestamp(at, 0).unwrap().naive_utc();
            chrono_tz::Europe::Amsterdam
                .offset_from_utc_datetime(&utc)
                .fix()
                .local_minus_utc()
        })
        .unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment(text: &str) -> Timestamp {
        Timestamp(
            chrono::DateTime::parse_from_rfc3339(text)
                .unwrap()
                .timestamp_millis(),
        )
    }

    #[test]
    fn local_agrees_with_the_zone_database() {
        let zone = amsterdam();
        for hour in 0..600_000i64 {
            let at = hour * 6000 + 1799;
            let expected = chrono_tz::Europe::Amsterdam.timestamp_opt(at, 0).unwrap();
            let local = zone.local(Timestamp::from_seconds(at));
            assert_eq!(
                local.second_of_day,
                expected.num_seconds_from_midnight(),
                "{expected}"
            );
            assert_eq!(local.day, day_of_date(expected.date_naive()), "{expected}");
        }
        let local = zone.local(moment("2026-06-22T08:31:00Z"));
        assert_eq!(
            (local.weekday(), local.minute_of_week()),
            (Weekday::Mon, 631)
        );
        assert_eq!(local.date(), date("2026-06-22"));
    }

    #[test]
    fn a_local_time_is_one_moment() {
        let zone = amsterdam();
        let check = |day, minute, expected| {
            assert_eq!(
                zone.instant(date(day), minute),
                moment(expected),
                "{day} {minute}"
            );
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
        check(
            0,
            &[(10, 7200), (10, 3600)],
            Some(ZoneError::Order { index: 1 }),
        );
        check(86_400, &[], Some(ZoneError::Offset));
        check(0, &[(10, -86_400)], Some(ZoneError::Offset));
    }

    #[test]
    fn a_zone_survives_json() {
        let zone = amsterdam();
        let json = serde_json::to_string(&zone).unwrap();
        assert_eq!(serde_json::from_str::<Zone>(&json).unwrap(), zone);
        assert!(
            serde_json::from_str::<Zone>(r#"{"name":"x","initial":0,"transitions":[[5,0],[4,0]]}"#)
                .is_err()
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
        let table = [(i64::MIN, 0), (0, 3600), (i64::MAX, 0)].map(Transition::from);
        let zone = Zone::new("x", 0, table.to_vec()).unwrap();
        assert_eq!([-1, 0, 1].map(|at| zone.span(at)), [1, 2, 2]);
    }
}
