//! A day itself: what happens next, until the plan is over.

use super::host::Live;
use super::plan::{DayPlan, DayPlanError};
use super::report::{Counted, DayReport};
use crate::acd::{self, AgentState};
use crate::call::{Call, Input, LegId, Request, Side};
use crate::caller::Caller;
use crate::exchange::{Exchange, ExchangeInput, Pending, PersistedExchange};
use crate::id::{CallRef, UserId};
use crate::organisation::Key;
use crate::simulate::agenda::Agenda;
use crate::simulate::arrivals::Coming;
use crate::simulate::random::Random;
use crate::simulate::report::Collected;
use crate::simulate::run::{states, zone};
use crate::simulate::{Plan, Span, Staff};
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

const DAY_MS: i64 = 86_400_000;

/// Runs a day of calls against an organisation: every call by the call machine, all of them on one exchange.
///
/// # Errors
///
/// What makes the plan one that cannot be run.
pub fn day(config: &Arc<Snapshot>, plan: &DayPlan) -> Result<DayReport, DayPlanError> {
    plan.validate(config)?;
    let times = plan.times();
    let mut day = Day::new(config.clone(), plan, &times);
    day.open();
    day.go();
    Ok(day.close())
}

/// What happens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// The next call of a kind.
    Arrives(usize),
    /// The timer of a call, if it is still set for this moment.
    Timer(CallRef, Timestamp),
    /// What is played is over, if it is still the same.
    Finished(CallRef, u32),
    /// A key is pressed.
    Presses(CallRef, Side, Key),
    /// Whoever answered confirms it.
    Confirms(CallRef, LegId),
    /// A phone is answered.
    Answers(CallRef, LegId),
    /// The talk is over.
    HangsUp(CallRef),
    /// The caller gives up.
    GivesUp(CallRef),
    /// An agent is done with the work after a call that began then.
    WrappedUp(UserId, Timestamp),
    /// The people of a group are in another state.
    Staff(usize, AgentState),
    /// What was counted is put away.
    Midnight,
}

pub(super) struct Day<'a> {
    pub(super) config: Arc<Snapshot>,
    pub(super) plan: &'a DayPlan,
    pub(super) exchange: Exchange,
    pub(super) now: Timestamp,
    /// Facts that calls are still to be told.
    pub(super) pending: Pending,
    end: Timestamp,
    events: Agenda<Event>,
    /// What happens at this very moment, before all events.
    soon: VecDeque<Event>,
    coming: Vec<Coming<'a>>,
    pub(super) random: Random,
    pub(super) calls: BTreeMap<CallRef, Live>,
    /// Who talks, and in which call.
    pub(super) talking: BTreeMap<UserId, CallRef>,
    last: u64,
    /// The group of each person.
    groups: BTreeMap<UserId, usize>,
    /// How each group is.
    states: Vec<AgentState>,
    /// Since when agents are in the work after a call of which the end is set.
    wraps: BTreeMap<UserId, Timestamp>,
    collected: Collected,
    counted: Counted,
}

impl<'a> Day<'a> {
    fn new(config: Arc<Snapshot>, plan: &'a DayPlan, times: &Plan) -> Self {
        let coming = plan.calls.iter().zip(1..).map(|(calls, nth)| {
            let called = calls
                .dialled
                .parse()
                .ok()
                .and_then(|number| config.by_number(number));
            let at = called.map(|line| line.user).or(calls.from.first().copied());
            let zone = zone(&config, at.unwrap_or_default());
            Coming::new(
                times,
                &calls.arrivals,
                zone,
                Random::new(plan.seed ^ (nth << 32)),
            )
        });
        let people = plan.staff.iter().enumerate();
        let groups =
            people.flat_map(|(group, staff)| staff.agents.iter().map(move |user| (*user, group)));
        let agents = plan.staff.iter().flat_map(|staff| &staff.agents).copied();
        Self {
            plan,
            exchange: Exchange::new(plan.seed, PersistedExchange::default()),
            now: plan.start,
            pending: Pending::default(),
            end: times.end(),
            events: Agenda::new(plan.start, times.end()),
            soon: VecDeque::new(),
            coming: coming.collect(),
            random: Random::new(plan.seed),
            calls: BTreeMap::new(),
            talking: BTreeMap::new(),
            last: 0,
            groups: groups.collect(),
            states: vec![AgentState::SignedOut; plan.staff.len()],
            wraps: BTreeMap::new(),
            collected: Collected::of(config.call_centers().map(|center| center.id), agents),
            counted: Counted::of(&plan.calls),
            config,
        }
    }

