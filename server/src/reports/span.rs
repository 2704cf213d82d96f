//! Of which time a report is, and where its rows begin: by the clock on the wall of the call center.

use crate::store::ReportKind;
use centrale_core::acd::{Counters, INTERVAL_MS, Interval};
use centrale_core::time::{Timestamp, Zone};

/// Periods that were missed are reported together, up to this many milliseconds back; days up to a week.
const LONGEST_MS: i64 = 24 * 60 * 60 * 1000;
const LONGEST_DAILY_MS: i64 = 7 * LONGEST_MS;
/// A row of the daily report, in minutes.
const HOUR: u8 = 60;

/// A stretch of time, cut into rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Where it begins.
    pub(super) from: Timestamp,
    /// Where it ends.
    pub(super) until: Timestamp,
    /// Where each row begins.
    pub(super) rows: Vec<Timestamp>,
}

/// When the last period or day ended. `period`: minutes.
pub(super) fn end(kind: ReportKind, period: u8, zone: &Zone, now: Timestamp) -> Timestamp {
    match kind {
        ReportKind::Daily => zone.instant(zone.local(now).date(), 0),
        ReportKind::Period => begins(period, zone, quarter(now)),
    }
}

impl Span {
    /// From where the last report ended, or as far back as one goes. `None`: there is nothing to report yet.
    pub(super) fn since(
        last: Timestamp,
        kind: ReportKind,
        period: u8,
        zone: &Zone,
        now: Timestamp,
    ) -> Option<Self> {
        let until = end(kind, period, zone, now);
        let (longest, step) = match kind {
            ReportKind::Period => (LONGEST_MS, period),
            ReportKind::Daily => (LONGEST_DAILY_MS, HOUR),
        };
        let from = last.max(until.plus_ms(-longest));
        let mut rows = Vec::new();
        let mut at = from;
        while at < until {
            rows.push(at);
            at = next(step, zone, at);
        }
        (from < until).then_some(Self { from, until, rows })
    }

    /// What was counted in each row.
    pub(super) fn sums(&self, intervals: &[Interval]) -> Vec<(Timestamp, Counters)> {
        let ends = self.rows.iter().skip(1).copied().chain([self.until]);
        let sum = |(begin, end): (Timestamp, Timestamp)| {
            let within = intervals.iter().filter(|i| (begin..end).contains(&i.start));
            (begin, within.map(|i| &i.counters).sum())
        };
        self.rows.iter().copied().zip(ends).map(sum).collect()
    }
}

fn quarter(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0.rem_euclid(INTERVAL_MS))
}

fn is_begin(minutes: u8, zone: &Zone, quarter: Timestamp) -> bool {
    zone.local(quarter)
        .minute_of_day()
        .is_multiple_of(u16::from(minutes.max(15)))
}

/// Where the period begins in which a quarter of an hour is.
fn begins(minutes: u8, zone: &Zone, quarter: Timestamp) -> Timestamp {
    // Four quarters at most: beyond that a zone has no such moment.
    let before = (0..4).map(|n| quarter.plus_ms(-n * INTERVAL_MS));
    before
        .into_iter()
        .find(|at| is_begin(minutes, zone, *at))
        .unwrap_or(quarter)
}

