//! Simulated days: they agree with Erlang's formulas, agents keep their shifts, and the same seed gives the same day.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests fail by them"
)]

mod support;
#[path = "acd/world.rs"]
mod world;

use centrale_core::acd::Counters;
use centrale_core::erlang;
use centrale_core::id::UserId;
use centrale_core::simulate::{
    Arrivals, Plan, PlanError, Report, Span, Stream, run, runs, summary,
};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use serde_json::{Value, json};
use support::staff;
use world::{agents, snapshot};

/// Monday 2026-11-23 00:00 UTC.
const MONDAY: i64 = 1_795_392_000;
const HANDLING: f64 = 180.0;

fn center(users: &[u32], more: &Value) -> Snapshot {
    let mut center = json!({"agents": agents(users), "queue": {"length": 525}});
    for (key, value) in more.as_object().unwrap() {
        center[key] = value.clone();
    }
    snapshot(&[center], &json!({}))
}

fn users(count: u32) -> Vec<u32> {
    (100..100 + count).collect()
}

fn stream(arrivals: Arrivals) -> Stream {
    Stream {
        center: UserId(1),
        arrivals,
        handling: Span::Exponential { mean: HANDLING },
        patience: None,
    }
}

fn plan(minutes: u32, arrivals: Arrivals, users: &[u32]) -> Plan {
    let start = Timestamp::from_seconds(MONDAY);
    Plan {
        start,
        minutes,
        seed: 3,
        streams: vec![stream(arrivals)],
        staff: vec![staff(users)],
    }
}

fn total(report: &Report) -> Counters {
    report.centers[0].total
}

/// So many calls to `servers` agents. The standard error of the part that waits, and of the mean wait, is reckoned
/// with as many calls as are independent: waits of calls within a busy stretch go together, over about
/// `2 / (1 - load)²` calls (Whitt, 1989).
fn agrees_with_erlang(servers: u32, load: f64, calls: f64) {
    let erlangs = load * f64::from(servers);
    let per_hour = erlangs / HANDLING * 3600.0;
    let minutes = (calls / per_hour * 60.0) as u32;
    let users = users(servers);
    // As long as a queue can be: the formula loses none.
    let config = center(&users, &json!({"queue": {"length": 65_535}}));
    let mut total = Counters::default();
    let mut left = minutes;
    let mut plan = plan(0, Arrivals::Rate { per_hour }, &users);
    while left > 0 {
        plan.minutes = left.min(300 * 24 * 60);
        plan.seed += 1;
        left -= plan.minutes;
        total.add(&run(&config, &plan).unwrap().centers[0].total);
    }
    assert!(
        (f64::from(total.answered) / calls - 1.0).abs() < 0.01,
        "{} calls",
        total.answered
    );
    let calls = f64::from(total.answered);
    let waits = erlang::waits(servers, erlangs);
    let together = 2.0 / (1.0 - load).powi(2);
    let error = ((1.0 - waits) / waits * together / calls).sqrt();
    let found = f64::from(total.waited) / calls;
    assert!(
        (found / waits - 1.0).abs() < 4.0 * error,
        "{servers} at {load}: {found} of {waits} ± {error}"
    );
    let mean = erlang::mean_wait(servers, erlangs, HANDLING);
    // Of a wait the deviation is, given that it is one, as large as its mean.
    let error = ((2.0 - waits) / waits * together / calls).sqrt();
    let off = total.mean_wait() / mean - 1.0;
    assert!(
        off.abs() < 4.0 * error,
        "{servers} at {load}: {} of {mean} ± {error}",
        total.mean_wait()
    );
}

#[test]
fn agrees_with_erlang_when_half_busy() {
    agrees_with_erlang(4, 0.5, 250_000.0);
}

#[test]
fn agrees_with_erlang_when_busy() {
    agrees_with_erlang(10, 0.85, 1e6);
}

#[test]
fn the_same_seed_gives_the_same_day() {
    let users = users(5);
    let config = center(&users, &json!({"policy": "weighted"}));
    let mut plan = plan(24 * 60, Arrivals::Rate { per_hour: 80.0 }, &users);
    plan.streams[0].patience = Some(Span::Lognormal {
        mean: 120.0,
        variation: 1.0,
    });
    plan.staff[0].misses = 0.1;
    let first = run(&config, &plan).unwrap();
    assert_eq!(run(&config, &plan).unwrap(), first);
    assert!(total(&first).abandoned > 0 && total(&first).bounced > 0);
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(
        run(&config, &serde_json::from_str(&text).unwrap()).unwrap(),
        first
    );
    plan.seed += 1;
    assert_ne!(run(&config, &plan).unwrap(), first);
}

