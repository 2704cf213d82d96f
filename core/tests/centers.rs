//! Call centers with the real distributor: many calls at once over random call centers, agents and timings.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use centrale_core::acd::{self, Acd, AgentState, Effect};
use centrale_core::call::{
    Action, Call, Endpoint, Input, LegAction, LegId, LineAction, MediaAction, QueueAction, Request,
    Side,
};
use centrale_core::caller::Caller;
use centrale_core::id::{CallRef, DeviceId, UserId};
use centrale_core::outcome::{LineFact, OfferResult};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{LegFailure, What};
use centrale_core::what_if::{self, WhatIf};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

const CENTERS: [u32; 3] = [60, 61, 62];
const AGENTS: [u32; 3] = [1, 2, 3];
const START: Timestamp = Timestamp(1_795_597_200_000);

/// The calls, the distributor between them, and the phones.
struct World {
    config: Arc<Snapshot>,
    acd: Acd,
    calls: BTreeMap<u64, Call>,
    /// The legs that ring or talk, with whom they ring.
    legs: BTreeMap<(u64, LegId), UserId>,
    /// The legs that were answered.
    answered: BTreeSet<(u64, LegId)>,
    /// Which call is in a queue, offered or at an agent, as far as calls say.
    queued: BTreeSet<u64>,
    serving: BTreeMap<UserId, u64>,
    facts: VecDeque<(u64, Input)>,
    now: Timestamp,
}

impl World {
    fn new(config: Arc<Snapshot>) -> Self {
        let mut world = Self {
            acd: Acd::new(7),
            calls: BTreeMap::new(),
            legs: BTreeMap::new(),
            answered: BTreeSet::new(),
            queued: BTreeSet::new(),
            serving: BTreeMap::new(),
            facts: VecDeque::new(),
            now: START,
            config,
        };
        world.acd.configure(START, &world.config, &mut Vec::new());
        for agent in AGENTS.map(UserId) {
            for center in CENTERS.map(UserId) {
                world.acd(acd::Input::Join { agent, center });
            }
            world.acd(acd::Input::Line {
                agent,
                calls: 0,
                reachable: true,
                do_not_disturb: false,
            });
            world.acd(acd::Input::SetState {
                agent,
                state: AgentState::Available,
            });
        }
        world
    }

    fn acd(&mut self, input: acd::Input) {
        let mut effects = Vec::new();
        self.acd.handle(self.now, input, &mut effects);
        for effect in effects {
            let (call, input) = match effect {
                Effect::Offer { call, agents, .. } => {
                    (call, Input::Offered(agents.as_slice().to_vec()))
                }
                Effect::Withdraw { call } => {
                    self.serving.retain(|_, served| *served != call.0);
                    self.queued.insert(call.0);
                    (call, Input::Withdrawn)
                }
                Effect::Release { call, why, .. } => {
                    self.queued.remove(&call.0);
                    (call, Input::Unqueued(why))
                }
                _ => continue,
            };
            self.facts.push_back((call.0, input));
        }
    }

    fn begin(&mut self, number: usize) {
        let name = self.calls.len() as u64 + 1;
        let dialled = format!("+3130555016{}", number % CENTERS.len());
        let caller = Caller::external("+31205550100".parse().unwrap());
        let request = Request {
            caller,
            dialled,
            ..Request::default()
        };
        self.calls
            .insert(name, Call::new(self.config.clone(), request));
        self.tell(name, Input::Start);
    }

    /// Tells a call a fact, and all that follows from it.
    fn tell(&mut self, call: u64, input: Input) {
        self.facts.push_back((call, input));
        while let Some((name, input)) = self.facts.pop_front() {
            if let Input::LegHungUp(leg) | Input::LegFailed(leg, _) = &input {
                self.legs.remove(&(name, *leg));
                self.answered.remove(&(name, *leg));
            }
            let actions = self.calls.get_mut(&name).unwrap().handle(self.now, input);
            for action in actions {
                self.act(name, &action);
            }
        }
    }

