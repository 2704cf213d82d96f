//! The distributor beside a plain model that knows each rule as a sentence and looks at everything each time.

use crate::world::{START, snapshot};
use centrale_core::acd::{Acd, AgentState, Effect, Input};
use centrale_core::id::{CallRef, UserId};
use centrale_core::organisation::{Member, Policy};
use centrale_core::outcome::{OfferResult, Unqueued};
use centrale_core::policy::{Memory, order};
use centrale_core::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const AGENTS: u32 = 6;
const CENTERS: u32 = 3;

#[derive(Clone, Debug)]
enum Act {
    Enter(u32),
    Leave(usize),
    Answer(usize, usize),
    Fail(usize, usize),
    Over(usize),
    Hold(usize, bool),
    State(u32, u8),
    Line(u32, u8),
    Join(u32, u32, bool),
    Pass(i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (1..=CENTERS).prop_map(Act::Enter),
        1 => any::<usize>().prop_map(Act::Leave),
        5 => any::<(usize, usize)>().prop_map(|(call, agent)| Act::Answer(call, agent)),
        2 => any::<(usize, usize)>().prop_map(|(call, agent)| Act::Fail(call, agent)),
        4 => any::<usize>().prop_map(Act::Over),
        1 => any::<(usize, bool)>().prop_map(|(call, on)| Act::Hold(call, on)),
        3 => (0..AGENTS, 0..8_u8).prop_map(|(agent, state)| Act::State(agent, state)),
        3 => (0..AGENTS, 0..8_u8).prop_map(|(agent, line)| Act::Line(agent, line)),
        1 => (0..AGENTS, 1..=CENTERS, any::<bool>()).prop_map(|(agent, center, on)| Act::Join(agent, center, on)),
        4 => (0..20_000_i64).prop_map(Act::Pass),
    ]
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Waiting,
    Offered(Vec<u32>),
    Talking(u32),
}

#[derive(Clone, Debug)]
struct Call {
    center: u32,
    since: Timestamp,
    arrival: u64,
    first_offered: Option<Timestamp>,
    bounced: bool,
    tried: bool,
    stage: Stage,
}

/// What the effects say has happened.
struct Model {
    acd: Acd,
    now: Timestamp,
    calls: BTreeMap<u64, Call>,
    answered: BTreeMap<u32, BTreeMap<UserId, Timestamp>>,
    last: BTreeMap<u32, UserId>,
    policies: Vec<Policy>,
    names: u64,
    entered: u64,
    ended: u64,
}

impl Model {
    fn user(agent: u32) -> UserId {
        UserId(100 + agent)
    }

    fn give(&mut self, input: Input) {
        let mut out = Vec::new();
        self.acd.handle(self.now, input, &mut out);
        for effect in out {
            self.hear(&effect);
        }
        self.agree();
    }

    fn hear(&mut self, effect: &Effect) {
        match effect {
            Effect::Offer {
                call,
                center,
                agents,
            } => {
                let offered: Vec<u32> = agents
                    .as_slice()
                    .iter()
                    .map(|agent| agent.0 - 100)
                    .collect();
                for agent in &offered {
                    let rings = self
                        .calls
                        .values()
                        .any(|c| matches!(&c.stage, Stage::Offered(to) if to.contains(agent)));
                    assert!(!rings, "agent {agent} is offered one call at a time");
                }
                let call = self
                    .calls
                    .get_mut(&call.0)
                    .expect("an offered call is known");
                assert_eq!(
                    (call.center, &call.stage),
                    (center.0, &Stage::Waiting),
                    "what is offered waits"
                );
                assert!(!offered.is_empty());
                call.stage = Stage::Offered(offered);
                call.first_offered.get_or_insert(self.now);
            }
            Effect::Withdraw { call } => {
                let call = self
                    .calls
                    .get_mut(&call.0)
                    .expect("a withdrawn call is known");
                assert_ne!(
                    call.stage,
                    Stage::Waiting,
                    "what is withdrawn was with an agent"
                );
                (call.stage, call.bounced, call.tried) = (Stage::Waiting, true, true);
            }
            Effect::Release { call, why, .. } => {
                let call = self
                    .calls
                    .remove(&call.0)
                    .expect("a released call is known, and released once");
                assert!(
                    !matches!(call.stage, Stage::Talking(_)),
                    "nobody talks to what is released"
                );
                if *why == Unqueued::Full {
                    assert!(
                        self.calls
                            .values()
                            .any(|c| c.stage == Stage::Waiting && c.center == call.center)
                    );
                }
                self.ended += 1;
            }
            Effect::AgentChanged { .. } | Effect::CenterChanged { .. } | Effect::Alert { .. } => {}
        }
    }

