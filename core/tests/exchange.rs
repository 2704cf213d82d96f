//! Several calls at once: the exchange and its calls, driven by a small host. First the stories of `exchange/*.txt`, then
//! properties over random ones: no call is lost, every parked call is retrieved, recalled or ended, no leg is left behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "exchange/host.rs"]
mod host;
mod support;

use centrale_core::acd::{self, AgentState};
use centrale_core::call::{
    Action, Adopted, Endpoint, Input, LegAction, LegId, LineAction, QueueAction, ServiceAction,
    Side,
};
use centrale_core::caller::Caller;
use centrale_core::exchange::{
    Exchange, ExchangeEffect, ExchangeInput, PersistedExchange, monitored,
};
use centrale_core::feature::Perform;
use centrale_core::id::{CallRef, DeviceId, UserId};
use centrale_core::organisation::Organisation;
use centrale_core::outcome::Performed;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use host::Host;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// Each file: `set`s and `given`s that add up, and stories: what happens, a line each, then what the host saw.
/// `UPDATE_EXPECT=1` rewrites what follows each `then`.
#[test]
fn every_story_goes_as_it_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange");
    let mut failed = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let actual = run(&text);
        if actual != text {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::write(&path, &actual).unwrap();
            }
            let line = actual
                .lines()
                .zip(text.lines())
                .position(|(a, t)| a != t)
                .unwrap_or(0);
            failed.push(format!("{}: line {}\n{actual}", path.display(), line + 1));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The file as it should read.
fn run(text: &str) -> String {
    let mut organisation = support::organisation();
    let mut host: Option<Host> = None;
    let mut out = String::new();
    let mut told = false;
    for line in text.lines() {
        if told && line.starts_with("  ") {
            continue;
        }
        told = false;
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "set" => {
                let (pointer, json) = rest.split_once(' ').unwrap();
                support::set(&mut organisation, pointer, json);
                // In the midst of a story it is saved while calls go on.
                if let Some(host) = host.as_mut() {
                    host.configure(&organisation);
                }
            }
            "given" => given(&mut organisation, rest),
            "#" => {}
            "" => host = None,
            "then" => {
                let host = host.take().unwrap_or_else(|| Host::new(&organisation));
                host.check();
                writeln!(out, "then").unwrap();
                host.log
                    .lines()
                    .for_each(|line| writeln!(out, "  {line}").unwrap());
                told = true;
                continue;
            }
            _ => does(host.get_or_insert_with(|| Host::new(&organisation)), line),
        }
        writeln!(out, "{line}").unwrap();
    }
    out
}

/// `given LOGIN SERVICE JSON`
fn given(organisation: &mut Organisation, rest: &str) {
    let parts: Vec<_> = rest.splitn(3, ' ').collect();
    let user = organisation
        .users
        .iter_mut()
        .find(|user| user.login == parts[0])
        .unwrap();
    user.services
        .insert(parts[1].into(), serde_json::from_str(parts[2]).unwrap());
}

