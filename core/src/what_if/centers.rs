//! Call centers in a story: their agents are as the question says, and the real distributor offers the calls.

use crate::acd::{self, Acd, AgentState, Effect};
use crate::call::Input;
use crate::id::{CallRef, UserId};
use crate::organisation::CallCenter;
use crate::outcome::{CenterFact, LineFact, OfferResult, QueueFact};
use crate::service::do_not_disturb;
use crate::snapshot::{Role, Snapshot};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The call that the story is about.
const OURS: CallRef = CallRef(0);
/// How long the calls ahead have waited at least, in milliseconds.
const WAITED_MS: i64 = 60_000;

/// How call centers are found when the call comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CentersScript {
    /// What agents are; those not named are available. All are joined.
    pub agents: BTreeMap<UserId, AgentState>,
    /// Calls that wait already in each queue that the call reaches. While some do, every agent who could take one is on
    /// another call of the call center, and each call takes the call center's usual time.
    pub ahead: u16,
    /// What codes have forced, by call center.
    pub forced: BTreeMap<UserId, Forced>,
}

/// What codes have forced at a call center.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Forced {
    /// Night service.
    pub night: Option<bool>,
    /// Forced forwarding.
    pub forwarding: Option<bool>,
}

/// The distributor of a story, with the calls besides the one that is told.
pub(super) struct Queues {
    acd: Acd,
    now: Timestamp,
    /// When the other calls that are talked to end.
    ends: BTreeSet<(Timestamp, CallRef, UserId)>,
    /// Call centers whose calls ahead are there.
    filled: BTreeSet<UserId>,
    others: u64,
    /// How long a call of each call center usually takes, in milliseconds.
    usual_ms: BTreeMap<UserId, i64>,
}

impl Queues {
    /// All call centers and their agents, before any call.
    pub(super) fn new(
        config: &Snapshot,
        script: &CentersScript,
        seed: u64,
        line: &dyn Fn(UserId) -> LineFact,
        now: Timestamp,
    ) -> Self {
        let mut queues = Self {
            acd: Acd::new(seed),
            now,
            ends: BTreeSet::new(),
            filled: BTreeSet::new(),
            others: 0,
            usual_ms: config
                .call_centers()
                .map(|center| (center.id, usual_ms(center)))
                .collect(),
        };
        queues.acd.configure(now, config, &mut Vec::new());
        let members = |center: &CallCenter| -> Vec<(UserId, UserId)> {
            center
                .agents
                .iter()
                .map(|member| (center.id, member.user))
                .collect()
        };
        let seats: Vec<_> = config
            .call_centers()
            .flat_map(|center| members(center))
            .collect();
        for (center, agent) in &seats {
            queues.give(acd::Input::Join {
                agent: *agent,
                center: *center,
            });
        }
        let agents: BTreeSet<UserId> = seats.into_iter().map(|(_, agent)| agent).collect();
        for agent in agents {
            let state = script
                .agents
                .get(&agent)
                .copied()
                .unwrap_or(AgentState::Available);
            queues.give(acd::Input::SetState { agent, state });
            queues.give(line_of(config, agent, &line(agent)));
        }
        for (center, Forced { night, forwarding }) in &script.forced {
            queues.give(acd::Input::Force {
                center: *center,
                night: *night,
                forwarding: *forwarding,
            });
        }
        queues
    }

    /// How a call center is, with its calls ahead.
    pub(super) fn fact(
        &mut self,
        config: &Snapshot,
        center: UserId,
        ahead: u16,
        now: Timestamp,
    ) -> CenterFact {
        self.now = self.now.max(now);
        if let Some(Role::CallCenter(center)) = config.user(center).map(|s| &s.role)
            && self.filled.insert(center.id)
        {
            self.fill(center, ahead);
        }
        self.acd.fact(center, self.now)
    }

    /// Lets the calls ahead come in: those that keep the agents busy, then those that wait.
    fn fill(&mut self, center: &CallCenter, ahead: u16) {
        if ahead == 0 {
            return;
        }
        let mut taken = Vec::new();
        for _ in 0..center.agents.len() {
            if !self.acd.fact(center.id, self.now).agent_free {
                break;
            }
            self.enter_other(center.id);
            taken.extend(std::mem::take(&mut self.ends));
        }
        let calls = taken.len() as i64;
        for (nth, (_, call, agent)) in (1..).zip(taken) {
            self.ends.insert((
                self.now.plus_ms(usual_ms(center) * nth / calls),
                call,
                agent,
            ));
        }
        (0..ahead).for_each(|_| self.enter_other(center.id));
    }