    /// Every phone works, all agents are joined, and everybody is as the hour says.
    fn open(&mut self) {
        let mut effects = Vec::new();
        let config = self.config.clone();
        self.exchange.configure(self.now, &config, &mut effects);
        self.carry_out(effects);
        for subscriber in config.users().filter(|s| s.role.identity().is_none()) {
            let devices = subscriber
                .user
                .devices
                .iter()
                .map(|device| device.id)
                .collect();
            self.exchange(ExchangeInput::Registered {
                user: subscriber.user.id,
                devices,
            });
        }
        let plan = self.plan;
        for (group, staff) in plan.staff.iter().enumerate() {
            for agent in staff.agents.iter().copied() {
                let queues: Vec<_> = self
                    .exchange
                    .acd()
                    .queues_of(agent)
                    .map(|(center, _)| center)
                    .collect();
                for center in queues {
                    self.exchange(ExchangeInput::Agent(acd::Input::Join { agent, center }));
                }
            }
            let at = staff.agents.first().copied().unwrap_or_default();
            for (at, state) in states(staff, &zone(&config, at), plan.start, self.end) {
                self.set(at, Event::Staff(group, state));
            }
        }
        for kind in 0..self.coming.len() {
            self.expect(kind);
        }
        self.set(self.now.plus_ms(DAY_MS), Event::Midnight);
    }

    fn go(&mut self) {
        loop {
            while let Some(event) = self.soon.pop_front() {
                self.happens(event);
            }
            let event = self.events.first().unwrap_or(self.end);
            let timeout = self
                .exchange
                .next_timeout()
                .unwrap_or(self.end)
                .max(self.now);
            self.now = event.min(timeout);
            if self.now >= self.end {
                return;
            }
            if timeout <= event {
                self.exchange(ExchangeInput::TimerElapsed);
            } else if let Some(event) = self.events.take_first() {
                self.happens(event);
            }
        }
    }

    fn close(mut self) -> DayReport {
        self.collected
            .take(self.exchange.acd_mut(), self.end, self.end);
        for live in self.calls.values() {
            self.counted.add(live.kind, live.call.trace(), false);
        }
        self.counted.report(self.collected.report(0, 0))
    }

    pub(super) fn set(&mut self, at: Timestamp, event: Event) {
        if at == self.now {
            return self.soon.push_back(event);
        }
        self.events.set(at, event);
    }

    pub(super) fn after(&mut self, ms: i64, event: Event) {
        self.set(self.now.plus_ms(ms), event);
    }