/// `N s` | `CALLER calls DIGITS` | `LOGIN answers|fails|hangs up|holds|resumes` | `LOGIN performs CODE [LOGIN]` |
/// `LOGIN performs CODE ID` | `LOGIN takes-callback|misses-callback` | `LOGIN is available|signed-out` (as an agent) |
/// `outside answers|fails|hangs up` | `LOGIN transfers DIGITS` | `LOGIN presses KEY` | `LOGIN registers [DEVICE…]` | `LOGIN joins` (both calls they are on) | `LOGIN sees LOGIN`
fn does(host: &mut Host, line: &str) {
    let words: Vec<_> = line.split(' ').collect();
    if words[1] == "s" {
        return host.wait(words[0].parse().unwrap());
    }
    if words[0].starts_with('+') {
        let caller = Caller::external(words[0].parse().unwrap());
        host.dials(caller, words[2]);
        return;
    }
    if words[0] == "outside" {
        let (call, leg) = host.outside().unwrap();
        return host.feed(call, fact(words[1], Side::Leg(leg), None));
    }
    let user = host.user(words[0]);
    let seat = host.seat(user);
    match words[1] {
        "calls" => drop(host.dials(host.caller(user), &words[2..].concat())),
        "performs" => {
            let about = words.get(3).map(|login| host.user(login));
            host.performs(user, words[2], about);
        }
        "is" => host.works(
            user,
            serde_json::from_value(serde_json::json!({ "state": words[2] })).unwrap(),
        ),
        "sees" => {
            let view = host.exchange.view(&host.config, user, host.user(words[2]));
            let shown = view.map_or_else(
                || "nothing".into(),
                |view| format!("{view:?}").to_lowercase(),
            );
            writeln!(host.log, "{} sees {}: {shown}", words[0], words[2]).unwrap();
        }
        "monitors" => {
            let config = &host.config;
            let name = |user| config.user(user).unwrap().user.name().trim().to_owned();
            let lamp = |user| {
                format!("{}: {:?}", name(user), host.exchange.lamp(config, user)).to_lowercase()
            };
            let lamps: Vec<_> = monitored(config, user).into_iter().map(lamp).collect();
            let lamps = if lamps.is_empty() {
                "nobody".into()
            } else {
                lamps.join(", ")
            };
            writeln!(host.log, "{} monitors {lamps}", words[0]).unwrap();
        }
        "presses" => {
            let (call, side) = seat.unwrap();
            host.feed(
                call,
                Input::Key(
                    side,
                    words[2]
                        .chars()
                        .next()
                        .and_then(centrale_core::organisation::Key::new)
                        .unwrap(),
                ),
            );
        }
        "registers" => host.registers(
            user,
            words[2..].iter().map(|id| id.parse().unwrap()).collect(),
        ),
        "takes-callback" => host.called_back(user, true),
        "misses-callback" => host.called_back(user, false),
        "joins" => {
            let calls: Vec<_> = host.seats(user);
            host.joins(calls[0].0, calls[0].1, calls[1].0);
        }
        word => {
            let Some((call, side)) = seat else {
                return writeln!(host.log, "{} is on no call", words[0]).unwrap();
            };
            host.feed(call, fact(word, side, words.get(2).copied()));
        }
    }
}

fn fact(word: &str, side: Side, digits: Option<&str>) -> Input {
    use centrale_core::trace::LegFailure;
    match (word, side) {
        ("answers", Side::Leg(leg)) => Input::LegAnswered(leg),
        ("fails", Side::Leg(leg)) => Input::LegFailed(leg, LegFailure::Busy),
        ("hangs", Side::Leg(leg)) => Input::LegHungUp(leg),
        ("hangs", Side::Caller) => Input::CallerHungUp,
        ("holds", side) => Input::Held(side, true),
        ("resumes", side) => Input::Held(side, false),
        ("transfers", by) => Input::Transfer {
            by,
            to: digits.unwrap().into(),
            consulted: false,
        },
        (other, _) => panic!("nobody can do {other}"),
    }
}

/// The exchange alone: effects are looked at and not carried out, as when a host is slow.
struct Alone {
    exchange: Exchange,
    config: Snapshot,
}

impl Alone {
    fn new(set: &[(&str, &str)]) -> Self {
        let mut organisation = support::organisation();
        for (pointer, json) in set {
            support::set(&mut organisation, pointer, json);
        }
        let config = Snapshot::of(&organisation, &support::zone);
        Self {
            exchange: Exchange::new(1, PersistedExchange::default()),
            config,
        }
    }

    fn handle(&mut self, input: ExchangeInput<'_>) -> Vec<ExchangeEffect> {
        let mut effects = Vec::new();
        self.exchange.handle(
            Timestamp(1_790_000_000_000),
            &self.config,
            input,
            &mut effects,
        );
        effects.retain(|effect| {
            !matches!(
                effect,
                ExchangeEffect::LineChanged(_) | ExchangeEffect::Notice(_)
            )
        });
        effects
    }

    fn begins(&mut self, call: u64, user: Option<u32>) {
        let caller = Caller {
            user: user.map(UserId),
            ..Caller::unavailable()
        };
        self.handle(ExchangeInput::Began {
            call: CallRef(call),
            caller,
            dialled: "101",
        });
    }

    fn acts(&mut self, call: u64, action: impl Into<Action>) -> Vec<ExchangeEffect> {
        self.handle(ExchangeInput::Acts {
            call: CallRef(call),
            action: &action.into(),
        })
    }

    fn picks_up(&mut self, call: u64, user: u32, of: u32) -> Vec<ExchangeEffect> {
        let (user, about, what) = (UserId(user), Some(UserId(of)), Perform::DirectedPickup);
        self.acts(
            call,
            ServiceAction::Perform {
                user,
                what,
                about,
                digits: String::new(),
            },
        )
    }