    /// What holds between any two inputs.
    fn agree(&self) {
        assert_eq!(
            self.entered,
            self.ended + self.calls.len() as u64,
            "no call is lost"
        );
        for center in 1..=CENTERS {
            let mut waiting: Vec<_> = self
                .calls
                .iter()
                .filter(|(_, c)| c.center == center && c.stage == Stage::Waiting)
                .collect();
            waiting.sort_by_key(|(_, c)| {
                (
                    !c.bounced,
                    if c.bounced {
                        c.first_offered
                    } else {
                        Some(c.since)
                    },
                    c.arrival,
                )
            });
            let waiting: Vec<u64> = waiting.into_iter().map(|(name, _)| *name).collect();
            let told: Vec<u64> = self
                .acd
                .waiting(UserId(center))
                .map(|(call, _)| call.0)
                .collect();
            assert_eq!(told, waiting, "the order of those who wait at {center}");
            for (place, call) in (1..).zip(told) {
                let fact = self
                    .acd
                    .place(CallRef(call), self.now)
                    .expect("who waits has a place");
                assert_eq!(
                    (fact.position, fact.others),
                    (place, waiting.len() as u16 - 1)
                );
            }
            let fact = self.acd.fact(UserId(center), self.now);
            assert_eq!(usize::from(fact.waiting), waiting.len());
            assert!(
                !fact.agent_free || waiting.is_empty(),
                "nobody waits for an idle agent"
            );
        }
        for agent in 0..AGENTS {
            let known = self.acd.agent(Self::user(agent)).expect("an agent");
            let talks = self
                .calls
                .values()
                .filter(|c| c.stage == Stage::Talking(agent))
                .count();
            let rings = self
                .calls
                .iter()
                .find(|(_, c)| matches!(&c.stage, Stage::Offered(to) if to.contains(&agent)));
            assert_eq!(usize::from(known.handling), talks);
            assert_eq!(known.offered, rings.map(|(name, _)| CallRef(*name)));
        }
    }

    fn pick(&self, nth: usize, of: impl Fn(&Call) -> bool) -> Option<u64> {
        let fits: Vec<u64> = self
            .calls
            .iter()
            .filter(|(_, call)| of(call))
            .map(|(name, _)| *name)
            .collect();
        (!fits.is_empty()).then(|| fits[nth % fits.len()])
    }

    fn offered(&self, call: u64, nth: usize) -> u32 {
        match &self.calls[&call].stage {
            Stage::Offered(to) => to[nth % to.len()],
            stage => panic!("{stage:?}"),
        }
    }

    /// Who is next at a center, if the distributor is right about who is idle and nobody missed the call.
    fn expected(&self, center: u32) -> Option<UserId> {
        let members: Vec<Member> = (0..AGENTS)
            .filter(|a| seats(center, *a))
            .map(|a| Member {
                user: Self::user(a),
                weight: 0,
            })
            .collect();
        let none = BTreeMap::new();
        let memory = Memory {
            last_answered: self.last.get(&center).copied(),
            answered_at: self.answered.get(&center).unwrap_or(&none),
        };
        let policy = self.policies[center as usize - 1];
        order(policy, &members, &|user| self.idle(user, center), memory, 0)
            .first()
            .copied()
    }

    fn idle(&self, user: UserId, center: u32) -> bool {
        let agent = self.acd.agent(user).expect("an agent");
        let joined = self
            .acd
            .queues_of(user)
            .any(|(queue, joined)| queue.0 == center && joined);
        // Center 3 has call waiting, center 2 offers during wrap-up.
        let busy = agent.calls.max(agent.handling);
        joined
            && agent.reachable
            && !agent.do_not_disturb
            && agent.offered.is_none()
            && (agent.state == AgentState::Available
                || agent.state == AgentState::WrapUp && center == 2)
            && (busy == 0 || busy == 1 && center == 3)
    }

