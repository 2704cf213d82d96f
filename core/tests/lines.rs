//! Calls of random organisations, many at once, on one exchange: no two calls ring one line without call waiting, however
//! many leave a queue, reach a group or come back in one moment. `CENTRALE_SEED` tries the organisations of one seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "the stories of the exchange use all of it")]
#[path = "exchange/host.rs"]
mod host;
mod support;
#[allow(dead_code, reason = "the calls of random organisations use all of it")]
#[path = "webs/web.rs"]
mod web;

use centrale_core::acd::AgentState;
use centrale_core::call::{Input, Side};
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::organisation::Key;
use centrale_core::trace::LegFailure;
use host::Host;
use web::{PARTIES, PERSONS, Random, Web};

const SEEDS: u64 = if cfg!(debug_assertions) { 60 } else { 20_000 };
/// What happens in one organisation.
const EVENTS: u64 = 60;

#[test]
fn no_two_calls_ring_one_line() {
    let only = std::env::var("CENTRALE_SEED")
        .ok()
        .map(|seed| seed.parse::<u64>().unwrap());
    let mut web = Web::new();
    let mut rang = 0;
    for seed in only.map_or(0..SEEDS, |seed| seed..seed + 1) {
        let mut random = Random::new(seed);
        web.draw_all(&mut random);
        let mut host = Host::of(web.config.clone());
        host.one_at_a_time = true;
        for nth in 0..EVENTS {
            happens(&mut host, &mut random);
            host.check();
            assert!(host.ringing().len() < 10_000, "seed {seed}, event {nth}");
            rang += host.ringing().len();
        }
        host.close();
    }
    assert!(only.is_some() || rang > 1_000, "phones rang {rang} times");
}

fn person(random: &mut Random) -> UserId {
    UserId(1 + random.below(u64::from(PERSONS)) as u32)
}

fn happens(host: &mut Host, random: &mut Random) {
    let ringing = host.ringing();
    let talking = host.talking();
    match random.below(12) {
        0..=2 => {
            let outside = Caller::external("+31205550100".parse().unwrap());
            // Groups, menus and queues are called as often as all persons.
            let groups = random.one_in(2);
            let party = if groups {
                PERSONS + 1 + random.below(u64::from(PARTIES - PERSONS)) as u32
            } else {
                person(random).0
            };
            host.dials(outside, &format!("+313055501{party:02}"));
        }
        3 => {
            let user = person(random);
            host.dials(
                host.caller(user),
                &(101 + random.below(u64::from(PARTIES))).to_string(),
            );
        }
        4 | 5 if !ringing.is_empty() => {
            let (call, side) = *random.pick(&ringing);
            let Side::Leg(leg) = side else { return };
            let answers = random.one_in(2);
            host.feed(
                call,
                if answers {
                    Input::LegAnswered(leg)
                } else {
                    Input::LegFailed(leg, LegFailure::Busy)
                },
            );
        }
        6 if !talking.is_empty() => {
            let (call, side) = *random.pick(&talking);
            host.feed(
                call,
                match side {
                    Side::Caller => Input::CallerHungUp,
                    Side::Leg(leg) => Input::LegHungUp(leg),
                },
            );
        }
        7 => {
            // All agents at once, so that a queue lets go of all its calls.
            let state = if random.one_in(2) {
                AgentState::Available
            } else {
                AgentState::SignedOut
            };
            (1..=PERSONS).for_each(|user| host.works(UserId(user), state));
        }
        8 => {
            let keyed = host.book.keys().next().copied();
            if let (Some(call), Some(key)) = (keyed, Key::new(*random.pick(&['0', '1', '2', '9'])))
            {
                host.feed(call, Input::Key(Side::Caller, key));
            }
        }
        9 => {
            let called = host.callbacks.keys().next().copied();
            if let Some(user) = called {
                host.called_back(user, random.one_in(2));
            }
        }
        _ => host.wait(1 + random.below(40) as i64),
    }
}
