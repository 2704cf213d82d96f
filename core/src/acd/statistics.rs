//! What reports are made of (requirement G8): counters of a queue or an agent, by quarter of an hour.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::iter::Sum;

/// The length of an interval, in milliseconds.
pub const INTERVAL_MS: i64 = 15 * 60 * 1000;
/// The waits, in seconds, up to which answers and losses are counted: the thresholds a service level can be asked at.
pub const THRESHOLDS: [u32; 12] = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600];
/// For each number of seconds, and for all that are more, the place of the first threshold that is not less.
static BUCKETS: [u8; THRESHOLDS[THRESHOLDS.len() - 1] as usize + 2] = {
    let mut buckets = [0; THRESHOLDS[THRESHOLDS.len() - 1] as usize + 2];
    let (mut seconds, mut bucket) = (0, 0);
    while seconds < buckets.len() {
        if bucket < THRESHOLDS.len() && seconds > THRESHOLDS[bucket] as usize {
            bucket += 1;
        }
        buckets[seconds] = bucket as u8;
        seconds += 1;
    }
    buckets
};
/// Intervals that are kept when nobody takes them: two days.
const KEPT: usize = 192;

/// What happened in one interval. Times are in milliseconds; of a wait or a talk all counts when it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Counters {
    /// Calls that came into the queue; for an agent: calls offered.
    pub offered: u32,
    /// Calls answered, each counted once for the queue.
    pub answered: u32,
    /// Calls whose caller was gone before an answer.
    pub abandoned: u32,
    /// Times that a call bounced.
    pub bounced: u32,
    /// Calls that found the queue full or waited too long.
    pub overflowed: u32,
    /// Calls released because no agent was left.
    pub stranded: u32,
    /// Calls released because of a bounce.
    pub bounced_away: u32,
    /// The waits of answered calls together.
    pub wait_ms: u64,
    /// The longest wait of a call that was answered or abandoned.
    pub longest_wait_ms: u64,
    /// Answered calls that waited at all.
    pub waited: u32,
    /// Calls answered within each of [`THRESHOLDS`] and not within the one before.
    pub answered_within: [u32; THRESHOLDS.len()],
    /// Calls abandoned, likewise.
    pub abandoned_within: [u32; THRESHOLDS.len()],
    /// Talk, without hold.
    pub talk_ms: u64,
    /// Hold.
    pub hold_ms: u64,
    /// Wrap-up.
    pub wrap_up_ms: u64,
    /// The time of agents who were joined and signed in; for an agent: signed in.
    pub staffed_ms: u64,
    /// For an agent: the time that they were unavailable.
    pub unavailable_ms: u64,
}

impl Counters {
    /// Adds those of another interval.
    pub fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.bounced += other.bounced;
        self.overflowed += other.overflowed;
        self.stranded += other.stranded;
        self.bounced_away += other.bounced_away;
        self.wait_ms += other.wait_ms;
        self.longest_wait_ms = self.longest_wait_ms.max(other.longest_wait_ms);
        self.waited += other.waited;
        for (sum, more) in self.answered_within.iter_mut().zip(other.answered_within) {
            *sum += more;
        }
        for (sum, more) in self.abandoned_within.iter_mut().zip(other.abandoned_within) {
            *sum += more;
        }
        self.talk_ms += other.talk_ms;
        self.hold_ms += other.hold_ms;
        self.wrap_up_ms += other.wrap_up_ms;
        self.staffed_ms += other.staffed_ms;
        self.unavailable_ms += other.unavailable_ms;
    }

    /// The mean wait of answered calls, in seconds.
    pub fn mean_wait(&self) -> f64 {
        self.wait_ms as f64 / 1000.0 / f64::from(self.answered.max(1))
    }

    /// The mean of talk, hold and wrap-up of answered calls, in seconds.
    pub fn mean_handling(&self) -> f64 {
        (self.talk_ms + self.hold_ms + self.wrap_up_ms) as f64
            / 1000.0
            / f64::from(self.answered.max(1))
    }

    /// The part of the calls that were answered within `seconds`, of those that were answered or abandoned, but for
    /// those abandoned within them; 1 when there are none. `seconds` counts as the largest threshold that is not more.
    pub fn service_level(&self, seconds: u32) -> f64 {
        let within = THRESHOLDS
            .iter()
            .take_while(|threshold| **threshold <= seconds)
            .count();
        let sum = |buckets: &[u32]| buckets.iter().take(within).sum::<u32>();
        let answered = sum(&self.answered_within);
        let of = (self.answered + self.abandoned).saturating_sub(sum(&self.abandoned_within));
        if of == 0 {
            1.0
        } else {
            f64::from(answered) / f64::from(of)
        }
    }

    pub(super) fn answer(&mut self, wait_ms: u64) {
        self.answered += 1;
        self.wait_ms += wait_ms;
        self.waited += u32::from(wait_ms > 0);
        self.longest_wait_ms = self.longest_wait_ms.max(wait_ms);
        count(&mut self.answered_within, wait_ms);
    }

    pub(super) fn abandon(&mut self, wait_ms: u64) {
        self.abandoned += 1;
        self.longest_wait_ms = self.longest_wait_ms.max(wait_ms);
        count(&mut self.abandoned_within, wait_ms);
    }
}