    fn act(&mut self, name: u64, action: &Action) {
        let call = CallRef(name);
        match *action {
            Action::Queue(QueueAction::AskCenter(center)) => {
                let fact = self.acd.fact(center, self.now);
                self.facts.push_back((name, Input::Center(fact)));
            }
            Action::Queue(QueueAction::AskQueue) => {
                if let Some(place) = self.acd.place(call, self.now) {
                    self.facts.push_back((name, Input::Queue(place)));
                }
            }
            Action::Line(LineAction::AskLine(user)) => {
                let calls = self.legs.values().filter(|rung| **rung == user).count();
                let devices = vec![DeviceId(user.0)];
                let line = LineFact {
                    user,
                    devices,
                    calls: calls as u16,
                    unavailable: false,
                };
                self.facts.push_back((name, Input::Line(line)));
            }
            Action::Queue(QueueAction::Enqueue { center, since }) => {
                assert!(self.queued.insert(name), "a call is in one queue");
                self.acd(acd::Input::Enter {
                    call,
                    center,
                    since,
                });
            }
            Action::Queue(QueueAction::Dequeue) => {
                self.queued.remove(&name);
                self.acd(acd::Input::Leave { call });
            }
            Action::Queue(QueueAction::Offer { agent, result }) => {
                if result == OfferResult::Answered {
                    assert!(
                        self.queued.remove(&name),
                        "only a call that waits is answered"
                    );
                    assert_eq!(
                        self.serving.insert(agent, name),
                        None,
                        "an agent has one call"
                    );
                }
                if result == OfferResult::Over && self.serving.get(&agent) == Some(&name) {
                    self.serving.remove(&agent);
                }
                self.acd(acd::Input::Offer {
                    call,
                    agent,
                    result,
                });
            }
            Action::Leg(LegAction::Ring { leg, endpoint, .. }) => {
                let user = match endpoint {
                    Endpoint::Device(user, _) | Endpoint::Mobile(user, _) => user,
                    _ => UserId(0),
                };
                let elsewhere = self
                    .legs
                    .iter()
                    .any(|((other, _), rung)| *rung == user && *other != name);
                assert!(
                    !elsewhere || !AGENTS.contains(&user.0),
                    "an agent never gets two calls at once"
                );
                assert!(
                    self.legs.insert((name, leg), user).is_none(),
                    "a leg is named once"
                );
            }
            Action::Leg(LegAction::CancelLeg(leg)) => {
                assert!(
                    self.legs.remove(&(name, leg)).is_some(),
                    "only open legs are given up"
                );
                self.answered.remove(&(name, leg));
            }
            Action::Leg(LegAction::Bridge(leg)) | Action::Media(MediaAction::PlayTo(leg, _)) => {
                assert!(self.answered.contains(&(name, leg)));
            }
            Action::Leg(
                LegAction::Unbridge(_)
                | LegAction::Conference(_)
                | LegAction::BecomeCaller(_)
                | LegAction::Release(_),
            )
            | Action::Line(_)
            | Action::Signal(_)
            | Action::Media(_)
            | Action::Mailbox(_)
            | Action::Service(_) => {}
        }
    }

    /// Lets the next timer go off, if one does within so many seconds; else lets them pass.
    fn pass(&mut self, seconds: i64) {
        let until = self.now.plus_seconds(seconds);
        loop {
            let call = self
                .calls
                .iter()
                .filter_map(|(name, call)| Some((call.next_timeout()?, *name)))
                .min();
            let queue = self.acd.next_timeout();
            let next = call.map(|(at, _)| at).into_iter().chain(queue).min();
            let Some(at) = next.filter(|at| *at <= until) else {
                break;
            };
            self.now = self.now.max(at);
            if let Some((_, name)) = call.filter(|(due, _)| *due == at) {
                self.tell(name, Input::TimerElapsed);
            } else {
                self.acd(acd::Input::TimerElapsed);
                self.spread();
            }
        }
        self.now = until;
    }

    /// Tells the calls what the distributor decided.
    fn spread(&mut self) {
        if let Some((call, input)) = self.facts.pop_front() {
            self.tell(call, input);
        }
    }

