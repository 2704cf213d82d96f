//! The simulation itself: what happens next, until the plan is over.

use super::agenda::Agenda;
use super::arrivals::Coming;
use super::random::Random;
use super::report::Collected;
use super::{Plan, PlanError, Report, Span, Staff, Stream};
use crate::acd::{Acd, AgentState, AgentsOffered, CallRef, Effect, Input};
use crate::call::OfferResult;
use crate::id::UserId;
use crate::schedule::Block;
use crate::snapshot::Snapshot;
use crate::time::{Timestamp, Zone};
use std::collections::VecDeque;

/// The longest that a phone rings at who does not answer, where the call center does not end it before.
const RINGS_OUT_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

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
    /// The next call of a stream.
    Arrives(usize),
    /// The caller gives up; the number is that of the call's arrival.
    GivesUp(usize, u64),
    /// The agent answers, or does not; the number is that of the offer.
    Offered(usize, u64, UserId, OfferResult),
    /// Caller and agent are done.
    HangsUp(usize, u64),
    /// An agent is done with the work after a call that began then.
    WrappedUp(UserId, Timestamp),
    /// The agents of a group are in another state.
    Staff(usize, AgentState),
    /// What was counted is put away.
    Midnight,
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
    plan: &'a Plan,
    acd: Acd,
    now: Timestamp,
    end: Timestamp,
    events: Agenda<What>,
    /// What happens at this very moment, before all events.
    soon: VecDeque<What>,
    coming: Vec<Coming<'a>>,
    random: Random,
    calls: Vec<Ongoing>,
    free: Vec<usize>,
    turns: u64,
    arrived: u64,
    /// The group of each agent, by user id.
    groups: Vec<Option<usize>>,
    collected: Collected,
    out: Vec<Effect>,
}

impl<'a> Simulation<'a> {
    fn new(config: &Snapshot, plan: &'a Plan) -> Self {
        let coming = plan.streams.iter().zip(1..).map(|(stream, nth)| {
            let zone = zone(config, stream.center);
            Coming::new(plan, &stream.arrivals, zone, Random::new(plan.seed ^ (nth << 32)))
        });
        let agents = || plan.staff.iter().flat_map(|staff| &staff.agents).copied();
        let centers = config.call_centers().map(|center| center.id);
        let seats =
            config.call_centers().flat_map(|center| &center.agents).map(|seat| seat.user.0 as usize + 1);
        let mut groups = vec![None; seats.max().unwrap_or(0)];
        for (group, staff) in plan.staff.iter().enumerate() {
            for agent in &staff.agents {
                if let Some(of) = groups.get_mut(agent.0 as usize) {
                    *of = Some(group);
                }
            }
        }
        Self {
            plan,
            acd: Acd::new(plan.seed),
            now: plan.start,
            end: plan.end(),
            events: Agenda::new(plan.start, plan.end()),
            soon: VecDeque::new(),
            coming: coming.collect(),
            random: Random::new(plan.seed),
            calls: Vec::new(),
            free: Vec::new(),
            turns: 0,
            arrived: 0,
            groups,
            collected: Collected::of(centers, agents()),
            out: Vec::new(),
        }
    }

    /// Everybody has a phone that works, all agents are joined, and each is as the hour says.
    fn open(&mut self, config: &Snapshot) {
        self.acd.configure(self.now, config, &mut self.out);
        for (group, staff) in self.plan.staff.iter().enumerate() {
            for agent in staff.agents.iter().copied() {
                let queues: Vec<UserId> = self.acd.queues_of(agent).map(|(center, _)| center).collect();
                for center in queues {
                    self.give(Input::Join { agent, center });
                }
                self.give(Input::Line { agent, calls: 0, reachable: true, do_not_disturb: false });
            }
            let zone = staff.agents.first().map_or_else(Zone::utc, |agent| zone(config, *agent));
            for (at, state) in states(staff, &zone, self.plan.start, self.end) {
                self.set(at, What::Staff(group, state));
            }
        }
        for stream in 0..self.coming.len() {
            self.expect(stream);
        }
        self.set(self.now.plus_ms(DAY_MS), What::Midnight);
    }

    fn go(&mut self) {
        loop {
            while let Some(what) = self.soon.pop_front() {
                self.happens(what);
            }
            let event = self.events.first().unwrap_or(self.end);
            let timeout = self.acd.next_timeout().unwrap_or(self.end);
            self.now = event.min(timeout);
            if self.now >= self.end {
                return;
            }
            if timeout <= event {
                self.give(Input::TimerElapsed);
            } else if let Some(what) = self.events.take_first() {
                self.happens(what);
            }
        }
    }

    fn close(mut self) -> Report {
        self.collected.take(&mut self.acd, self.end, self.end);
        let unfinished = (self.calls.len() - self.free.len()) as u64;
        self.collected.report(self.arrived, unfinished)
    }

    fn set(&mut self, at: Timestamp, what: What) {
        if at == self.now {
            return self.soon.push_back(what);
        }
        self.events.set(at, what);
    }

    fn expect(&mut self, stream: usize) {
        if let Some(at) = self.coming[stream].next() {
            self.set(at, What::Arrives(stream));
        }
    }

