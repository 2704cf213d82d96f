//! Properties of hunt groups and group calls: every policy is fair, every member rings at most once a call, every call
//! ends and leaves no leg behind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::call::{Action, Call, Endpoint, Input, LegAction, LegId, LineAction, Request};
use centrale_core::caller::Caller;
use centrale_core::id::{DeviceId, UserId};
use centrale_core::organisation::{Member, Policy};
use centrale_core::outcome::{GroupFact, LineFact};
use centrale_core::policy::{Draws, Memory, order};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::LegFailure;
use proptest::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn members(weights: &[u8]) -> Vec<Member> {
    (1..)
        .zip(weights)
        .map(|(user, weight)| Member {
            user: UserId(user),
            weight: *weight,
        })
        .collect()
}

/// Days of calls to one group: each is answered by the first who is offered it and answers.
struct Group {
    policy: Policy,
    members: Vec<Member>,
    last: Option<UserId>,
    answered_at: BTreeMap<UserId, Timestamp>,
    now: Timestamp,
}

impl Group {
    fn new(policy: Policy, members: Vec<Member>) -> Self {
        Self {
            policy,
            members,
            last: None,
            answered_at: BTreeMap::new(),
            now: Timestamp(0),
        }
    }

    fn order(&self, idle: u32, seed: u64) -> Vec<UserId> {
        let memory = Memory {
            last_answered: self.last,
            answered_at: &self.answered_at,
        };
        order(
            self.policy,
            &self.members,
            &|user| idle >> user.0 & 1 == 1,
            memory,
            seed,
        )
    }

    fn answers(&mut self, user: UserId) {
        self.now = self.now.plus_seconds(1);
        self.last = Some(user);
        self.answered_at.insert(user, self.now);
    }
}

#[test]
fn circular_is_equal_within_one() {
    for size in 1..=20u8 {
        let mut group = Group::new(Policy::Circular, members(&vec![0; usize::from(size)]));
        let mut counts = BTreeMap::<UserId, u32>::new();
        for _ in 0..997 {
            let first = group.order(u32::MAX, 0)[0];
            group.answers(first);
            *counts.entry(first).or_default() += 1;
        }
        let (most, least) = (
            counts.values().max().unwrap(),
            counts.values().min().unwrap(),
        );
        assert!(
            counts.len() == usize::from(size) && most - least <= 1,
            "{counts:?}"
        );
    }
}

#[test]
fn weighted_draws_without_the_drawn_keep_the_proportions() {
    // Of the calls that the first does not answer, the others share by their own weights.
    let group = Group::new(Policy::Weighted, members(&[50, 30, 20]));
    let (mut draws, mut second) = (Draws::new(7), [0u32; 4]);
    let mut total = 0;
    for _ in 0..200_000 {
        let order = group.order(u32::MAX, draws.number());
        if order[0] == UserId(1) {
            second[order[1].0 as usize] += 1;
            total += 1;
        }
    }
    assert!(
        (f64::from(second[2]) / f64::from(total) - 0.6).abs() < 0.01,
        "{second:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_idle_member_is_offered_a_call_once(weights in prop::collection::vec(0..=100u8, 1..20), idle: u32, seed: u64, last in 0..25u32) {
        for policy in [Policy::Regular, Policy::Circular, Policy::Simultaneous, Policy::Uniform, Policy::Weighted] {
            let mut group = Group::new(policy, members(&weights));
            group.last = Some(UserId(last));
            let order = group.order(idle, seed);
            let distinct: BTreeSet<_> = order.iter().copied().collect();
            prop_assert_eq!(distinct.len(), order.len());
            let expected: BTreeSet<_> = group.members.iter().map(|m| m.user).filter(|user| idle >> user.0 & 1 == 1).collect();
            prop_assert_eq!(distinct, expected);
            prop_assert_eq!(group.order(idle, seed), order, "the same seed, the same order");
        }
    }

    #[test]
    fn uniform_offers_to_who_waits_longest(size in 1..20usize, calls in prop::collection::vec(any::<(u32, u8)>(), 1..200)) {
        let mut group = Group::new(Policy::Uniform, members(&vec![0; size]));
        for (idle, answers) in calls {
            let order = group.order(idle, 0);
            let waits: Vec<_> = order.iter().map(|user| group.answered_at.get(user).copied()).collect();
            prop_assert!(waits.is_sorted(), "{:?} waited {:?}", order, waits);
            if let Some(user) = order.get(usize::from(answers) % size) {
                group.answers(*user);
            }
        }
    }
}

fn config(
    policy: Policy,
    total: u16,
    waiting: bool,
    members: &[u32],
    called: &[&str],
    nested: bool,
) -> Arc<Snapshot> {
    let mut organisation = support::organisation();
    let policy = serde_json::to_value(policy).unwrap();
    let members: Vec<_> = members
        .iter()
        .map(|user| json!({"user": user, "weight": user % 3 * 10}))
        .collect();
    organisation.hunt_groups.push(serde_json::from_value(json!({
        "id": 30, "identity": {"name": "support", "location": 1, "extension": "150", "number": "+31305550150"},
        "policy": policy, "total_seconds": total, "rings": 2, "call_waiting": waiting, "members": members,
    })).unwrap());
    for (id, name, number) in [(40, "crisis", "160"), (41, "board", "161")] {
        let mut list = called.to_vec();
        if nested || id == 41 {
            list.extend(["161", "*80160", "150"]);
        }
        organisation.group_calls.push(serde_json::from_value(json!({
            "id": id, "identity": {"name": name, "location": 1, "extension": number, "number": format!("+31305550{number}")},
            "ring_seconds": 20, "members": list,
        })).unwrap());
    }
    organisation.users[2].services.insert(
        "forwarding-always".into(),
        json!({"active": true, "number": "160"}),
    );
    organisation.users[3].services.insert(
        "forwarding-busy".into(),
        json!({"active": true, "voicemail": true}),
    );
    Arc::new(Snapshot::of(&organisation, &support::zone))
}