#[test]
fn every_call_is_counted_once() {
    let users = users(3);
    let config = center(
        &users,
        &json!({"queue": {"length": 3}, "overflow": {"after_seconds": 200},
        "bounced": {"after_rings": 3}}),
    );
    let mut plan = plan(3 * 24 * 60, Arrivals::Rate { per_hour: 70.0 }, &users);
    plan.streams[0].patience = Some(Span::Exponential { mean: 300.0 });
    plan.staff[0].misses = 0.2;
    plan.staff[0].answer = Span::Fixed { seconds: 4.0 };
    let report = run(&config, &plan).unwrap();
    let sum = total(&report);
    assert_eq!(u64::from(sum.offered), report.calls);
    let ends = sum.answered + sum.abandoned + sum.overflowed + sum.stranded + sum.bounced_away;
    assert!(u64::from(sum.offered - ends) <= report.unfinished && report.unfinished <= 6);
    assert!(
        [sum.answered, sum.abandoned, sum.overflowed, sum.bounced]
            .iter()
            .all(|count| *count > 50),
        "{sum:?}"
    );
    assert_eq!(
        report
            .agents
            .iter()
            .map(|agent| agent.total.answered)
            .sum::<u32>(),
        sum.answered
    );
    assert_eq!(sum.staffed_ms, 3 * 3 * 86_400_000);
    let talks = f64::from(sum.answered) * HANDLING * 1000.0;
    assert!((sum.talk_ms as f64 / talks - 1.0).abs() < 0.05);
    let offers: u32 = report.agents.iter().map(|agent| agent.total.offered).sum();
    assert!((f64::from(sum.bounced) / f64::from(offers) - 0.2).abs() < 0.02);
}

#[test]
fn agents_keep_their_shifts() {
    let users = users(2);
    let config = center(
        &users,
        &json!({"agent": {"after_call": {"state": "wrap-up"}, "may_join": false}}),
    );
    let mut plan = plan(7 * 24 * 60, Arrivals::Rate { per_hour: 20.0 }, &users);
    let block = |text: (&str, &str)| {
        serde_json::from_value(json!({"start": text.0, "end": text.1})).unwrap()
    };
    plan.staff[0].shifts = vec![
        block(("mon 09:00", "mon 17:00")),
        block(("tue 22:00", "wed 02:00")),
    ];
    plan.staff[0].breaks = vec![block(("mon 12:00", "mon 12:30"))];
    plan.staff[0].wrap_up = Span::Fixed { seconds: 30.0 };
    plan.streams[0].handling = Span::Fixed { seconds: 60.0 };
    plan.streams[0].patience = Some(Span::Fixed { seconds: 20.0 });
    let report = run(&config, &plan).unwrap();
    for agent in &report.agents {
        assert_eq!(agent.total.staffed_ms, 12 * 3_600_000);
        // A break begins after the call.
        assert_eq!(agent.total.unavailable_ms, 30 * 60_000);
    }
    let answered: Vec<i64> = report.centers[0]
        .intervals
        .iter()
        .filter(|i| i.counters.answered > 0)
        .map(|i| i.start.seconds())
        .collect();
    let hour = |seconds: i64| (seconds - MONDAY) / 3600;
    assert!(
        answered
            .iter()
            .all(|at| (9..17).contains(&hour(*at)) || (46..50).contains(&hour(*at)))
    );
    let sum = total(&report);
    // The last wrap-up of a shift ends with it.
    let missing = u64::from(sum.answered) * 30_000 - sum.wrap_up_ms;
    assert!(missing <= 4 * 30_000, "{missing}");
    assert!(sum.abandoned > sum.answered && sum.longest_wait_ms <= 20_000);
}

#[test]
fn calls_come_when_the_profile_says() {
    let users = users(1);
    let config = center(&users, &json!({"queue": {"length": 0}}));
    let mut quarters = vec![0.0; 96];
    (quarters[40], quarters[41], quarters[95]) = (100.0, 300.0, 50.0);
    let week = plan(
        7 * 24 * 60,
        Arrivals::Profile {
            per_quarter: quarters,
        },
        &users,
    );
    let report = run(&config, &week).unwrap();
    let mut seen = [0; 96];
    for interval in &report.centers[0].intervals {
        seen[((interval.start.seconds() - MONDAY) / 900 % 96) as usize] +=
            interval.counters.offered;
    }
    for (quarter, calls) in seen.iter().enumerate() {
        let expected: f64 = match quarter {
            40 => 700.0,
            41 => 2_100.0,
            95 => 350.0,
            _ => 0.0,
        };
        // Within four standard deviations of Poisson.
        assert!(
            (f64::from(*calls) - expected).abs() <= 4.0 * expected.sqrt(),
            "{quarter}: {calls}"
        );
    }
    let none = plan(
        60,
        Arrivals::Profile {
            per_quarter: Vec::new(),
        },
        &users,
    );
    assert_eq!(run(&config, &none).unwrap().calls, 0);
    let none = plan(60, Arrivals::Rate { per_hour: 0.0 }, &users);
    assert_eq!(run(&config, &none).unwrap().calls, 0);
    let at = |seconds: i64| Timestamp::from_seconds(MONDAY + seconds);
    let moments = vec![at(30), at(-1), at(10), at(3600), at(3599)];
    let report = run(&config, &plan(60, Arrivals::At { moments }, &users)).unwrap();
    assert_eq!(report.calls, 3);
}