    fn enter_other(&mut self, center: UserId) {
        self.others += 1;
        let since = self.now.plus_ms(-WAITED_MS);
        self.give(acd::Input::Enter {
            call: CallRef(self.others),
            center,
            since,
        });
    }

    /// The call that the story is about comes into a queue.
    pub(super) fn enter(&mut self, center: UserId, since: Timestamp, now: Timestamp) -> Vec<Input> {
        self.tell(
            now,
            acd::Input::Enter {
                call: OURS,
                center,
                since,
            },
        )
    }

    /// It is gone from the queue.
    pub(super) fn leave(&mut self, now: Timestamp) -> Vec<Input> {
        self.tell(now, acd::Input::Leave { call: OURS })
    }

    /// What became of an offer of it.
    pub(super) fn offer(
        &mut self,
        agent: UserId,
        result: OfferResult,
        now: Timestamp,
    ) -> Vec<Input> {
        self.tell(
            now,
            acd::Input::Offer {
                call: OURS,
                agent,
                result,
            },
        )
    }

    /// Its agent holds it, or took it back.
    pub(super) fn held(&mut self, holds: bool, now: Timestamp) -> Vec<Input> {
        self.tell(
            now,
            acd::Input::Held {
                call: OURS,
                since: holds.then_some(now),
            },
        )
    }

    /// An agent is in another state.
    pub(super) fn set_state(
        &mut self,
        agent: UserId,
        state: AgentState,
        now: Timestamp,
    ) -> Vec<Input> {
        self.tell(now, acd::Input::SetState { agent, state })
    }

    /// Where it stands.
    pub(super) fn place(&self, now: Timestamp) -> QueueFact {
        self.acd.place(OURS, now).unwrap_or_default()
    }

    /// When [`Queues::elapse`] is due.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.acd
            .next_timeout()
            .into_iter()
            .chain(self.ends.first().map(|(at, ..)| *at))
            .min()
    }

    /// Lets time pass.
    pub(super) fn elapse(&mut self, now: Timestamp) -> Vec<Input> {
        if let Some((at, call, agent)) = self.ends.first().copied().filter(|(at, ..)| *at <= now) {
            self.ends.remove(&(at, call, agent));
            return self.tell(
                now,
                acd::Input::Offer {
                    call,
                    agent,
                    result: OfferResult::Over,
                },
            );
        }
        self.tell(now, acd::Input::TimerElapsed)
    }

    fn tell(&mut self, now: Timestamp, input: acd::Input) -> Vec<Input> {
        self.now = self.now.max(now);
        self.give(input)
    }

    /// Gives the distributor a fact; what follows for the call is returned, and other calls are answered at once.
    fn give(&mut self, input: acd::Input) -> Vec<Input> {
        let mut inputs = Vec::new();
        let mut facts = vec![input];
        while let Some(fact) = facts.pop() {
            let mut effects = Vec::new();
            self.acd.handle(self.now, fact, &mut effects);
            for effect in effects {
                match effect {
                    Effect::Offer {
                        call: OURS, agents, ..
                    } => {
                        inputs.push(Input::Offered(agents.as_slice().to_vec()));
                    }
                    Effect::Withdraw { call: OURS } => inputs.push(Input::Withdrawn),
                    Effect::Release {
                        call: OURS, why, ..
                    } => inputs.push(Input::Unqueued(why)),
                    Effect::Offer {
                        call,
                        center,
                        agents,
                    } => {
                        if let Some(agent) = agents.as_slice().first().copied() {
                            facts.push(acd::Input::Offer {
                                call,
                                agent,
                                result: OfferResult::Answered,
                            });
                            let usual_ms = self.usual_ms.get(&center).copied().unwrap_or(0);
                            self.ends.insert((self.now.plus_ms(usual_ms), call, agent));
                        }
                    }
                    _ => {}
                }
            }
        }
        inputs
    }
}

fn usual_ms(center: &CallCenter) -> i64 {
    i64::from(center.announcements.handling_minutes) * 60_000
}

fn line_of(config: &Snapshot, agent: UserId, line: &LineFact) -> acd::Input {
    let subscriber = config.user(agent);
    let mobile =
        subscriber.is_some_and(|s| s.user.profile.rings_mobile() && s.user.mobile.is_some());
    let do_not_disturb = subscriber.is_some_and(do_not_disturb::is_on);
    acd::Input::Line {
        agent,
        calls: line.calls,
        reachable: mobile || !line.devices.is_empty(),
        do_not_disturb,
    }
}
