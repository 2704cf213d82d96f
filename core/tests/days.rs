//! Simulated days of a whole organisation: every call ends in one way, the same seed gives the same day, lines are busy
//! while they talk, and a queue does what it does where only queues are simulated. They run natively and as WebAssembly:
//! the figures are the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use centrale_core::id::UserId;
use centrale_core::simulate::{
    Arrivals, Calls, Choice, DayPlan, DayPlanError, DayReport, Outside, PartyReport, Plan, Span,
    Staff, Stream, Tally, day, run,
};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use serde_json::json;
use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Monday 2026-11-23 00:00 in Amsterdam.
const MONDAY: Timestamp = Timestamp(1_795_388_400_000);
const MENU: &str = "+31305550170";
const QUEUE: UserId = UserId(60);
const GROUP: UserId = UserId(30);

/// A menu in office hours, from which 1 leads to a queue that overflows to a hunt group, and 2 to Emile.
fn office() -> Arc<Snapshot> {
    let mut organisation = support::organisation();
    let changes = [
        (
            "/hunt_groups",
            json!([{"id": 30, "identity": {"name": "support", "location": 1, "extension": "150", "packs": [1]},
            "members": [{"user": 3}, {"user": 5}], "rings": 3}]),
        ),
        (
            "/auto_attendants",
            json!([{"id": 50, "identity": {"name": "menu", "location": 1, "number": MENU, "packs": [1]}, "hours": 1,
            "business": {"keys": {"1": {"action": {"do": "transfer", "to": "180"}}, "2": {"action": {"do": "transfer", "to": "7201"}}}}}]),
        ),
        (
            "/call_centers",
            json!([{"id": 60, "identity": {"name": "sales", "location": 1, "extension": "180", "packs": [1]},
            "agents": [{"user": 1}, {"user": 2}], "overflow": {"action": {"do": "forward", "to": "150"}, "after_seconds": 60}}]),
        ),
        (
            "/users/4/services",
            json!({"forwarding-no-answer": {"active": true, "number": "+31655512345"}}),
        ),
        (
            "/users/1/services",
            json!({"voicemail-management": {"busy": true, "unanswered": true}}),
        ),
    ];
    for (pointer, value) in changes {
        support::set(&mut organisation, pointer, &value.to_string());
    }
    Arc::new(Snapshot::of(&organisation, &support::zone))
}

fn blocks(hours: &[(&str, &str)]) -> Vec<centrale_core::schedule::Block> {
    let blocks = hours
        .iter()
        .map(|(start, end)| json!({"start": start, "end": end}));
    serde_json::from_value(blocks.collect()).unwrap()
}

fn staff(users: &[u32]) -> Staff {
    Staff {
        answer: Span::Fixed { seconds: 5.0 },
        ..support::staff(users)
    }
}

fn calls(dialled: &str, arrivals: Arrivals) -> Calls {
    Calls {
        dialled: dialled.into(),
        from: Vec::new(),
        number: "+31201234567".parse().ok(),
        arrivals,
        handling: Span::Fixed { seconds: 120.0 },
        patience: None,
        choices: Vec::new(),
    }
}

fn plan(calls: Vec<Calls>, staff: Vec<Staff>) -> DayPlan {
    DayPlan {
        start: MONDAY,
        minutes: 24 * 60,
        seed: 7,
        calls,
        staff,
        outside: Outside::default(),
    }
}

fn at(seconds: &[i64]) -> Arrivals {
    Arrivals::At {
        moments: seconds.iter().map(|s| MONDAY.plus_seconds(*s)).collect(),
    }
}