impl<'a> Sum<&'a Self> for Counters {
    fn sum<I: Iterator<Item = &'a Self>>(counters: I) -> Self {
        let mut sum = Self::default();
        counters.for_each(|other| sum.add(other));
        sum
    }
}

fn count(buckets: &mut [u32], wait_ms: u64) {
    let seconds = wait_ms.div_ceil(1000).min(BUCKETS.len() as u64 - 1);
    let bucket = usize::from(BUCKETS[seconds as usize]);
    if let Some(bucket) = buckets.get_mut(bucket) {
        *bucket += 1;
    }
}

/// A quarter of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// When it begins: a quarter of an hour of the UTC clock.
    pub start: Timestamp,
    /// What happened in it.
    pub counters: Counters,
}

/// The intervals of a queue or an agent in which something happened, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statistics {
    /// The intervals; at most those of two days.
    pub intervals: Vec<Interval>,
    /// Who is there now, and until when that is counted.
    #[serde(skip)]
    staff: Staff,
    /// Until when the last interval goes on; at the latest, where nobody reckoned it.
    #[serde(skip)]
    ends: Timestamp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Staff {
    signed_in: u32,
    unavailable: u32,
    counted: Timestamp,
}

impl Statistics {
    /// All intervals together.
    pub fn total(&self) -> Counters {
        self.intervals
            .iter()
            .map(|interval| &interval.counters)
            .sum()
    }

    /// Takes out the intervals that began before a moment.
    pub fn take_before(&mut self, moment: Timestamp) -> Vec<Interval> {
        let ended = self
            .intervals
            .partition_point(|interval| interval.start < moment);
        self.intervals.drain(..ended).collect()
    }

    /// The counters of the interval that a moment is in. A moment before the last interval counts as in it: clocks that
    /// step back do not open an interval twice.
    pub(super) fn at(&mut self, now: Timestamp) -> &mut Counters {
        if now >= self.ends || self.intervals.is_empty() {
            self.settle(now);
            self.begin(now);
        }
        let last = self.intervals.len() - 1;
        &mut self.intervals[last].counters
    }

    /// So many agents are signed in from now on, and so many of them unavailable.
    pub(super) fn staff(&mut self, now: Timestamp, signed_in: u32, unavailable: u32) {
        self.settle(now);
        self.staff = Staff {
            signed_in,
            unavailable,
            counted: now,
        };
    }

    /// Counts the time of who is there up to now, each interval its part.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let Staff {
            signed_in,
            unavailable,
            counted,
        } = self.staff;
        self.staff.counted = now;
        if signed_in == 0 {
            return;
        }
        // What is older would fall out again.
        let mut from = counted.max(now.plus_ms(-(KEPT as i64) * INTERVAL_MS));
        while from < now {
            let end = start_of(from).plus_ms(INTERVAL_MS).min(now);
            let ms = end.since(from) as u64;
            let counters = self.open(from);
            counters.staffed_ms += u64::from(signed_in) * ms;
            counters.unavailable_ms += u64::from(unavailable) * ms;
            from = end;
        }
    }

    fn open(&mut self, now: Timestamp) -> &mut Counters {
        if now >= self.ends || self.intervals.is_empty() {
            self.begin(now);
        }
        let last = self.intervals.len() - 1;
        &mut self.intervals[last].counters
    }

    /// Begins the interval that a moment is in, unless the last one is that.
    #[cold]
    fn begin(&mut self, now: Timestamp) {
        if self
            .intervals
            .last()
            .is_none_or(|last| now.since(last.start) >= INTERVAL_MS)
        {
            if self.intervals.len() == KEPT {
                self.intervals.remove(0);
            }
            self.intervals.push(Interval {
                start: start_of(now),
                counters: Counters::default(),
            });
        }
        self.ends = self
            .intervals
            .last()
            .map_or(now, |last| last.start.plus_ms(INTERVAL_MS));
    }
}

