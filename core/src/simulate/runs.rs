//! The same plan many times, each with chances of its own: how much of a simulated day is chance.

use super::{Plan, PlanError, Report, run};
use crate::acd::Counters;
use crate::id::UserId;
use crate::policy::Draws;
use crate::snapshot::Snapshot;
use serde::{Deserialize, Serialize};
use std::iter;
use std::num::NonZeroUsize;
use std::thread::ScopedJoinHandle;

/// What came of several runs of a plan, and how far it may be from what endless runs would give.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// How many runs.
    pub runs: u32,
    /// Each call center of the configuration.
    pub centers: Vec<CenterSummary>,
}

/// What runs tell of a call center.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CenterSummary {
    /// The call center.
    pub center: UserId,
    /// Calls that came in.
    pub offered: Estimate,
    /// Calls answered.
    pub answered: Estimate,
    /// Calls whose caller gave up.
    pub abandoned: Estimate,
    /// The part answered within the threshold; see [`Counters::service_level`].
    pub service_level: Estimate,
    /// The mean wait of answered calls, in seconds.
    pub mean_wait: Estimate,
    /// The longest wait, in seconds.
    pub longest_wait: Estimate,
}

/// A mean over runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// With a chance of 95 % the true mean is not further away (Student's t); 0 of a single run, which cannot tell.
    pub give_or_take: f64,
}

/// Runs a plan so many times, on several threads at once where there are threads, and keeps of each report what `keep`
/// makes of it. The first run has the plan's own seed, the others draw theirs from it. They are in order, and the same
/// whatever the number of threads.
///
/// # Errors
///
/// What makes the plan one that cannot be run.
pub fn runs<T: Send>(
    config: &Snapshot,
    plan: &Plan,
    runs: u32,
    threads: NonZeroUsize,
    keep: impl Fn(Report) -> T + Sync,
) -> Result<Vec<T>, PlanError> {
    plan.validate(config)?;
    let mut draws = Draws::new(plan.seed);
    let seeds: Vec<u64> = iter::once(plan.seed)
        .chain(iter::repeat_with(|| draws.number()))
        .take(runs as usize)
        .collect();
    let every = if cfg!(target_arch = "wasm32") {
        1
    } else {
        threads.get().min(seeds.len()).max(1)
    };
    let run_with = |seed: &u64| {
        run(
            config,
            &Plan {
                seed: *seed,
                ..plan.clone()
            },
        )
        .map(&keep)
    };
    let of_thread = |first: usize| seeds.iter().skip(first).step_by(every).map(run_with);
    if every == 1 {
        return of_thread(0).collect();
    }
    let by_thread: Vec<Vec<_>> = std::thread::scope(|scope| {
        let of_thread = &of_thread;
        let started: Vec<_> = (0..every)
            .map(|first| scope.spawn(move || of_thread(first).collect::<Vec<_>>()))
            .collect();
        let joined = started.into_iter().map(ScopedJoinHandle::join);
        joined
            .map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut by_thread: Vec<_> = by_thread.into_iter().map(Vec::into_iter).collect();
    (0..seeds.len())
        .filter_map(|nth| by_thread[nth % every].next())
        .collect()
}

/// What several reports of one plan have in common; `threshold` is in seconds.
pub fn summary(reports: &[Report], threshold: u32) -> Summary {
    let centers = reports
        .first()
        .map_or(&[][..], |report| &report.centers)
        .iter()
        .map(|first| {
            let totals = reports.iter().flat_map(|report| &report.centers);
            let totals: Vec<_> = totals
                .filter(|c| c.center == first.center)
                .map(|c| c.total)
                .collect();
            let of = |figure: fn(&Counters) -> f64| Estimate::of(totals.iter().map(figure));
            CenterSummary {
                center: first.center,
                offered: of(|total| total.offered.into()),
                answered: of(|total| total.answered.into()),
                abandoned: of(|total| total.abandoned.into()),
                service_level: Estimate::of(
                    totals.iter().map(|total| total.service_level(threshold)),
                ),
                mean_wait: of(Counters::mean_wait),
                longest_wait: of(|total| total.longest_wait_ms as f64 / 1000.0),
            }
        });
    Summary {
        runs: reports.len() as u32,
        centers: centers.collect(),
    }
}

impl Estimate {
    /// The estimate of values that were drawn independently.
    pub fn of(values: impl ExactSizeIterator<Item = f64> + Clone) -> Self {
        let count = values.len() as f64;
        let mean = values.clone().sum::<f64>() / count.max(1.0);
        let Some(t) = student(values.len()) else {
            return Self {
                mean,
                give_or_take: 0.0,
            };
        };
        let squares = values
            .map(|value| (value - mean) * (value - mean))
            .sum::<f64>();
        Self {
            mean,
            give_or_take: t * (squares / (count - 1.0) / count).sqrt(),
        }
    }
}

/// How many standard errors hold 95 % of all means of so many values; none of one value.
fn student(count: usize) -> Option<f64> {
    const T: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ];
    let freedom = count.checked_sub(1).filter(|freedom| *freedom > 0)?;
    // Beyond the table within a thousandth.
    Some(
        T.get(freedom - 1)
            .copied()
            .unwrap_or(1.96 + 2.4 / freedom as f64),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates() {
        let check = |values: &[f64], mean: f64, give_or_take: f64| {
            let found = Estimate::of(values.iter().copied());
            assert!((found.mean - mean).abs() < 1e-9, "{values:?}: {found:?}");
            assert!(
                (found.give_or_take - give_or_take).abs() < 1e-3,
                "{values:?}: {found:?}"
            );
        };
        check(&[], 0.0, 0.0);
        check(&[7.5], 7.5, 0.0);
        check(&[1.0, 3.0], 2.0, 12.706);
        // A variance of 2.5 over five values: 2.776 × √(2.5 / 5).
        check(&[1.0, 2.0, 3.0, 4.0, 5.0], 3.0, 1.963);
        let many: Vec<f64> = (0..101).map(|nth| f64::from(nth % 2)).collect();
        check(&many, 50.0 / 101.0, 1.984 * 0.0500);
        assert!(
            student(31)
                .zip(student(32))
                .is_some_and(|(in_table, beyond)| beyond < in_table)
        );
    }
}