    fn run(&mut self, act: &Act) {
        let waits = |call: &Call| !matches!(call.stage, Stage::Talking(_));
        let rings = |call: &Call| matches!(call.stage, Stage::Offered(_));
        let talks = |call: &Call| matches!(call.stage, Stage::Talking(_));
        match *act {
            Act::Enter(center) => {
                self.names += 1;
                self.entered += 1;
                let (name, since) = (self.names, self.now);
                let stage = Stage::Waiting;
                let call = Call {
                    center,
                    since,
                    arrival: name,
                    first_offered: None,
                    bounced: false,
                    tried: false,
                    stage,
                };
                self.calls.insert(name, call);
                // Those who missed a call rest: then the next one is not known to the model.
                let expected = self.expected(center);
                let policy = self.policies[center as usize - 1];
                let told = self.acd.next_agent(UserId(center));
                self.give(Input::Enter {
                    call: CallRef(name),
                    center: UserId(center),
                    since,
                });
                if let Some(Call {
                    stage: Stage::Offered(to),
                    ..
                }) = self.calls.get(&name)
                {
                    let first = Self::user(to[0]);
                    assert_eq!(told, Some(first));
                    assert!(expected.is_some());
                    if policy != Policy::Weighted && !self.someone_rests() {
                        assert_eq!(Some(first), expected, "{policy:?}");
                    }
                } else if !self.someone_rests() {
                    assert_eq!(expected, None, "an idle agent gets the call");
                }
            }
            Act::Leave(nth) => {
                if let Some(name) = self.pick(nth, waits) {
                    self.calls.remove(&name);
                    self.ended += 1;
                    self.give(Input::Leave {
                        call: CallRef(name),
                    });
                }
            }
            Act::Answer(nth, agent) => {
                let Some(name) = self.pick(nth, rings) else {
                    return;
                };
                let agent = self.offered(name, agent);
                let call = self.calls.get_mut(&name).expect("picked");
                call.stage = Stage::Talking(agent);
                let center = call.center;
                self.answered
                    .entry(center)
                    .or_default()
                    .insert(Self::user(agent), self.now);
                self.last.insert(center, Self::user(agent));
                let result = OfferResult::Answered;
                self.give(Input::Offer {
                    call: CallRef(name),
                    agent: Self::user(agent),
                    result,
                });
            }
            Act::Fail(nth, agent) => {
                let Some(name) = self.pick(nth, rings) else {
                    return;
                };
                let agent = self.offered(name, agent);
                let call = self.calls.get_mut(&name).expect("picked");
                call.tried = true;
                if let Stage::Offered(to) = &mut call.stage {
                    to.retain(|other| *other != agent);
                    if to.is_empty() {
                        (call.stage, call.bounced) = (Stage::Waiting, true);
                    }
                }
                let result = OfferResult::Failed;
                self.give(Input::Offer {
                    call: CallRef(name),
                    agent: Self::user(agent),
                    result,
                });
            }
            Act::Over(nth) => {
                let Some(name) = self.pick(nth, talks) else {
                    return;
                };
                let Some(Call {
                    stage: Stage::Talking(agent),
                    ..
                }) = self.calls.remove(&name)
                else {
                    return;
                };
                self.ended += 1;
                let result = OfferResult::Over;
                self.give(Input::Offer {
                    call: CallRef(name),
                    agent: Self::user(agent),
                    result,
                });
            }
            Act::Hold(nth, on) => {
                let Some(name) = self.pick(nth, talks) else {
                    return;
                };
                self.give(Input::Held {
                    call: CallRef(name),
                    since: on.then_some(self.now),
                });
            }
            Act::State(agent, state) => {
                let state = match state {
                    0 => AgentState::SignedOut,
                    1 => AgentState::Unavailable { code: None },
                    2 => AgentState::WrapUp,
                    _ => AgentState::Available,
                };
                self.give(Input::SetState {
                    agent: Self::user(agent),
                    state,
                });
            }
            Act::Line(agent, line) => self.give(Input::Line {
                agent: Self::user(agent),
                calls: u16::from(line == 0),
                reachable: line != 1,
                do_not_disturb: line == 2,
            }),
            Act::Join(agent, center, true) => {
                self.give(Input::Join {
                    agent: Self::user(agent),
                    center: UserId(center),
                });
            }
            Act::Join(agent, center, false) => {
                self.give(Input::Part {
                    agent: Self::user(agent),
                    center: UserId(center),
                });
            }
            Act::Pass(ms) => {
                let until = self.now.plus_ms(ms);
                while let Some(due) = self.acd.next_timeout().filter(|due| *due <= until) {
                    assert!(due >= self.now, "no timer is left behind");
                    self.now = due;
                    self.give(Input::TimerElapsed);
                    assert!(
                        self.acd.next_timeout().is_none_or(|next| next > due),
                        "time goes on"
                    );
                }
                self.now = until;
            }
        }
    }