    fn expect(&mut self, kind: usize) {
        if let Some(at) = self.coming[kind].next() {
            self.set(at, Event::Arrives(kind));
        }
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Arrives(kind) => {
                self.arrives(kind);
                self.expect(kind);
            }
            Event::Timer(call, at) => {
                if let Some(live) = self
                    .calls
                    .get_mut(&call)
                    .filter(|live| live.timer == Some(at))
                {
                    live.timer = None;
                    self.tell(call, Input::TimerElapsed);
                }
            }
            Event::Finished(call, playing) => {
                if self
                    .calls
                    .get(&call)
                    .is_some_and(|live| live.playing == playing)
                {
                    self.tell(call, Input::Finished);
                }
            }
            Event::Presses(call, side, key) => self.tell(call, Input::Key(side, key)),
            Event::Confirms(call, leg) => {
                if let (Some(key), true) = (Key::new('1'), self.has(call, leg)) {
                    self.tell(call, Input::Key(Side::Leg(leg), key));
                }
            }
            Event::Answers(call, leg) => self.answers(call, leg),
            Event::HangsUp(call) => self.hangs_up(call),
            Event::GivesUp(call) => {
                if self.calls.get(&call).is_some_and(|live| !live.talks()) {
                    self.tell(call, Input::CallerHungUp);
                }
            }
            Event::WrappedUp(agent, since) => {
                let known = self.exchange.acd().agent(agent);
                if known
                    .is_some_and(|known| known.state == AgentState::WrapUp && known.since == since)
                {
                    let state = AgentState::Available;
                    self.exchange(ExchangeInput::Agent(acd::Input::SetState { agent, state }));
                }
            }
            Event::Staff(group, state) => {
                let plan = self.plan;
                self.states[group] = state;
                for agent in plan.staff[group].agents.iter().copied() {
                    self.exchange(ExchangeInput::Agent(acd::Input::SetState { agent, state }));
                }
            }
            Event::Midnight => {
                let before = self.now.plus_ms(-acd::INTERVAL_MS);
                self.collected
                    .take(self.exchange.acd_mut(), self.now, before);
                self.set(self.now.plus_ms(DAY_MS), Event::Midnight);
            }
        }
    }

    fn arrives(&mut self, kind: usize) {
        let plan = self.plan;
        let Some(calls) = plan.calls.get(kind) else {
            return;
        };
        let choice = self.choose(
            &calls
                .choices
                .iter()
                .map(|choice| choice.share)
                .collect::<Vec<_>>(),
        );
        let (caller, from) = if calls.from.is_empty() {
            (
                calls
                    .number
                    .map_or_else(Caller::unavailable, Caller::external),
                None,
            )
        } else {
            let Some(user) = self.free_caller(&calls.from) else {
                return;
            };
            let Some(s) = self.config.user(user) else {
                return;
            };
            let (number, extension) = (s.user.number, s.user.extension);
            (
                Caller {
                    number,
                    extension,
                    user: Some(user),
                    withheld: false,
                },
                Some(s.place.id),
            )
        };
        self.last += 1;
        let call = CallRef(self.last);
        let request = Request {
            caller,
            dialled: calls.dialled.clone(),
            from,
            ..Request::default()
        };
        let machine = Call::new(self.config.clone(), request);
        self.counted.begins(kind);
        self.calls
            .insert(call, Live::new(machine, kind, caller.user, choice));
        self.talking.extend(caller.user.map(|user| (user, call)));
        if let Some(patience) = calls.patience {
            let ms = self.random.span(patience);
            self.after(ms, Event::GivesUp(call));
        }
        self.exchange(ExchangeInput::Began {
            call,
            caller,
            dialled: &calls.dialled,
        });
        self.tell(call, Input::Start);
    }

    fn answers(&mut self, call: CallRef, leg: LegId) {
        let Some(live) = self.calls.get(&call) else {
            return;
        };
        let Some(phone) = live.legs.get(&leg) else {
            return;
        };
        // Who talks already lets the second call ring.
        if !phone
            .user
            .is_some_and(|user| self.talking.contains_key(&user))
        {
            self.tell(call, Input::LegAnswered(leg));
        }
    }

    /// The caller hangs up; those who still talk to each other without them do too.
    fn hangs_up(&mut self, call: CallRef) {
        self.tell(call, Input::CallerHungUp);
        while let Some(leg) = self
            .calls
            .get(&call)
            .and_then(|live| live.legs.keys().next().copied())
        {
            self.tell(call, Input::LegHungUp(leg));
            if self.has(call, leg) {
                return;
            }
        }
    }

    fn has(&self, call: CallRef, leg: LegId) -> bool {
        self.calls
            .get(&call)
            .is_some_and(|live| live.legs.contains_key(&leg))
    }

    /// A call is over.
    pub(super) fn over(&mut self, call: CallRef, live: &Live) {
        self.counted.add(live.kind, live.call.trace(), true);
        let users = live
            .legs
            .values()
            .filter_map(|leg| leg.user)
            .chain(live.caller);
        for user in users.collect::<Vec<_>>() {
            self.stands_up(call, user);
        }
    }

    /// After how long somebody answers a phone that rings now; none: they do not.
    pub(super) fn answers_after(&mut self, user: UserId) -> Option<i64> {
        let group = self.groups.get(&user).copied()?;
        let there = matches!(self.states[group], AgentState::Available);
        let staff: &Staff = &self.plan.staff[group];
        if !there || self.talking.contains_key(&user) || self.draw(staff.misses) {
            return None;
        }
        Some(self.random.span(staff.answer))
    }

    /// The end of the work after a call, once for each.
    pub(super) fn wraps_up(&mut self, agent: UserId) {
        let Some(known) = self.exchange.acd().agent(agent) else {
            return;
        };
        let (state, since) = (known.state, known.since);
        if state != AgentState::WrapUp || self.wraps.insert(agent, since) == Some(since) {
            return;
        }
        let group = self.groups.get(&agent).copied();
        let span = group.map_or_else(Span::default, |group| self.plan.staff[group].wrap_up);
        let ms = self.random.span(span);
        self.after(ms, Event::WrappedUp(agent, since));
    }

    /// Whether something happens that has this chance.
    pub(super) fn draw(&mut self, chance: f64) -> bool {
        chance > 0.0 && self.random.unit() <= chance
    }

    /// One of several, by their shares.
    fn choose(&mut self, shares: &[f64]) -> Option<usize> {
        let last = shares.len().checked_sub(1)?;
        let mut left = self.random.unit() * shares.iter().sum::<f64>();
        let drawn = shares.iter().position(|share| {
            left -= share;
            left <= 0.0
        });
        Some(drawn.unwrap_or(last))
    }

    /// Somebody who is on no call, drawn among them.
    fn free_caller(&mut self, from: &[UserId]) -> Option<UserId> {
        let free: Vec<_> = from
            .iter()
            .copied()
            .filter(|user| self.exchange.line(*user).calls == 0)
            .collect();
        let place = self.choose(&vec![1.0; free.len()])?;
        free.get(place).copied()
    }
}