/// A busy office: customers at the menu, colleagues who call each other.
fn busy_day(seed: u64) -> DayPlan {
    let choice = |share, keys: &[&str]| Choice {
        share,
        keys: keys.iter().map(ToString::to_string).collect(),
    };
    let customers = Calls {
        handling: Span::Lognormal {
            mean: 240.0,
            variation: 0.8,
        },
        patience: Some(Span::Exponential { mean: 180.0 }),
        choices: vec![
            choice(8.0, &["1"]),
            choice(1.0, &["2"]),
            choice(1.0, &["9", "1"]),
        ],
        ..calls(MENU, Arrivals::Rate { per_hour: 40.0 })
    };
    let colleagues = Calls {
        from: [1, 2].map(UserId).to_vec(),
        ..calls("103", Arrivals::Rate { per_hour: 4.0 })
    };
    let to_dirk = calls("+31305550104", Arrivals::Rate { per_hour: 2.0 });
    let office = blocks(&[("mon 08:30", "mon 17:30")]);
    let agents = Staff {
        shifts: office.clone(),
        breaks: blocks(&[("mon 12:00", "mon 12:30")]),
        misses: 0.05,
        wrap_up: Span::Exponential { mean: 20.0 },
        ..staff(&[1, 2])
    };
    let others = Staff {
        shifts: office,
        misses: 0.2,
        ..staff(&[3, 4, 5])
    };
    DayPlan {
        seed,
        ..plan(vec![customers, colleagues, to_dirk], vec![agents, others])
    }
}

#[track_caller]
fn conserved(report: &DayReport) {
    for number in &report.numbers {
        assert_eq!(number.tally.ended(), number.tally.calls, "{number:?}");
    }
    for party in &report.parties {
        assert_eq!(party.tally.ended(), party.tally.calls, "{party:?}");
        assert_eq!(
            party.reached,
            party.passed_on + party.tally.calls,
            "{party:?}"
        );
    }
}

fn party(report: &DayReport, user: UserId) -> PartyReport {
    report
        .parties
        .iter()
        .find(|party| party.user == user)
        .cloned()
        .unwrap_or_default()
}

fn short(tally: &Tally) -> String {
    let Tally {
        calls,
        answered,
        mailbox,
        menu,
        announced,
        abandoned,
        busy,
        no_answer,
        failed,
        unfinished,
        by,
        ..
    } = tally;
    let by: Vec<_> = by
        .iter()
        .map(|(user, calls)| format!("{user}:{calls}"))
        .collect();
    format!(
        "{calls}: {answered} {mailbox} {menu} {announced} {abandoned} {busy} {no_answer} {failed} {unfinished}, {}",
        by.join(" ")
    )
}