    fn rings(&mut self, call: u64, leg: u32, user: u32) {
        let endpoint = Endpoint::Device(UserId(user), DeviceId(1));
        self.acts(
            call,
            LegAction::Ring {
                leg: LegId(leg),
                endpoint,
                manner: Box::default(),
            },
        );
    }

    fn calls_of(&self, user: u32) -> u16 {
        self.exchange.line(UserId(user)).calls
    }
}

fn tell(call: u64, input: Input) -> ExchangeEffect {
    ExchangeEffect::Tell(CallRef(call), input)
}

#[test]
fn one_phone_at_a_time_asks_for_a_call() {
    let mut alone = Alone::new(&[]);
    alone.begins(1, None);
    alone.rings(1, 1, 1);
    alone.begins(2, Some(4));
    alone.begins(3, Some(3));
    assert_eq!(
        alone.picks_up(2, 4, 1),
        [tell(1, Input::TakenBy(UserId(4)))]
    );
    assert_eq!(
        alone.picks_up(3, 3, 1),
        [tell(3, Input::Performed(Performed::Nothing))]
    );
    // The first hangs up before the call says anything; now the other may ask.
    assert_eq!(alone.calls_of(4), 1);
    let gone = Input::CallerHungUp;
    alone.handle(ExchangeInput::Told {
        call: CallRef(2),
        input: &gone,
    });
    assert_eq!(alone.calls_of(4), 0);
    alone.handle(ExchangeInput::Ended(CallRef(2)));
    assert_eq!(
        alone.picks_up(3, 3, 1),
        [tell(1, Input::TakenBy(UserId(3)))]
    );
    alone.begins(4, Some(2));
    alone.handle(ExchangeInput::Ended(CallRef(4)));
    // Who was not let in hears so, and is still on their own call; who was is on the other only.
    let refused = alone.acts(1, LineAction::NotTaken(UserId(3)));
    assert_eq!(refused, [tell(3, Input::Performed(Performed::Nothing))]);
    assert_eq!(
        alone.picks_up(3, 3, 1),
        [tell(1, Input::TakenBy(UserId(3)))]
    );
    let taken = alone.acts(
        1,
        LineAction::Adopt {
            leg: LegId(2),
            who: Adopted::Phone(UserId(3)),
        },
    );
    let moved = ExchangeEffect::Move {
        from: CallRef(3),
        side: Side::Caller,
        to: CallRef(1),
        leg: LegId(2),
    };
    assert_eq!(taken, [moved, tell(3, Input::Performed(Performed::Joined))]);
    assert_eq!(alone.calls_of(3), 1);
}

#[test]
fn a_consulted_transfer_waits_for_its_own_calls() {
    let mut alone = Alone::new(&[]);
    for (call, leg, user) in [(1, 1, 1), (2, 1, 2)] {
        alone.begins(call, if call == 2 { Some(1) } else { None });
        alone.rings(call, leg, user);
        alone.acts(call, LegAction::Bridge(LegId(leg)));
    }
    alone.begins(9, Some(4));
    let by = Side::Leg(LegId(1));
    let joins = ExchangeInput::Joins {
        call: CallRef(1),
        by,
        other: CallRef(2),
    };
    let asked = Input::Transfer {
        by,
        to: "101".into(),
        consulted: true,
    };
    assert_eq!(alone.handle(joins), [tell(1, asked)]);
    // A call that has nothing to do with it ends meanwhile.
    alone.handle(ExchangeInput::Ended(CallRef(9)));
    let effects = alone.acts(
        1,
        LineAction::Adopt {
            leg: LegId(2),
            who: Adopted::Consulted(UserId(1)),
        },
    );
    let side = Side::Leg(LegId(1));
    let expected = [
        ExchangeEffect::Move {
            from: CallRef(2),
            side,
            to: CallRef(1),
            leg: LegId(2),
        },
        tell(2, Input::Moved(side)),
        tell(1, Input::LegAnswered(LegId(2))),
    ];
    assert_eq!(effects, expected);
    assert_eq!(alone.calls_of(2), 1);
}

#[test]
fn who_is_not_in_both_calls_joins_nothing() {
    let mut alone = Alone::new(&[]);
    for (call, user) in [(1, 1), (2, 2)] {
        alone.begins(call, Some(3));
        alone.rings(call, 1, user);
        alone.acts(call, LegAction::Bridge(LegId(1)));
    }
    let joins = |by, other| ExchangeInput::Joins {
        call: CallRef(1),
        by,
        other: CallRef(other),
    };
    assert_eq!(alone.handle(joins(Side::Leg(LegId(1)), 2)), []);
    assert_eq!(alone.handle(joins(Side::Caller, 7)), []);
    assert_eq!(alone.handle(joins(Side::Caller, 2)).len(), 1);
}