    /// Something bounced in the time that a rest lasts, or may have: then who is idle is not known from outside.
    fn someone_rests(&self) -> bool {
        self.acd.next_timeout().is_some()
    }
}

fn seats(center: u32, agent: u32) -> bool {
    // Everybody but one at each center.
    agent != center
}

fn center(id: u32, policy: Policy, options: (bool, bool, bool)) -> Value {
    let agents: Vec<Value> = (0..AGENTS)
        .filter(|a| seats(id, *a))
        .map(|a| json!({"user": 100 + a, "weight": a * 10}))
        .collect();
    let (bounces, overflows, strands) = options;
    json!({
        "policy": policy,
        "agents": agents,
        "priority": 9 - id,
        "queue": {"length": 4},
        "agent": {
            "call_waiting": id == 3,
            "offer_in_wrap_up": id == 2,
            "after_call": if overflows { json!({"state": "wrap-up"}) } else { json!({"state": "available"}) },
            "max_wrap_up": if strands { json!(15) } else { json!(null) },
        },
        "bounced": if bounces {
            json!({"after_rings": 2, "after_held": 10, "when_unavailable": id == 1,
                "number": if id == 2 { json!("+31205550142") } else { json!(null) }})
        } else {
            json!({})
        },
        "overflow": {"after_seconds": if overflows { json!(30) } else { json!(null) }},
        "stranded": {"action": {"do": if strands { "busy" } else { "stay" }}},
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    use Policy::{Circular, Regular, Simultaneous, Uniform, Weighted};
    prop::sample::select(vec![Regular, Circular, Simultaneous, Uniform, Weighted])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_model(
        policies in prop::collection::vec(policy(), CENTERS as usize),
        options in any::<(bool, bool, bool)>(),
        (guard, by_priority, on_bounce) in any::<(bool, bool, bool)>(),
        acts in prop::collection::vec(act(), 1..150),
    ) {
        let centers: Vec<Value> = policies.iter().zip(1..).map(|(p, id)| center(id, *p, options)).collect();
        let defaults = json!({
            "guard_seconds": if guard { json!(5) } else { json!(null) },
            "routing": if by_priority { "priority" } else { "longest-wait" },
            "unavailable_on_bounce": on_bounce,
        });
        let mut acd = Acd::new(7);
        let now = Timestamp::from_seconds(START);
        acd.configure(now, &snapshot(&centers, &defaults), &mut Vec::new());
        let mut model = Model { acd, now, calls: BTreeMap::new(), answered: BTreeMap::new(), last: BTreeMap::new(),
            policies, names: 0, entered: 0, ended: 0 };
        for agent in 0..AGENTS {
            model.run(&Act::Line(agent, 9));
            model.run(&Act::State(agent, 9));
        }
        for act in &acts {
            model.run(act);
        }
        // Let it come to rest: all who talk hang up, and each caller gives up.
        for call in model.calls.keys().copied().collect::<Vec<_>>() {
            model.calls.remove(&call);
            model.ended += 1;
            let mut out = Vec::new();
            model.acd.handle(model.now, Input::Leave { call: CallRef(call) }, &mut out);
            for effect in out {
                model.hear(&effect);
            }
        }
        model.agree();
        let total = |center| model.acd.statistics(UserId(center)).expect("counted").total();
        let all = (1..=CENTERS).map(total).fold(0, |sum, c| sum + u64::from(c.offered));
        prop_assert_eq!(all, model.entered);
        let ends = (1..=CENTERS).map(total).fold(0, |sum, c| {
            sum + u64::from(c.answered + c.abandoned + c.overflowed + c.stranded + c.bounced_away)
        });
        prop_assert!(ends >= model.entered && model.ended == model.entered);
    }
}