/// The numbers are the same on every platform, and are looked at when they change.
#[test]
fn a_busy_day() {
    let report = day(&office(), &busy_day(1)).unwrap();
    conserved(&report);
    let told: Vec<String> = report
        .numbers
        .iter()
        .map(|n| format!("{} {}", n.dialled, short(&n.tally)))
        .collect();
    assert_eq!(
        told,
        [
            "+31305550170 1028: 268 0 616 0 65 78 0 0 1, 1:95 2:80 3:43 5:50",
            "103 79: 12 0 0 0 0 17 50 0 0, 3:12",
            "+31305550104 53: 14 0 0 0 0 8 31 0 0, 4:14"
        ]
    );
    let told: Vec<String> = report
        .parties
        .iter()
        .map(|p| {
            format!(
                "{} reached {} passed on {} overflowed {}, {}",
                p.user,
                p.reached,
                p.passed_on,
                p.overflowed,
                short(&p.tally)
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "3 reached 79 passed on 0 overflowed 0, 79: 12 0 0 0 0 17 50 0 0, 3:12",
            "4 reached 53 passed on 0 overflowed 0, 53: 14 0 0 0 0 8 31 0 0, 4:14",
            "5 reached 51 passed on 0 overflowed 0, 51: 24 0 0 0 6 21 0 0 0, 5:24",
            "30 reached 128 passed on 0 overflowed 0, 128: 69 0 0 0 2 57 0 0 0, 3:43 5:26",
            "50 reached 1028 passed on 411 overflowed 0, 617: 0 0 616 0 0 0 0 0 1, ",
            "60 reached 360 passed on 128 overflowed 128, 232: 175 0 0 0 57 0 0 0 0, 1:95 2:80"
        ]
    );
}

#[test]
fn the_same_seed_gives_the_same_day() {
    let office = office();
    let [one, again, other] = [1, 1, 2].map(|seed| day(&office, &busy_day(seed)).unwrap());
    assert_eq!(one, again);
    assert_ne!(one, other);
}

/// Two calls at once to one person: the second meets a busy line, and the mailbox behind it.
#[test]
fn a_line_is_busy_while_it_talks() {
    let bert = |moments: &[i64]| {
        let plan = plan(vec![calls("+31305550102", at(moments))], vec![staff(&[2])]);
        let report = day(&office(), &plan).unwrap();
        conserved(&report);
        short(&report.numbers[0].tally)
    };
    // Answered after 5 s, over after 125 s.
    assert_eq!(bert(&[0, 60]), "2: 1 1 0 0 0 0 0 0 0, 2:1");
    assert_eq!(bert(&[0, 124]), "2: 1 1 0 0 0 0 0 0 0, 2:1");
    assert_eq!(bert(&[0, 126]), "2: 2 0 0 0 0 0 0 0 0, 2:2");
}

/// Who calls is on the phone too; when everybody is, nobody calls.
#[test]
fn callers_are_busy_too() {
    let to_bert = Calls {
        from: vec![UserId(1)],
        ..calls("102", at(&[0, 60, 200]))
    };
    let to_anna = calls("+31305550101", at(&[30]));
    let report = day(
        &office(),
        &plan(vec![to_bert, to_anna], vec![staff(&[1, 2])]),
    )
    .unwrap();
    conserved(&report);
    assert_eq!(short(&report.numbers[0].tally), "2: 2 0 0 0 0 0 0 0 0, 2:2");
    assert_eq!(short(&report.numbers[1].tally), "1: 0 0 0 0 0 1 0 0 0, ");
}

/// Night is night: the menu is closed, and people are at home.
#[test]
fn out_of_hours() {
    let caller = Calls {
        choices: vec![Choice {
            share: 1.0,
            keys: vec!["1".into()],
        }],
        ..calls(MENU, at(&[3600, 10 * 3600]))
    };
    let report = day(&office(), &plan(vec![caller], vec![staff(&[1])])).unwrap();
    conserved(&report);
    assert_eq!(short(&report.numbers[0].tally), "2: 1 0 1 0 0 0 0 0 0, 1:1");
    assert_eq!(party(&report, QUEUE).reached, 1);
}

/// A call that waits too long goes on to the group, whose member outside has it.
#[test]
fn a_queue_overflows_to_a_group() {
    let caller = Calls {
        handling: Span::Fixed { seconds: 300.0 },
        from: vec![UserId(11), UserId(12)],
        ..calls("180", at(&[0, 10]))
    };
    let report = day(
        &office(),
        &plan(vec![caller], vec![staff(&[1]), staff(&[5])]),
    )
    .unwrap();
    conserved(&report);
    assert_eq!(
        short(&report.numbers[0].tally),
        "2: 2 0 0 0 0 0 0 0 0, 1:1 5:1"
    );
    assert_eq!(
        (
            party(&report, QUEUE).overflowed,
            party(&report, GROUP).reached
        ),
        (1, 1)
    );
}

/// The same calls to a queue, by the call machine and by the distributor alone.
#[test]
fn a_queue_is_as_where_only_queues_are_simulated() {
    let moments: Vec<i64> = (0..200).map(|nth| nth * 53 + nth * nth % 41).collect();
    let office = office();
    let through = Calls {
        from: (11..18).map(UserId).collect(),
        ..calls("180", at(&moments))
    };
    let through = Calls {
        handling: Span::Fixed { seconds: 80.0 },
        ..through
    };
    let staff = vec![Staff {
        answer: Span::Fixed { seconds: 4.0 },
        ..staff(&[1, 2])
    }];
    let whole = day(&office, &plan(vec![through], staff.clone())).unwrap();
    let stream = Stream {
        center: QUEUE,
        arrivals: at(&moments),
        handling: Span::Fixed { seconds: 80.0 },
        patience: None,
    };
    let queues = Plan {
        start: MONDAY,
        minutes: 24 * 60,
        seed: 7,
        streams: vec![stream],
        staff,
    };
    let queues = run(&office, &queues).unwrap();
    assert_eq!(whole.numbers[0].tally.calls, 200);
    assert_eq!(whole.centers[0].total, queues.centers[0].total);
}

#[test]
fn what_cannot_be_run() {
    let check = |plan: &DayPlan, expected: &str| {
        assert_eq!(day(&office(), plan).unwrap_err().to_string(), expected);
    };
    let one = |calls: Calls| plan(vec![calls], Vec::new());
    check(
        &one(Calls {
            from: vec![UserId(99)],
            ..calls("101", at(&[]))
        }),
        "there is no user 99",
    );
    check(
        &one(Calls {
            from: vec![UserId(1)],
            ..calls("*72", at(&[]))
        }),
        "*72 is a feature access code",
    );
    check(
        &one(calls("101", Arrivals::Rate { per_hour: -1.0 })),
        "-1 is out of range",
    );
    let mut long = one(calls("101", at(&[])));
    long.minutes = 400 * 24 * 60 + 1;
    check(&long, "576001 minutes are too long");
    long.minutes = 1;
    long.outside.misses = 2.0;
    assert!(matches!(day(&office(), &long), Err(DayPlanError::Plan(_))));
}

#[cfg(not(target_arch = "wasm32"))]
mod random {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Whatever the day is like, each call ends in one way and no call is counted twice.
        #[test]
        fn no_call_is_lost(
            seed in any::<u64>(),
            rates in prop::array::uniform4(0.0..120.0_f64),
            mean in 1.0..600.0_f64,
            patience in prop::option::of(1.0..300.0_f64),
            misses in 0.0..1.0_f64,
            minutes in 1_u32..600,
        ) {
            let numbers = [MENU, "+31305550104", "+31305550101", "+3225550201"];
            let kinds = numbers.iter().zip(rates).map(|(dialled, per_hour)| Calls {
                handling: Span::Exponential { mean },
                patience: patience.map(|mean| Span::Exponential { mean }),
                choices: ["1", "2", "", "7"].map(|key| Choice { share: 1.0, keys: vec![key.into(), "1".into()] }).to_vec(),
                ..calls(dialled, Arrivals::Rate { per_hour })
            });
            let people = Staff { misses, wrap_up: Span::Exponential { mean: 30.0 }, ..staff(&[1, 2, 3, 4, 5]) };
            let start = MONDAY.plus_seconds(8 * 3600);
            let plan = DayPlan { start, minutes, seed, ..plan(kinds.collect(), vec![people]) };
            let office = office();
            let report = day(&office, &plan).unwrap();
            conserved(&report);
            prop_assert_eq!(report, day(&office, &plan).unwrap());
        }
    }
}