    fn happen(&mut self, (what, which): (u8, u8)) {
        let pick = usize::from(which);
        let leg = self.legs.keys().nth(pick % self.legs.len().max(1)).copied();
        let waits = leg.filter(|leg| !self.answered.contains(leg));
        let talks = leg.filter(|leg| self.answered.contains(leg));
        let open: Vec<u64> = self
            .calls
            .iter()
            .filter(|(_, call)| !call.ended())
            .map(|(name, _)| *name)
            .collect();
        let any = open.get(pick % open.len().max(1)).copied();
        let agent = UserId(AGENTS[pick % AGENTS.len()]);
        match (what % 12, waits, talks, any) {
            (0 | 1, ..) => self.begin(pick),
            (2 | 3, Some(leg), ..) => {
                self.answered.insert(leg);
                self.tell(leg.0, Input::LegAnswered(leg.1));
            }
            (4, Some(leg), ..) => self.tell(leg.0, Input::LegFailed(leg.1, LegFailure::Busy)),
            (5, _, Some(leg), _) => self.tell(leg.0, Input::LegHungUp(leg.1)),
            (6, _, Some(leg), _) => self.tell(leg.0, Input::LegFinished(leg.1)),
            (6, _, None, Some(name)) | (10, .., Some(name)) => self.tell(name, Input::Finished),
            (7, .., Some(name)) if which % 3 == 0 => self.tell(name, Input::CallerHungUp),
            (8, ..) => {
                let state = match which % 4 {
                    0 => AgentState::Unavailable { code: None },
                    1 => AgentState::SignedOut,
                    _ => AgentState::Available,
                };
                self.acd(acd::Input::SetState { agent, state });
                self.spread();
            }
            (9, .., Some(name)) => {
                self.tell(name, Input::Key(Side::Caller, '9'.try_into().unwrap()));
            }
            _ => self.pass(i64::from(which % 40)),
        }
    }

    /// What calls and distributor believe of each other is the same.
    fn agree(&self) -> Result<(), TestCaseError> {
        for name in self.calls.keys() {
            let place = self.acd.place(CallRef(*name), self.now).is_some();
            prop_assert_eq!(
                place,
                self.queued.contains(name),
                "call {} is in its queue",
                name
            );
        }
        for agent in AGENTS.map(UserId) {
            let handling = self.acd.agent(agent).unwrap().handling;
            prop_assert_eq!(
                handling,
                u16::from(self.serving.contains_key(&agent)),
                "agent {}",
                agent
            );
        }
        Ok(())
    }
}

fn forward_or(to: &'static str) -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"do": "busy"})),
        Just(json!({"do": "ring"})),
        Just(json!({"do": "forward", "to": to})),
    ]
}

fn center(nth: usize) -> impl Strategy<Value = Value> {
    let to = ["161", "162", "160"][nth];
    let policies = prop::sample::select(vec![
        "regular",
        "circular",
        "simultaneous",
        "uniform",
        "weighted",
    ]);
    let stranded = prop_oneof![
        Just(json!({"do": "stay"})),
        Just(json!({"do": "announce"})),
        Just(json!({"do": "night"})),
        forward_or(to),
    ];
    let flags = any::<[bool; 8]>();
    (policies, forward_or(to), stranded, flags, 0..4u16, prop::option::of(1..3u8), prop::option::of(5..60u16))
        .prop_map(move |(policy, overflow, stranded, flags, length, rings, after)| {
            let [welcome, mandatory, whisper, bypass, ringback, number, unavailable, reset] = flags;
            json!({
                "id": CENTERS[nth],
                "identity": {"name": format!("Center {nth}"), "location": 1,
                    "number": format!("+3130555016{nth}"), "extension": format!("16{nth}"), "packs": [1]},
                "policy": policy,
                "agents": AGENTS.iter().map(|agent| json!({"user": agent, "weight": 30})).collect::<Vec<_>>(),
                "queue": {"length": length, "leave_key": "9", "ringback_on_offer": ringback, "reset_statistics": reset},
                "announcements": {"welcome": welcome, "welcome_mandatory": mandatory, "whisper": whisper,
                    "estimate": "position", "comfort": true, "comfort_interval": 10},
                "bypass": {"active": bypass, "below_seconds": 120, "announce_after": 5},
                "bounced": {"after_rings": rings, "number": number.then_some(to), "when_unavailable": unavailable},
                "overflow": {"action": overflow, "after_seconds": after},
                "stranded": {"action": stranded},
            })
        })
}