#[test]
fn what_cannot_be_run() {
    let users = users(1);
    let config = center(&users, &json!({}));
    let refused = |change: &dyn Fn(&mut Plan)| {
        let mut plan = plan(60, Arrivals::Rate { per_hour: 1.0 }, &users);
        change(&mut plan);
        run(&config, &plan).err()
    };
    assert_eq!(refused(&|_| {}), None);
    assert_eq!(
        refused(&|plan| plan.minutes = 400 * 1440 + 1),
        Some(PlanError::TooLong(400 * 1440 + 1))
    );
    assert_eq!(
        refused(&|plan| plan.streams[0].center = UserId(100)),
        Some(PlanError::NoCenter(UserId(100)))
    );
    let out = |number| Some(PlanError::OutOfRange(number));
    assert_eq!(
        refused(&|plan| plan.streams[0].arrivals = Arrivals::Rate { per_hour: -1.0 }),
        out(-1.0)
    );
    let profile = || Arrivals::Profile {
        per_quarter: vec![0.0, 1e9],
    };
    assert_eq!(
        refused(&|plan| plan.streams[0].arrivals = profile()),
        out(1e9)
    );
    assert_eq!(
        refused(&|plan| plan.streams[0].patience = Some(Span::Fixed { seconds: 1e6 })),
        out(1e6)
    );
    assert_eq!(
        refused(&|plan| plan.streams[0].handling = Span::Exponential { mean: -2.0 }),
        out(-2.0)
    );
    let long = Span::Lognormal {
        mean: 1.0,
        variation: 11.0,
    };
    assert_eq!(refused(&|plan| plan.staff[0].answer = long), out(11.0));
    assert_eq!(refused(&|plan| plan.staff[0].misses = 1.5), out(1.5));
    assert!(refused(&|plan| plan.staff[0].wrap_up = Span::Fixed { seconds: f64::NAN }).is_some());
    let nobody = UserId(u32::MAX);
    assert_eq!(
        refused(&|plan| plan.staff[0].agents.push(nobody)),
        Some(PlanError::NoAgent(nobody))
    );
}

#[test]
fn runs_differ_by_chance_and_not_by_threads() {
    let agents = users(4);
    let config = center(&agents, &json!({}));
    let plan = plan(24 * 60, Arrivals::Rate { per_hour: 60.0 }, &agents);
    let threads = |count| std::num::NonZeroUsize::new(count).unwrap();
    let reports = runs(&config, &plan, 20, threads(1), |report| report).unwrap();
    assert_eq!(reports.len(), 20);
    assert_eq!(
        reports[0],
        run(&config, &plan).unwrap(),
        "the first has the plan's own seed"
    );
    assert_ne!(reports[0], reports[1]);
    for count in [2, 3, 64] {
        assert_eq!(
            runs(&config, &plan, 20, threads(count), |report| report).unwrap(),
            reports,
            "{count} threads"
        );
    }
    let summary = summary(&reports, 20);
    let of = &summary.centers[0];
    assert_eq!((summary.runs, of.center), (20, UserId(1)));
    // A Poisson number of 1,440 calls a day: the mean of twenty days is off by about 8.5, with 95 % by 17.8.
    assert!((of.offered.mean - 1440.0).abs() < 3.0 * 8.5, "{of:?}");
    assert!((10.0..27.0).contains(&of.offered.give_or_take), "{of:?}");
    let expected = erlang::mean_wait(4, 3.0, HANDLING);
    assert!(
        (of.mean_wait.mean - expected).abs() < 2.0 * of.mean_wait.give_or_take,
        "{of:?} {expected}"
    );
    assert!(of.longest_wait.mean > of.mean_wait.mean);
    let broken = Plan {
        minutes: u32::MAX,
        ..plan
    };
    assert!(matches!(
        runs(&config, &broken, 2, threads(2), Report::totals),
        Err(PlanError::TooLong(_))
    ));
}