/// Three callers whom a queue strands in one moment, at a hunt group of three: each rings another member.
#[test]
fn calls_that_leave_a_queue_together_ring_different_members() {
    let mut organisation = support::organisation();
    let member = |user: u32| json!({ "user": user });
    for (pointer, value) in [
        (
            "/hunt_groups",
            json!([{"id": 30, "identity": {"name": "support", "location": 1, "extension": "150", "packs": [1]},
            "members": [member(2), member(3), member(4)], "rings": 5}]),
        ),
        (
            "/call_centers",
            json!([{"id": 60, "identity": {"name": "sales", "location": 1, "number": MENU, "packs": [1]},
            "agents": [member(1)], "agent": {"may_join": false},
            "stranded": {"action": {"do": "forward", "to": "150"}}}]),
        ),
    ] {
        support::set(&mut organisation, pointer, &value.to_string());
    }
    let config = Arc::new(Snapshot::of(&organisation, &support::zone));
    // The agent talks to the first caller when three others come, and has a break from 00:05 on.
    let agent = Staff {
        breaks: blocks(&[("mon 00:05", "mon 01:00")]),
        ..support::staff(&[1])
    };
    let group = Staff {
        answer: Span::Fixed { seconds: 2.0 },
        ..support::staff(&[2, 3, 4])
    };
    let calls = Calls {
        handling: Span::Fixed { seconds: 1800.0 },
        ..calls(MENU, at(&[1, 60, 61, 62]))
    };
    let report = day(&config, &plan(vec![calls], vec![agent, group])).unwrap();
    let tally = &report.numbers[0].tally;
    let by: Vec<_> = tally
        .by
        .iter()
        .map(|(user, calls)| (user.0, *calls))
        .collect();
    assert_eq!(by, [(1, 1), (2, 1), (3, 1), (4, 1)]);
    // Stranded at 300 s and answered 2 s later, all three: the first of them came at 60 s.
    assert_eq!(
        (tally.longest_answer_ms, tally.answer_ms),
        (242_000, 242_000 + 241_000 + 240_000)
    );
}
