//! The simulation itself: what happens next, until the plan is over.

use super::agenda::Agenda;
use super::arrivals::Coming;
use super::random::Random;
use super::report::Collected;
use super::{Plan, PlanError, Report, Span, Staff, Stream};
use crate::acd::{Acd, AgentState, AgentsOffered, Effect, EffectSink, INTERVAL_MS, Input};
use crate::id::{CallRef, UserId};
use crate::outcome::OfferResult;
use crate::schedule::Block;
use crate::snapshot::Snapshot;
use crate::time::{Timestamp, Zone};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// The longest that a phone rings at who does not answer, where the call center does not end it before.
const RINGS_OUT_MS: i64 = 60_000;
/// How often what was counted is put away: so often that little memory is taken, and so seldom that it costs nothing.
const PUT_AWAY_MS: i64 = 6 * 3_600_000;

/// Runs a plan against a configuration.
///
/// # Errors
///
/// What makes the plan one that cannot be run.
pub fn run(config: &Snapshot, plan: &Plan) -> Result<Report, PlanError> {
    plan.validate(config)?;
    let mut simulation = Simulation::new(config, plan);
    simulation.open(config);
    simulation.go();
    Ok(simulation.close())
}

/// What happens.
#[derive(Clone, Copy, Debug)]
enum What {
    /// The caller gives up; the number is that of the call's arrival.
    GivesUp(u32, u64),
    /// The agent answers, or does not; the number is that of the offer.
    Offered(u32, u64, UserId, OfferResult),
    /// Caller and agent are done.
    HangsUp(u32, u64),
    /// An agent is done with the work after a call that began then.
    WrappedUp(UserId, Timestamp),
    /// The agents of a group are in another state.
    Staff(usize, AgentState),
    /// What was counted is put away.
    PutAway,
}

/// A call that is not over. Its place in the list is its name.
#[derive(Clone, Copy, Debug, Default)]
struct Ongoing {
    stream: usize,
    /// Counts arrivals, offers and answers: events of before are told by it.
    turn: u64,
    arrived: u64,
    agent: Option<UserId>,
}

struct Simulation<'a> {
    acd: Acd,
    end: Timestamp,
    /// The next call of each stream.
    arrivals: BinaryHeap<Reverse<(Timestamp, usize)>>,
    coming: Vec<Coming<'a>>,
    people: People<'a>,
    collected: Collected,
}

/// Callers and agents: what they do once the distributor wants something of them.
struct People<'a> {
    plan: &'a Plan,
    now: Timestamp,
    events: Agenda<What>,
    /// What happens at this very moment, before all events; those before `done` did.
    soon: Vec<What>,
    done: usize,
    random: Random,
    calls: Vec<Ongoing>,
    free: Vec<u32>,
    turns: u64,
    arrived: u64,
    /// How each agent works, by user id.
    staff: Vec<Option<&'a Staff>>,
}

impl<'a> Simulation<'a> {
    fn new(config: &Snapshot, plan: &'a Plan) -> Self {
        let coming = plan.streams.iter().zip(1..).map(|(stream, nth)| {
            let zone = zone(config, stream.center);
            Coming::new(
                plan,
                &stream.arrivals,
                zone,
                Random::new(plan.seed ^ (nth << 32)),
            )
        });
        let agents = || plan.staff.iter().flat_map(|staff| &staff.agents).copied();
        let centers = config.call_centers().map(|center| center.id);
        let seats = config
            .call_centers()
            .flat_map(|center| &center.agents)
            .map(|seat| seat.user.0 as usize + 1);
        let mut staff = vec![None; seats.max().unwrap_or(0)];
        for group in &plan.staff {
            for agent in &group.agents {
                if let Some(of) = staff.get_mut(agent.0 as usize) {
                    *of = Some(group);
                }
            }
        }
        let (start, end) = (plan.start, plan.end());
        Self {
            acd: Acd::new(plan.seed),
            end,
            arrivals: BinaryHeap::new(),
            coming: coming.collect(),
            people: People {
                plan,
                now: start,
                events: Agenda::new(start, end),
                soon: Vec::new(),
                done: 0,
                random: Random::new(plan.seed),
                calls: Vec::new(),
                free: Vec::new(),
                turns: 0,
                arrived: 0,
                staff,
            },
            collected: Collected::of(centers, agents()),
        }
    }