fn start_of(moment: Timestamp) -> Timestamp {
    Timestamp(moment.0 - moment.0.rem_euclid(INTERVAL_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_spread_over_intervals() {
        let mut statistics = Statistics::default();
        statistics.staff(Timestamp(INTERVAL_MS - 10), 1, 0);
        statistics.at(Timestamp(2 * INTERVAL_MS + 5)).offered += 1;
        let seen: Vec<_> = statistics
            .intervals
            .iter()
            .map(|i| (i.start.0, i.counters.staffed_ms))
            .collect();
        assert_eq!(
            seen,
            [
                (0, 10),
                (INTERVAL_MS, INTERVAL_MS as u64),
                (2 * INTERVAL_MS, 5)
            ]
        );
        assert_eq!(statistics.total().staffed_ms, INTERVAL_MS as u64 + 15);
        assert_eq!(statistics.take_before(Timestamp(INTERVAL_MS)).len(), 1);
        assert_eq!(statistics.intervals.len(), 2);
    }

    #[test]
    fn two_days_are_kept() {
        let mut statistics = Statistics::default();
        statistics.staff(Timestamp(0), 1, 1);
        statistics.staff(Timestamp(300 * INTERVAL_MS), 0, 0);
        assert_eq!(statistics.intervals.len(), KEPT);
        assert_eq!(
            statistics.intervals[0].start,
            Timestamp((300 - KEPT as i64) * INTERVAL_MS)
        );
    }

    #[test]
    fn a_new_interval_follows_the_time_of_the_last() {
        let mut statistics = Statistics::default();
        statistics.staff(Timestamp(0), 2, 1);
        statistics.at(Timestamp(5)).offered += 1;
        statistics.at(Timestamp(INTERVAL_MS + 5)).offered += 1;
        let seen: Vec<_> = statistics
            .intervals
            .iter()
            .map(|i| {
                (
                    i.start.0,
                    i.counters.offered,
                    i.counters.staffed_ms,
                    i.counters.unavailable_ms,
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                (0, 1, 2 * INTERVAL_MS as u64, INTERVAL_MS as u64),
                (INTERVAL_MS, 1, 10, 5)
            ]
        );
    }

    #[test]
    fn means_are_of_answered_calls() {
        let counters = Counters {
            answered: 4,
            wait_ms: 10_000,
            talk_ms: 20_000,
            hold_ms: 6_000,
            wrap_up_ms: 4_000,
            ..Counters::default()
        };
        assert!((counters.mean_wait() - 2.5).abs() < 1e-12);
        assert!((counters.mean_handling() - 7.5).abs() < 1e-12);
        assert!(Counters::default().mean_handling().abs() < 1e-12);
    }

    #[test]
    fn counters_add_up() {
        let one = Counters {
            offered: 1,
            answered: 2,
            abandoned: 3,
            bounced: 4,
            overflowed: 5,
            stranded: 6,
            bounced_away: 7,
            wait_ms: 8,
            longest_wait_ms: 9,
            waited: 10,
            talk_ms: 11,
            hold_ms: 12,
            wrap_up_ms: 13,
            staffed_ms: 14,
            unavailable_ms: 15,
            ..Counters::default()
        };
        let mut sum = one;
        sum.add(&Counters {
            longest_wait_ms: 8,
            ..one
        });
        let twice = Counters {
            offered: 2,
            answered: 4,
            abandoned: 6,
            bounced: 8,
            overflowed: 10,
            stranded: 12,
            bounced_away: 14,
            wait_ms: 16,
            longest_wait_ms: 9,
            waited: 20,
            talk_ms: 22,
            hold_ms: 24,
            wrap_up_ms: 26,
            staffed_ms: 28,
            unavailable_ms: 30,
            ..Counters::default()
        };
        assert_eq!(sum, twice);
        let mut within = Counters::default();
        within.answer(0);
        within.abandon(3_000);
        let mut sum = within;
        sum.add(&within);
        assert_eq!((sum.answered_within[0], sum.abandoned_within[0]), (2, 2));
    }

    #[test]
    fn service_level_counts_by_threshold() {
        let mut counters = Counters::default();
        for wait in [0, 5_000, 5_001, 20_000, 20_001, 700_000] {
            counters.answer(wait);
        }
        counters.abandon(3_000);
        counters.abandon(30_000);
        let level = |seconds| (counters.service_level(seconds) * 7.0 * 1000.0).round() / 1000.0;
        assert_eq!((level(5), level(20), level(29)), (2.0, 4.0, 4.0));
        assert!((counters.service_level(600) - 5.0 / 6.0).abs() < 1e-12);
        assert!((Counters::default().service_level(20) - 1.0).abs() < 1e-12);
        assert_eq!((counters.waited, counters.longest_wait_ms), (5, 700_000));
    }
}