#[test]
fn a_stop_outlives_the_exchange_until_it_is_lifted() {
    let mut organisation = support::organisation();
    let none = r#"[{"owner": {"level": "enterprise"}, "calls": 0}]"#;
    support::set(&mut organisation, "/outgoing", none);
    let mut host = Host::new(&organisation);
    let anna = host.user("anna");
    host.dials(host.caller(anna), "0205550100");
    let kept = serde_json::to_string(&host.exchange.persisted()).unwrap();
    let mut exchange = Exchange::new(2, serde_json::from_str(&kept).unwrap());
    assert_eq!(
        exchange.stops().map(|stop| stop.user).collect::<Vec<_>>(),
        [Some(anna)]
    );
    assert!(exchange.lift(Some(anna)));
    assert_eq!(
        (exchange.stops().count(), exchange.persisted().stops.len()),
        (0, 0)
    );
    assert!(!exchange.lift(Some(anna)), "once");
}

#[test]
fn a_new_exchange_goes_on_where_another_ended() {
    let center = r#"{"id": 60, "identity": {"name": "Sales", "location": 1}, "agents": [{"user": 1}], "agent": {"may_join": false}}"#;
    let group = r#"{"id": 50, "identity": {"name": "Help", "location": 1, "extension": "150"}, "members": [{"user": 2}]}"#;
    let mut alone = Alone::new(&[("/call_centers/-", center), ("/hunt_groups/-", group)]);
    let now = Timestamp(1_790_000_000_000);
    alone
        .exchange
        .configure(now, &alone.config, &mut Vec::new());
    alone.begins(1, None);
    alone.acts(
        1,
        LineAction::GroupAnswered {
            group: UserId(50),
            member: UserId(2),
        },
    );
    alone.acts(
        1,
        LineAction::SetCallback {
            caller: UserId(3),
            callee: UserId(2),
        },
    );
    let state = AgentState::Available;
    alone.handle(ExchangeInput::Agent(acd::Input::SetState {
        agent: UserId(1),
        state,
    }));
    let kept = alone.exchange.persisted();
    let text = serde_json::to_string(&kept).unwrap();
    let mut next = Exchange::new(2, serde_json::from_str(&text).unwrap());
    next.configure(now, &alone.config, &mut Vec::new());
    assert_eq!(next.persisted(), kept);
    assert_eq!(next.callbacks(UserId(3)).count(), 1);
    assert_eq!(
        next.acd().agent(UserId(1)).map(|agent| agent.state),
        Some(state)
    );
    next.acd_mut().settle(now.plus_seconds(10));
    assert_eq!(
        next.acd()
            .statistics(UserId(60))
            .unwrap()
            .total()
            .staffed_ms,
        10_000
    );
    alone.exchange = next;
    alone.begins(2, None);
    let asked = alone.acts(2, LineAction::AskGroup(UserId(50)));
    let [ExchangeEffect::Tell(_, Input::Group(fact))] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert_eq!(
        (fact.last_answered, fact.answered_at.get(&UserId(2))),
        (Some(UserId(2)), Some(&now))
    );
}