    fn happens(&mut self, what: What) {
        match what {
            What::Arrives(stream) => {
                self.arrives(stream);
                self.expect(stream);
            }
            What::GivesUp(call, arrived) => {
                let ongoing = self.calls[call];
                if ongoing.arrived == arrived && ongoing.agent.is_none() {
                    self.forget(call);
                    self.give(Input::Leave { call: CallRef(call as u64) });
                }
            }
            What::Offered(call, turn, agent, result) => {
                if self.calls[call].turn == turn {
                    self.offered(call, agent, result);
                }
            }
            What::HangsUp(call, turn) => {
                if let (true, Some(agent)) = (self.calls[call].turn == turn, self.calls[call].agent) {
                    self.forget(call);
                    self.give(Input::Offer { call: CallRef(call as u64), agent, result: OfferResult::Over });
                    self.wrap_up(agent);
                }
            }
            What::WrappedUp(agent, since) => {
                let known = self.acd.agent(agent);
                if known.is_some_and(|known| known.state == AgentState::WrapUp && known.since == since) {
                    self.give(Input::SetState { agent, state: AgentState::Available });
                }
            }
            What::Staff(group, state) => {
                let plan = self.plan;
                for agent in plan.staff[group].agents.iter().copied() {
                    self.give(Input::SetState { agent, state });
                }
            }
            What::Midnight => {
                // The last interval may still go on.
                self.collected.take(&mut self.acd, self.now, self.now.plus_ms(-crate::acd::INTERVAL_MS));
                self.set(self.now.plus_ms(DAY_MS), What::Midnight);
            }
        }
    }

    fn arrives(&mut self, stream: usize) {
        self.arrived += 1;
        self.turns += 1;
        let call = self.free.pop().unwrap_or_else(|| {
            self.calls.push(Ongoing::default());
            self.calls.len() - 1
        });
        self.calls[call] = Ongoing { stream, turn: self.turns, arrived: self.arrived, agent: None };
        let Stream { center, patience, .. } = self.plan.streams[stream];
        if let Some(patience) = patience {
            let at = self.now.plus_ms(self.random.span(patience));
            self.set(at, What::GivesUp(call, self.arrived));
        }
        self.give(Input::Enter { call: CallRef(call as u64), center, since: self.now });
    }

    fn offered(&mut self, call: usize, agent: UserId, result: OfferResult) {
        if result == OfferResult::Answered {
            self.turns += 1;
            let ongoing = &mut self.calls[call];
            ongoing.turn = self.turns;
            ongoing.agent = Some(agent);
            let handling = self.plan.streams[ongoing.stream].handling;
            let at = self.now.plus_ms(self.random.span(handling));
            self.set(at, What::HangsUp(call, self.turns));
        }
        self.give(Input::Offer { call: CallRef(call as u64), agent, result });
    }

    fn wrap_up(&mut self, agent: UserId) {
        let Some(known) = self.acd.agent(agent) else { return };
        if known.state == AgentState::WrapUp && known.since == self.now {
            let span = self.staff(agent).map_or_else(Span::default, |staff| staff.wrap_up);
            let at = self.now.plus_ms(self.random.span(span));
            self.set(at, What::WrappedUp(agent, self.now));
        }
    }

    fn staff(&self, agent: UserId) -> Option<&'a Staff> {
        let group = self.groups.get(agent.0 as usize).copied().flatten()?;
        self.plan.staff.get(group)
    }

    fn forget(&mut self, call: usize) {
        self.calls[call] = Ongoing::default();
        self.free.push(call);
    }

    fn give(&mut self, input: Input) {
        self.acd.handle(self.now, input, &mut self.out);
        if self.out.is_empty() {
            return;
        }
        let mut effects = std::mem::take(&mut self.out);
        for effect in effects.drain(..) {
            match effect {
                Effect::Offer { call, agents, .. } => self.rings(call.0 as usize, &agents),
                Effect::Withdraw { call } => {
                    self.turns += 1;
                    let ongoing = &mut self.calls[call.0 as usize];
                    (ongoing.turn, ongoing.agent) = (self.turns, None);
                }
                Effect::Release { call, .. } => self.forget(call.0 as usize),
                Effect::AgentChanged { .. } | Effect::CenterChanged { .. } | Effect::Alert { .. } => {}
            }
        }
        // Nothing was given meanwhile: what follows is set as an event of this moment.
        self.out = effects;
    }

    /// Each agent answers in their time, or lets it ring.
    fn rings(&mut self, call: usize, agents: &AgentsOffered) {
        self.turns += 1;
        let turn = self.turns;
        self.calls[call].turn = turn;
        for agent in agents.as_slice().iter().copied() {
            let Some(staff) = self.staff(agent) else { continue };
            let (after, result) = if staff.misses > 0.0 && self.random.unit() <= staff.misses {
                (RINGS_OUT_MS, OfferResult::Failed)
            } else {
                (self.random.span(staff.answer), OfferResult::Answered)
            };
            self.set(self.now.plus_ms(after), What::Offered(call, turn, agent, result));
        }
    }
}

pub(super) fn zone(config: &Snapshot, user: UserId) -> Zone {
    config.user(user).map_or_else(Zone::utc, |user| user.place.zone.clone())
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
            AgentState::Unavailable { code: staff.break_code }
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