fn next(minutes: u8, zone: &Zone, at: Timestamp) -> Timestamp {
    let after = (1..=4).map(|n| quarter(at).plus_ms(n * INTERVAL_MS));
    after
        .into_iter()
        .find(|at| is_begin(minutes, zone, *at))
        .unwrap_or(at.plus_ms(4 * INTERVAL_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReportKind::{Daily, Period};

    /// A moment of November 2026 in UTC.
    fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
        Timestamp::from_seconds(1_793_491_200 + ((day - 1) * 24 + hour) * 3600 + minute * 60)
    }

    fn zone(name: &str) -> Zone {
        crate::zones::zone(name).unwrap()
    }

    #[test]
    fn periods_end_by_the_clock_on_the_wall() {
        let check = |kind, period, name: &str, now: Timestamp, expected: Timestamp| {
            assert_eq!(
                end(kind, period, &zone(name), now),
                expected,
                "{kind:?} {period} {name}"
            );
        };
        let amsterdam = "Europe/Amsterdam";
        check(Period, 15, amsterdam, at(23, 14, 44), at(23, 14, 30));
        check(Period, 15, amsterdam, at(23, 14, 45), at(23, 14, 45));
        check(Period, 30, amsterdam, at(23, 14, 59), at(23, 14, 30));
        check(Period, 60, amsterdam, at(23, 14, 59), at(23, 14, 0));
        check(Period, 60, "Asia/Kolkata", at(23, 14, 59), at(23, 14, 30));
        check(Period, 60, "Asia/Kathmandu", at(23, 14, 14), at(23, 13, 15));
        check(Daily, 15, amsterdam, at(23, 22, 59), at(22, 23, 0));
        check(Daily, 15, amsterdam, at(23, 23, 0), at(23, 23, 0));
        check(Daily, 15, "UTC", at(23, 23, 0), at(23, 0, 0));
    }

    #[test]
    fn what_was_missed_is_reported_together() {
        let utc = Zone::utc();
        let check = |last: Timestamp,
                     kind,
                     period,
                     now,
                     expected: Option<(Timestamp, Timestamp, usize)>| {
            let span = Span::since(last, kind, period, &utc, now);
            assert_eq!(
                span.map(|span| (span.from, span.until, span.rows.len())),
                expected
            );
        };
        check(at(23, 14, 30), Period, 15, at(23, 14, 44), None);
        check(
            at(23, 14, 30),
            Period,
            15,
            at(23, 14, 45),
            Some((at(23, 14, 30), at(23, 14, 45), 1)),
        );
        check(
            at(23, 12, 0),
            Period,
            30,
            at(23, 14, 44),
            Some((at(23, 12, 0), at(23, 14, 30), 5)),
        );
        // The period was made longer: the first row is what was left of it.
        check(
            at(23, 12, 45),
            Period,
            60,
            at(23, 14, 44),
            Some((at(23, 12, 45), at(23, 14, 0), 2)),
        );
        check(
            at(1, 0, 0),
            Period,
            60,
            at(23, 14, 44),
            Some((at(22, 14, 0), at(23, 14, 0), 24)),
        );
        check(
            at(22, 0, 0),
            Daily,
            15,
            at(23, 9, 0),
            Some((at(22, 0, 0), at(23, 0, 0), 24)),
        );
        check(at(23, 0, 0), Daily, 15, at(23, 23, 59), None);
        check(
            at(1, 0, 0),
            Daily,
            15,
            at(23, 9, 0),
            Some((at(16, 0, 0), at(23, 0, 0), 168)),
        );
        // A clock that was set back.
        check(at(23, 15, 0), Period, 15, at(23, 14, 44), None);
    }

    #[test]
    fn the_day_on_which_the_clock_is_set_back_has_an_hour_more() {
        let amsterdam = zone("Europe/Amsterdam");
        // 25 October 2026.
        let midnight = at(-6, 22, 0);
        let span = Span::since(midnight, Daily, 15, &amsterdam, at(-5, 23, 30)).unwrap();
        assert_eq!(
            (span.from, span.until, span.rows.len()),
            (midnight, at(-5, 23, 0), 25)
        );
    }

    #[test]
    fn rows_add_up() {
        let span = Span::since(at(23, 13, 0), Period, 30, &Zone::utc(), at(23, 14, 0)).unwrap();
        let interval = |start, offered| Interval {
            start,
            counters: Counters {
                offered,
                ..Counters::default()
            },
        };
        let counted = [
            interval(at(23, 12, 45), 1),
            interval(at(23, 13, 0), 2),
            interval(at(23, 13, 15), 4),
            interval(at(23, 13, 30), 8),
            interval(at(23, 14, 0), 16),
        ];
        let seen: Vec<_> = span
            .sums(&counted)
            .iter()
            .map(|(at, sum)| (*at, sum.offered))
            .collect();
        assert_eq!(seen, [(at(23, 13, 0), 6), (at(23, 13, 30), 8)]);
    }
}