#[test]
fn a_user_waits_once_for_each_line() {
    let mut alone = Alone::new(&[]);
    alone.begins(1, Some(3));
    for callee in [2, 1, 2] {
        alone.acts(
            1,
            LineAction::SetCallback {
                caller: UserId(3),
                callee: UserId(callee),
            },
        );
    }
    alone.acts(
        1,
        LineAction::SetCallback {
            caller: UserId(4),
            callee: UserId(2),
        },
    );
    let waits = |caller| {
        alone
            .exchange
            .callbacks(UserId(caller))
            .map(|c| c.callee.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        [waits(3), waits(4), waits(2)],
        [vec![1, 2], vec![2], vec![]]
    );
}

#[test]
fn who_wants_no_second_call_has_no_line_free() {
    let mut alone = Alone::new(&[]);
    alone.begins(1, Some(1));
    assert_eq!(alone.calls_of(1), 1);
    alone.acts(1, LineAction::NoCallWaiting(UserId(1)));
    assert_eq!((alone.calls_of(1), alone.calls_of(2)), (2, 0));
}

#[test]
fn an_agent_who_is_not_available_is_told_of_as_such() {
    let center = r#"{"id": 60, "identity": {"name": "Sales", "location": 1}, "agents": [{"user": 1}], "agent": {"may_join": false}}"#;
    let mut alone = Alone::new(&[("/call_centers/-", center)]);
    alone
        .exchange
        .configure(Timestamp(1_790_000_000_000), &alone.config, &mut Vec::new());
    let unavailable = AgentState::Unavailable { code: None };
    for state in [
        AgentState::Available,
        unavailable,
        AgentState::WrapUp,
        AgentState::SignedOut,
    ] {
        alone.handle(ExchangeInput::Agent(acd::Input::SetState {
            agent: UserId(1),
            state,
        }));
        let line = alone.exchange.line(UserId(1));
        assert_eq!(
            line.unavailable,
            state != AgentState::Available,
            "{state:?}"
        );
    }
    assert!(
        !alone.exchange.line(UserId(2)).unavailable,
        "who is no agent"
    );
}

#[test]
fn a_call_that_left_its_queue_is_offered_to_nobody() {
    let center = r#"{"id": 60, "identity": {"name": "Sales", "location": 1}, "agents": [{"user": 1}], "agent": {"may_join": false}}"#;
    let (center_id, now) = (UserId(60), Timestamp(1_790_000_000_000));
    for leaves in [false, true] {
        let mut alone = Alone::new(&[("/call_centers/-", center)]);
        alone
            .exchange
            .configure(now, &alone.config, &mut Vec::new());
        alone.begins(1, None);
        alone.acts(
            1,
            QueueAction::Enqueue {
                center: center_id,
                since: now,
            },
        );
        if leaves {
            alone.acts(1, QueueAction::Dequeue);
        }
        alone.handle(ExchangeInput::Registered {
            user: UserId(1),
            devices: vec![DeviceId(1)],
        });
        let state = AgentState::Available;
        let offered = alone.handle(ExchangeInput::Agent(acd::Input::SetState {
            agent: UserId(1),
            state,
        }));
        let expected = [tell(1, Input::Offered(vec![UserId(1)]))];
        assert_eq!(
            offered,
            if leaves { &[][..] } else { &expected },
            "leaves: {leaves}"
        );
    }
}

#[test]
fn who_rings_in_a_call_that_talks_holds_nobody() {
    // A group call: anna has answered and holds, bert still rings.
    let inhibits = r#"{"inhibit_consulted": true}"#;
    let mut alone = Alone::new(&[
        ("/users/0/services/call-transfer", inhibits),
        ("/users/1/services/call-transfer", inhibits),
    ]);
    alone.begins(1, None);
    alone.rings(1, 1, 1);
    alone.rings(1, 2, 2);
    alone.acts(1, LegAction::Conference(LegId(1)));
    let held = Input::Held(Side::Leg(LegId(1)), true);
    alone.handle(ExchangeInput::Told {
        call: CallRef(1),
        input: &held,
    });
    let inhibits = |user| alone.exchange.inhibits(&alone.config, UserId(user));
    assert_eq!((inhibits(1), inhibits(2)), (true, false));
}

#[test]
fn each_question_of_a_hunt_group_has_its_own_seed() {
    let group = r#"{"id": 50, "identity": {"name": "Help", "location": 1, "extension": "150"}, "members": [{"user": 2}, {"user": 50}]}"#;
    let mut alone = Alone::new(&[("/hunt_groups/-", group)]);
    alone.begins(1, None);
    let mut seeds = BTreeSet::new();
    for _ in 0..10 {
        let [ExchangeEffect::Tell(_, Input::Group(fact))] =
            &alone.acts(1, LineAction::AskGroup(UserId(50)))[..]
        else {
            panic!("a question is answered");
        };
        let lines: Vec<_> = fact.lines.iter().map(|line| line.user).collect();
        assert_eq!((fact.group, lines), (UserId(50), vec![UserId(2)]));
        seeds.insert(fact.seed);
    }
    assert_eq!(seeds.len(), 10);
}

/// Something that somebody does who is in a position to do it.
fn acts(host: &mut Host, (who, what, whom, wait): (u8, u8, u8, u8)) {
    let names = ["anna", "bert", "carla", "dirk", "emile"];
    let (user, other) = (
        host.user(names[usize::from(who) % 5]),
        host.user(names[usize::from(whom) % 5]),
    );
    let numbers = [
        "8101",
        "8102",
        "8103",
        "8104",
        "7201",
        "0205550100",
        "8150",
        "*55",
        "999",
    ];
    let number = numbers[usize::from(whom) % numbers.len()];
    let codes = [
        "*98", "*97", "*33", "*68", "#58", "*88", "*11", "*60", "*55", "#8",
    ];
    let pick =
        |seats: Vec<(CallRef, Side)>| seats.get(usize::from(who) % seats.len().max(1)).copied();
    let (ringing, talking) = (pick(host.ringing()), pick(host.talking()));
    match (what % 16, ringing, talking) {
        (0 | 1, ..) => drop(host.dials(host.caller(user), number)),
        (2, ..) => drop(host.performs(
            user,
            codes[usize::from(what / 16) % codes.len()],
            Some(other),
        )),
        (3..=6, Some((call, Side::Leg(leg))), _) => host.feed(call, Input::LegAnswered(leg)),
        (7, Some((call, side)), _) => host.feed(call, fact("fails", side, None)),
        (8 | 9, _, Some((call, side))) => host.feed(call, Input::Held(side, wait % 4 > 0)),
        // Who holds has a hand free for a code, or for a second call.
        (10 | 11, _, Some((call, side))) => {
            if let Some(user) = host.stands(call, side) {
                host.feed(call, Input::Held(side, true));
                host.performs(
                    user,
                    codes[usize::from(what / 16) % codes.len()],
                    Some(other),
                );
            }
        }
        (12, _, Some((call, by))) => {
            host.feed(
                call,
                Input::Transfer {
                    by,
                    to: number.into(),
                    consulted: false,
                },
            );
        }
        (13, _, Some((call, by))) => {
            if let Some(user) = host.stands(call, by) {
                host.feed(call, Input::Held(by, true));
                let new = host.dials(host.caller(user), number);
                if let Some((_, Side::Leg(leg))) =
                    host.ringing().into_iter().find(|(other, _)| *other == new)
                    && wait % 4 > 0
                {
                    host.feed(new, Input::LegAnswered(leg));
                }
                host.joins(call, by, new);
            }
        }
        (14, _, Some((call, side))) => host.feed(call, fact("hangs", side, None)),
        _ => host.wait(i64::from(wait)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The host checks with each action that only legs that are there are given up and moved, and with each end that
    /// nobody is left; and after each event that it and the exchange agree on who is on which call.
    #[test]
    fn no_call_and_no_leg_is_lost(
        events in prop::collection::vec(any::<(u8, u8, u8, u8)>(), 0..80),
        recall in 0..3usize,
        options: bool,
    ) {
        let mut organisation = support::organisation();
        for (pointer, json) in [
            ("/pickup_groups/-", r#"{"id": 1, "location": 1, "name": "Team", "members": [1, 2, 3, 4]}"#),
            ("/park_groups/-", r#"{"id": 1, "location": 1, "name": "Hall", "members": [3, 2, 1]}"#),
            ("/hunt_groups/-", r#"{"id": 50, "identity": {"name": "Help", "location": 1, "extension": "150"}, "members": [{"user": 3}]}"#),
        ] {
            support::set(&mut organisation, pointer, json);
        }
        let recall = ["parker", "parker-then-group", "group"][recall];
        let park = format!(r#"{{"park": {{"recall": "{recall}", "alternate": 50, "recall_seconds": 30, "alternate_seconds": 30}}}}"#);
        support::set(&mut organisation, "/locations/0/site", &park);
        for login in ["anna", "bert", "carla"] {
            given(&mut organisation, &format!(r#"{login} barge-in {{"active": true}}"#));
            let transfer = format!(r#"{{"recall": {options}, "recall_rings": 3, "camp_on": {options}, "camp_on_seconds": 40}}"#);
            given(&mut organisation, &format!("{login} call-transfer {transfer}"));
            given(&mut organisation, &format!(r#"{login} call-waiting {{"active": {}}}"#, !options));
        }
        let mut host = Host::new(&organisation);
        for event in events {
            acts(&mut host, event);
            host.check();
        }
        for user in host.callbacks.keys().copied().collect::<Vec<_>>() {
            host.called_back(user, options);
            host.check();
        }
        // Nobody does anything more: whoever is parked goes back, and rings until the network gives up.
        host.wait(3600);
        host.check();
        for at in 1..=5 {
            prop_assert_eq!(host.exchange.parked_at(centrale_core::id::UserId(at)), None);
        }
        host.close();
        host.check();
        prop_assert!(host.book.is_empty());
        prop_assert!(host.exchange.next_timeout().is_none());
    }
}