fn world(centers: [Value; 3]) -> World {
    let mut organisation = support::organisation();
    organisation.call_centers = centers
        .map(|center| serde_json::from_value(center).unwrap())
        .to_vec();
    World::new(Arc::new(Snapshot::of(&organisation, &support::zone)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_call_is_lost_and_no_agent_gets_two(
        centers in [center(0), center(1), center(2)],
        events in prop::collection::vec(any::<(u8, u8)>(), 0..120),
    ) {
        let mut world = world(centers);
        for event in events {
            world.happen(event);
            world.agree()?;
        }
        let names: Vec<u64> = world.calls.keys().copied().collect();
        for name in names {
            world.tell(name, Input::CallerHungUp);
        }
        world.agree()?;
        for (name, call) in &world.calls {
            prop_assert!(call.ended(), "call {name} goes on: {:?}", call.trace().last());
            prop_assert!(call.next_timeout().is_none());
            let over = call.trace().iter().filter(|step| matches!(step.what, What::Ended { .. })).count();
            prop_assert_eq!(over, 1);
        }
        prop_assert!(world.legs.is_empty(), "legs left behind: {:?}", world.legs);
        prop_assert!(world.queued.is_empty() && world.serving.is_empty());
        prop_assert_eq!(CENTERS.map(|center| world.acd.waiting(UserId(center)).count()), [0; 3]);
    }
}

/// An agent who hangs up while the whisper plays: the call goes back into the queue with the wait it had.
#[test]
fn an_agent_who_is_gone_before_the_call_gives_it_back() {
    let center = |nth: usize| {
        json!({"id": CENTERS[nth], "identity": {"name": nth.to_string(), "location": 1,
            "number": format!("+3130555016{nth}")}, "policy": "circular", "agents": [{"user": 1}, {"user": 2}],
            "announcements": {"whisper": true}})
    };
    let mut world = world([center(0), center(1), center(2)]);
    world.begin(0);
    let rung = |world: &World| -> Vec<(u64, LegId)> { world.legs.keys().copied().collect() };
    let first = rung(&world)[0];
    world.answered.insert(first);
    world.tell(1, Input::LegAnswered(first.1));
    assert_eq!(world.serving.len(), 1);
    world.pass(5);
    world.tell(1, Input::LegHungUp(first.1));
    let second = rung(&world)[0];
    assert_eq!(
        world.legs[&second],
        UserId(2),
        "anna answered last, bert is next"
    );
    world.answered.insert(second);
    world.tell(1, Input::LegAnswered(second.1));
    world.tell(1, Input::LegFinished(second.1));
    let steps: Vec<String> = world.calls[&1]
        .trace()
        .iter()
        .filter_map(|step| match &step.what {
            What::Queue(step) => Some(
                serde_json::to_value(step).unwrap()["queue"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
            ),
            What::Answered { .. } => Some("answered".to_owned()),
            _ => None,
        })
        .filter(|step| step != "considered")
        .collect();
    assert_eq!(
        steps,
        [
            "found",
            "joins",
            "offered",
            "ringback",
            "whisper",
            "agent-gone",
            "joins",
            "offered",
            "ringback",
            "whisper",
            "answered"
        ]
    );
}

/// What happens to a call over a day changes at the hours of the call center, to the minute.
#[test]
fn a_day_has_the_edges_of_the_hours() {
    let mut organisation = support::organisation();
    let center = json!({"id": 60, "identity": {"name": "Sales", "location": 1, "number": "+31305550160"},
        "agents": [{"user": 1}], "night": {"action": {"do": "forward", "to": "103"}, "hours": 1}});
    organisation.call_centers = vec![serde_json::from_value(center).unwrap()];
    let config = Arc::new(Snapshot::of(&organisation, &support::zone));
    let caller = Caller::external("+31205550100".parse().unwrap());
    let request = Request {
        caller,
        dialled: "+31305550160".into(),
        ..Request::default()
    };
    let midnight = START.plus_seconds(-10 * 3600);
    let day = what_if::map(
        &config,
        &WhatIf {
            request,
            at: midnight,
            ..WhatIf::default()
        },
        midnight.plus_seconds(24 * 3600),
    );
    let hours: Vec<f64> = day
        .iter()
        .map(|stretch| stretch.from.since(midnight) as f64 / 3_600_000.0)
        .collect();
    assert_eq!(hours, [0.0, 8.5, 17.5]);
    assert_eq!(
        day.iter()
            .map(|stretch| stretch.diverted)
            .collect::<Vec<_>>(),
        [true, false, true]
    );
}