    /// Everybody has a phone that works, all agents are joined, and each is as the hour says.
    fn open(&mut self, config: &Snapshot) {
        self.acd
            .configure(self.people.now, config, &mut self.people);
        for (group, staff) in self.people.plan.staff.iter().enumerate() {
            for agent in staff.agents.iter().copied() {
                let queues: Vec<UserId> = self
                    .acd
                    .queues_of(agent)
                    .map(|(center, _)| center)
                    .collect();
                for center in queues {
                    self.give(Input::Join { agent, center });
                }
                self.give(Input::Line {
                    agent,
                    calls: 0,
                    reachable: true,
                    do_not_disturb: false,
                });
            }
            let zone = staff
                .agents
                .first()
                .map_or_else(Zone::utc, |agent| zone(config, *agent));
            for (at, state) in states(staff, &zone, self.people.plan.start, self.end) {
                self.people.set(at, What::Staff(group, state));
            }
        }
        let first = self
            .coming
            .iter_mut()
            .enumerate()
            .filter_map(|(nth, of)| Some((of.next()?, nth)));
        self.arrivals.extend(first.map(Reverse));
        self.people
            .set(self.people.now.plus_ms(PUT_AWAY_MS), What::PutAway);
    }

    fn go(&mut self) {
        loop {
            while let Some(what) = self.people.soon.get(self.people.done).copied() {
                self.people.done += 1;
                self.happens(what);
            }
            self.people.soon.clear();
            self.people.done = 0;
            let arrival = self
                .arrivals
                .peek()
                .map_or(self.end, |Reverse((at, _))| *at);
            let event = self.people.events.first().unwrap_or(self.end);
            let timeout = self.acd.next_timeout().unwrap_or(self.end);
            let now = arrival.min(event).min(timeout);
            self.people.now = now;
            if now >= self.end {
                return;
            }
            if now == timeout {
                self.give(Input::TimerElapsed);
            } else if now == event {
                if let Some(what) = self.people.events.take_first() {
                    self.happens(what);
                }
            } else {
                self.arrival();
            }
        }
    }

    fn close(mut self) -> Report {
        self.collected.take(&mut self.acd, self.end, self.end);
        let unfinished = (self.people.calls.len() - self.people.free.len()) as u64;
        self.collected.report(self.people.arrived, unfinished)
    }

    fn arrival(&mut self) {
        let Some(Reverse((_, stream))) = self.arrivals.peek().copied() else {
            return;
        };
        match (self.coming[stream].next(), self.arrivals.peek_mut()) {
            (Some(next), Some(mut first)) => first.0.0 = next,
            (None, Some(first)) => drop(PeekMut::pop(first)),
            (_, None) => {}
        }
        let enter = self.people.arrives(stream);
        self.give(enter);
    }

    fn give(&mut self, input: Input) {
        self.acd.handle(self.people.now, input, &mut self.people);
    }

    fn happens(&mut self, what: What) {
        match what {
            What::GivesUp(call, arrived) => {
                let ongoing = &self.people.calls[call as usize];
                if ongoing.arrived == arrived && ongoing.agent.is_none() {
                    self.people.forget(call);
                    self.give(Input::Leave {
                        call: CallRef(call.into()),
                    });
                }
            }
            What::Offered(call, turn, agent, result) => {
                if self.people.calls[call as usize].turn == turn {
                    if result == OfferResult::Answered {
                        self.people.talks(call, agent);
                    }
                    self.give(Input::Offer {
                        call: CallRef(call.into()),
                        agent,
                        result,
                    });
                }
            }
            What::HangsUp(call, turn) => {
                let ongoing = &self.people.calls[call as usize];
                if let (true, Some(agent)) = (ongoing.turn == turn, ongoing.agent) {
                    self.people.forget(call);
                    self.give(Input::Offer {
                        call: CallRef(call.into()),
                        agent,
                        result: OfferResult::Over,
                    });
                    self.wrap_up(agent);
                }
            }
            What::WrappedUp(agent, since) => {
                let known = self.acd.agent(agent);
                if known
                    .is_some_and(|known| known.state == AgentState::WrapUp && known.since == since)
                {
                    self.give(Input::SetState {
                        agent,
                        state: AgentState::Available,
                    });
                }
            }
            What::Staff(group, state) => {
                let plan = self.people.plan;
                for agent in plan.staff[group].agents.iter().copied() {
                    self.give(Input::SetState { agent, state });
                }
            }
            What::PutAway => {
                // An interval that still goes on began less than its length ago.
                let now = self.people.now;
                self.collected
                    .take(&mut self.acd, now, now.plus_ms(1 - INTERVAL_MS));
                self.people.set(now.plus_ms(PUT_AWAY_MS), What::PutAway);
            }
        }
    }

    fn wrap_up(&mut self, agent: UserId) {
        let Some(known) = self.acd.agent(agent) else {
            return;
        };
        if known.state == AgentState::WrapUp && known.since == self.people.now {
            self.people.wraps_up(agent);
        }
    }
}

