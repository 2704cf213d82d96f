//! When the next call of a stream comes.

use super::random::Random;
use super::{Arrivals, Plan};
use crate::time::{Timestamp, Zone};

const QUARTER_MS: i64 = 15 * 60 * 1000;

/// The calls of one stream that are still to come.
#[derive(Debug)]
pub(super) struct Coming<'a> {
    arrivals: &'a Arrivals,
    zone: Zone,
    random: Random,
    start: Timestamp,
    /// The end, in milliseconds from the start.
    end: f64,
    /// The mean time between two calls of a constant rate, in milliseconds.
    gap: f64,
    /// When the last one came, in milliseconds from the start; finer than a moment, so that rates keep exact.
    last: f64,
    /// The moments to come, the next one last.
    moments: Vec<Timestamp>,
}

impl<'a> Coming<'a> {
    pub(super) fn new(plan: &Plan, arrivals: &'a Arrivals, zone: Zone, random: Random) -> Self {
        let (start, end) = (plan.start, plan.end());
        let mut moments = match arrivals {
            Arrivals::At { moments } => moments
                .iter()
                .copied()
                .filter(|at| (start..end).contains(at))
                .collect(),
            _ => Vec::new(),
        };
        moments.sort_unstable_by(|a, b| b.cmp(a));
        let gap = match arrivals {
            Arrivals::Rate { per_hour } => 3_600_000.0 / per_hour,
            _ => 0.0,
        };
        Self {
            arrivals,
            zone,
            random,
            start,
            end: end.since(start) as f64,
            gap,
            last: 0.0,
            moments,
        }
    }

    pub(super) fn next(&mut self) -> Option<Timestamp> {
        match self.arrivals {
            Arrivals::At { .. } => self.moments.pop(),
            Arrivals::Rate { .. } => {
                self.last += self.random.exponential() * self.gap;
                self.moment()
            }
            Arrivals::Profile { per_quarter } => self.by_profile(per_quarter),
        }
    }

    /// The chance that builds up over quarters of different rates reaches what was drawn.
    fn by_profile(&mut self, per_quarter: &[f64]) -> Option<Timestamp> {
        let mut left = self.random.exponential();
        loop {
            let now = self.moment()?;
            let quarter = usize::from(self.zone.local(now).minute_of_week() / 15);
            let rate = per_quarter
                .get(quarter % per_quarter.len().max(1))
                .copied()
                .unwrap_or(0.0);
            let end = (now.0.div_euclid(QUARTER_MS) + 1) * QUARTER_MS - self.start.0;
            let builds_up = rate * (end as f64 - self.last) / QUARTER_MS as f64;
            if left < builds_up {
                self.last += left / rate * QUARTER_MS as f64;
                return self.moment();
            }
            left -= builds_up;
            self.last = end as f64;
        }
    }

    fn moment(&self) -> Option<Timestamp> {
        // A rate of none comes never: infinity is after every end.
        (self.last < self.end).then(|| self.start.plus_ms(self.last as i64))
    }
}