const CALLED: [&str; 8] = [
    "101",
    "*80102",
    "103",
    "*80103",
    "104",
    "+31655501199",
    "199",
    "112",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_call_to_a_group_ends(
        policy in 0..5usize, total in prop::sample::select(vec![0u16, 5, 30]), flags: u8,
        users in prop::collection::vec(1..6u32, 0..6), called in prop::collection::vec(0..8usize, 0..8),
        dialled in prop::sample::select(vec!["+31305550150", "+31305550160", "+31305550161"]),
        facts in prop::collection::vec(any::<(u8, u8)>(), 0..80),
    ) {
        let policies = [Policy::Regular, Policy::Circular, Policy::Simultaneous, Policy::Uniform, Policy::Weighted];
        let called: Vec<_> = called.iter().map(|at| CALLED[*at]).collect();
        let config = config(policies[policy], total, flags & 1 == 1, &users, &called, flags & 2 == 2);
        let caller = Caller::external("+31205550100".parse().unwrap());
        let mut call = Call::new(config, Request { caller, dialled: dialled.into(), from: None, diversion_inhibited: flags & 4 == 4, ..Request::default() });
        let mut now = Timestamp(1_790_000_000_000);
        let (mut open, mut talking) = (BTreeSet::new(), BTreeSet::new());
        let (mut lines, mut groups) = (Vec::new(), Vec::new());
        let mut rung: BTreeMap<DeviceId, u32> = BTreeMap::new();
        let mut inputs = vec![Input::Start];
        let mut facts = facts.into_iter();
        let mut bored = false;
        while !call.ended() {
            for input in inputs.drain(..) {
                if let Input::LegFailed(leg, _) | Input::LegHungUp(leg) = &input {
                    open.remove(leg);
                    talking.remove(leg);
                }
                for action in call.handle(now, input) {
                    match action {
                        Action::Line(LineAction::AskLine(user)) => lines.push(user),
                        Action::Line(LineAction::AskGroup(group)) => groups.push(group),
                        Action::Leg(LegAction::Ring { leg, endpoint, .. }) => {
                            prop_assert!(open.insert(leg), "a leg is named once");
                            if let Endpoint::Device(_, device) = endpoint {
                                *rung.entry(device).or_default() += 1;
                            }
                        }
                        Action::Leg(LegAction::CancelLeg(leg)) => {
                            prop_assert!(open.remove(&leg), "only open legs are given up");
                            talking.remove(&leg);
                        }
                        Action::Leg(LegAction::Bridge(leg) | LegAction::Conference(leg)) => {
                            prop_assert!(open.contains(&leg) && talking.insert(leg));
                        }
                        Action::Leg(LegAction::Unbridge(_) | LegAction::BecomeCaller(_) | LegAction::Release(_))
                        | Action::Line(_) | Action::Queue(_) | Action::Signal(_) | Action::Media(_)
                        | Action::Mailbox(_) | Action::Service(_) => {}
                    }
                }
            }
            if call.ended() {
                break;
            }
            let Some((what, which)) = facts.next() else {
                // Nobody does anything more: the timers alone must bring the call to its end.
                inputs.push(if let Some(at) = call.next_timeout() {
                    now = now.max(at);
                    Input::TimerElapsed
                } else {
                    prop_assert!(!bored, "nothing ends the call");
                    bored = true;
                    Input::CallerHungUp
                });
                continue;
            };
            now = now.plus_seconds(1);
            let leg = open.iter().nth(usize::from(which) % (open.len() + 1)).copied().unwrap_or(LegId(u32::from(which)));
            let known = open.contains(&leg) && !talking.contains(&leg);
            inputs.push(match what % 9 {
                0 | 1 if !lines.is_empty() => {
                    let user: UserId = lines.remove(0);
                    Input::Line(line(user, which))
                }
                2 | 3 if !groups.is_empty() => {
                    let group = groups.remove(0);
                    let lines = (1..6).map(|user| line(UserId(user), which.wrapping_add(user as u8))).collect();
                    Input::Group(GroupFact { group, lines, seed: u64::from(which), ..GroupFact::default() })
                }
                4 => Input::LegRinging(leg),
                5 if known => Input::LegFailed(leg, if which % 2 == 0 { LegFailure::Busy } else { LegFailure::Unreachable }),
                6 if known => Input::LegAnswered(leg),
                7 if talking.contains(&leg) => Input::LegHungUp(leg),
                8 if which % 16 == 0 => Input::CallerHungUp,
                _ if call.next_timeout().is_some() && which % 4 == 0 => {
                    now = now.max(call.next_timeout().unwrap());
                    Input::TimerElapsed
                }
                _ => Input::Finished,
            });
        }
        prop_assert!(open.is_empty(), "legs left behind: {open:?}");
        prop_assert!(call.next_timeout().is_none());
        if dialled.ends_with("150") {
            prop_assert!(rung.values().all(|times| *times == 1), "a member rings once: {rung:?}");
        }
    }
}

fn line(user: UserId, which: u8) -> LineFact {
    let devices = vec![DeviceId(user.0); usize::from(which % 4 != 3)];
    LineFact {
        user,
        devices,
        calls: u16::from(which % 5 == 4),
        unavailable: false,
    }
}