impl<'a> People<'a> {
    #[expect(
        clippy::inline_always,
        reason = "inlined, the next event is passed in registers and not through memory"
    )]
    #[inline(always)]
    fn set(&mut self, at: Timestamp, what: What) {
        if at == self.now {
            return self.soon.push(what);
        }
        self.events.set(at, what);
    }

    /// A call comes in.
    fn arrives(&mut self, stream: usize) -> Input {
        self.arrived += 1;
        self.turns += 1;
        let call = self.free.pop().unwrap_or_else(|| {
            self.calls.push(Ongoing::default());
            (self.calls.len() - 1) as u32
        });
        self.calls[call as usize] = Ongoing {
            stream,
            turn: self.turns,
            arrived: self.arrived,
            agent: None,
        };
        let Stream {
            center, patience, ..
        } = self.plan.streams[stream];
        if let Some(patience) = patience {
            let at = self.now.plus_ms(self.random.span(patience));
            self.set(at, What::GivesUp(call, self.arrived));
        }
        Input::Enter {
            call: CallRef(call.into()),
            center,
            since: self.now,
        }
    }

    /// Each agent answers in their time, or lets it ring.
    fn rings(&mut self, call: u32, agents: &AgentsOffered) {
        self.turns += 1;
        let turn = self.turns;
        self.calls[call as usize].turn = turn;
        for agent in agents.as_slice().iter().copied() {
            let Some(staff) = self.staff(agent) else {
                continue;
            };
            let (after, result) = if staff.misses > 0.0 && self.random.unit() <= staff.misses {
                (RINGS_OUT_MS, OfferResult::Failed)
            } else {
                (self.random.span(staff.answer), OfferResult::Answered)
            };
            self.set(
                self.now.plus_ms(after),
                What::Offered(call, turn, agent, result),
            );
        }
    }

    /// An agent answered.
    fn talks(&mut self, call: u32, agent: UserId) {
        self.turns += 1;
        let ongoing = &mut self.calls[call as usize];
        ongoing.turn = self.turns;
        ongoing.agent = Some(agent);
        let handling = self.plan.streams[ongoing.stream].handling;
        let at = self.now.plus_ms(self.random.span(handling));
        self.set(at, What::HangsUp(call, self.turns));
    }

    fn wraps_up(&mut self, agent: UserId) {
        let span = self
            .staff(agent)
            .map_or_else(Span::default, |staff| staff.wrap_up);
        let at = self.now.plus_ms(self.random.span(span));
        self.set(at, What::WrappedUp(agent, self.now));
    }

    fn staff(&self, agent: UserId) -> Option<&'a Staff> {
        self.staff.get(agent.0 as usize).copied().flatten()
    }

    fn forget(&mut self, call: u32) {
        self.calls[call as usize] = Ongoing::default();
        self.free.push(call);
    }
}

impl EffectSink for People<'_> {
    #[expect(
        clippy::inline_always,
        reason = "inlined, an effect that the simulation ignores is not built at all"
    )]
    #[inline(always)]
    fn emit(&mut self, effect: Effect) {
        match effect {
            Effect::Offer { call, agents, .. } => self.rings(call.0 as u32, &agents),
            Effect::Withdraw { call } => {
                self.turns += 1;
                let ongoing = &mut self.calls[call.0 as usize];
                (ongoing.turn, ongoing.agent) = (self.turns, None);
            }
            Effect::Release { call, .. } => self.forget(call.0 as u32),
            Effect::AgentChanged { .. } | Effect::CenterChanged { .. } | Effect::Alert { .. } => {}
        }
    }
}

pub(super) fn zone(config: &Snapshot, user: UserId) -> Zone {
    config
        .user(user)
        .map_or_else(Zone::utc, |user| user.place.zone.clone())
}

/// When a group is in another state, by its shifts and breaks.
pub(super) fn states(
    staff: &Staff,
    zone: &Zone,
    start: Timestamp,
    end: Timestamp,
) -> Vec<(Timestamp, AgentState)> {
    let at = |moment: Timestamp| {
        let minute = zone.local(moment).minute_of_week();
        let during = |blocks: &[Block]| blocks.iter().any(|block| block.contains(minute));
        if !staff.shifts.is_empty() && !during(&staff.shifts) {
            AgentState::SignedOut
        } else if during(&staff.breaks) {
            AgentState::Unavailable {
                code: staff.break_code,
            }
        } else {
            AgentState::Available
        }
    };
    let whole = (start.0.div_euclid(60_000) + 1) * 60_000;
    let minutes = (whole..end.0).step_by(60_000).map(Timestamp);
    let mut states = vec![(start, at(start))];
    if staff.shifts.is_empty() && staff.breaks.is_empty() {
        return states;
    }
    for moment in minutes {
        let state = at(moment);
        if states.last().is_none_or(|(_, last)| *last != state) {
            states.push((moment, state));
        }
    }
    states
}
