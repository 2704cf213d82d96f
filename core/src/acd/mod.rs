//! The automatic call distributor (manual § 23, routing § 2 and 3): all call centers and agents of an organisation in
//! one machine without a clock or I/O. It queues calls, offers them to agents and counts. What a caller hears, and
//! what becomes of a call that it releases, is left to the call machine.

mod agent;
mod bits;
mod calls;
mod center;
mod chooser;
mod configure;
mod input;
mod offer;
mod persisted;
mod shares;
mod statistics;
mod timers;
mod tournament;
mod waiting;

pub use agent::{Agent, AgentState};
pub use input::{AgentsOffered, Alert, Effect, EffectSink, Input, QueueView};
pub use persisted::{PersistedAcd, PersistedAgent, PersistedCenter};
pub use statistics::{Counters, INTERVAL_MS, Interval, Statistics, THRESHOLDS};

use crate::id::{CallRef, UserId};
use crate::organisation::CenterDefaults;
use crate::outcome::{CenterFact, QueueFact, Unqueued};
use crate::time::Timestamp;
use calls::{Calls, Phase};
use center::Center;
use timers::{Due, Kind, Timers};

/// All call centers and agents of an organisation.
#[derive(Clone, Debug, Default)]
pub struct Acd {
    seed: u64,
    defaults: CenterDefaults,
    centers: Vec<Center>,
    center_at: Indices,
    agents: Vec<agent::Slot>,
    agent_at: Indices,
    calls: Calls,
    timers: Timers,
    /// What a restart left for call centers that are not configured yet.
    forced: Vec<PersistedCenter>,
    /// Counts arrivals and timers, so that each has its own name.
    stamps: u64,
}

impl Acd {
    /// Nothing is configured. The weighted policy draws from `seed`: same seed, same inputs, same draws.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// Takes in what happened, and tells `out` what follows. What names an unknown call, agent or call center is
    /// ignored, but for a call that enters an unknown queue: that is released.
    pub fn handle(&mut self, now: Timestamp, input: Input, out: &mut impl EffectSink) {
        match input {
            Input::Enter {
                call,
                center,
                since,
            } => self.enter(now, call, center, since, out),
            Input::Leave { call } => {
                if let Some(call) = self.calls.find(call) {
                    self.leave(now, call, out);
                }
            }
            Input::Offer {
                call,
                agent,
                result,
            } => {
                if let (Some(call), Some(agent)) = (self.calls.find(call), self.agent_at.get(agent))
                {
                    self.result(now, call, agent, result, out);
                }
            }
            Input::SetState { agent, state } => {
                if let Some(agent) = self.agent_at.get(agent) {
                    self.set_state(now, agent, state, out);
                }
            }
            Input::Join { agent, center } => self.join_or_part(now, agent, center, true, out),
            Input::Part { agent, center } => self.join_or_part(now, agent, center, false, out),
            Input::Line {
                agent,
                calls,
                reachable,
                do_not_disturb,
            } => {
                if let Some(agent) = self.agent_at.get(agent) {
                    self.line(now, agent, (calls, reachable, do_not_disturb), out);
                }
            }
            Input::Force {
                center,
                night,
                forwarding,
            } => {
                if let Some(center) = self.center_at.get(center) {
                    let center = &mut self.centers[center];
                    center.night_forced = night.or(center.night_forced);
                    center.forwarding_forced = forwarding.or(center.forwarding_forced);
                    out.emit(Effect::CenterChanged {
                        center: center.user,
                    });
                }
            }
            Input::Held { call, since } => {
                if let Some(call) = self.calls.find(call) {
                    self.held(now, call, since);
                }
            }
            Input::TimerElapsed => self.elapsed(now, out),
        }
        while self.timers.first().is_some_and(|due| !self.holds(due)) {
            self.timers.drop_first();
        }
    }

    /// When [`Input::TimerElapsed`] is due; it may come late.
    pub fn next_timeout(&self) -> Option<Timestamp> {
        self.timers.first().map(|due| due.at)
    }

    /// What a call that arrives needs to know; nothing but the name of an unknown call center.
    pub fn fact(&self, center: UserId, now: Timestamp) -> CenterFact {
        let Some(index) = self.center_at.get(center) else {
            return CenterFact {
                center,
                ..CenterFact::default()
            };
        };
        let found = &self.centers[index];
        let agent_free = found.chooser.idle() > 0;
        let waiting = found.waiting.len();
        CenterFact {
            center,
            night_forced: found.night_forced,
            forwarding_forced: found.forwarding_forced,
            staffed: found.staff.signed_in,
            joined: found.staff.joined,
            unavailable: found.staff.unavailable,
            codes: found
                .staff
                .codes
                .iter()
                .copied()
                .filter(|(_, count)| *count > 0)
                .collect(),
            waiting: waiting as u16,
            agent_free,
            estimated_wait: if agent_free {
                0
            } else {
                found.estimated_wait(waiting + 1, now)
            },
        }
    }

    /// What a lamp shows of a queue (manual § 23.2.14); of an unknown call center, that nobody waits.
    pub fn view(&self, center: UserId) -> QueueView {
        let Some(center) = self
            .center_at
            .get(center)
            .and_then(|index| self.centers.get(index))
        else {
            return QueueView::Empty;
        };
        let waiting = center.waiting.len();
        let many = center
            .config
            .agent
            .alert_waiting
            .is_some_and(|calls| waiting >= usize::from(calls));
        if many || center.late > 0 {
            QueueView::Alert
        } else if waiting > 0 {
            QueueView::Waits
        } else {
            QueueView::Empty
        }
    }

    /// Where a call stands in its queue; one that is being offered stands first. `None`: it is in no queue.
    pub fn place(&self, call: CallRef, now: Timestamp) -> Option<QueueFact> {
        let entry = self.calls.get(self.calls.find(call)?)?;
        let center = self.centers.get(entry.center)?;
        let (before, others) = match entry.phase {
            Phase::Waiting => (
                center.waiting.before(entry.place()),
                center.waiting.len() - 1,
            ),
            Phase::Offered => (0, center.waiting.len()),
            Phase::Talking(_) => return None,
        };
        let estimated_wait = center.estimated_wait(before + 1, now);
        Some(QueueFact {
            position: before as u16 + 1,
            estimated_wait,
            others: others as u16,
        })
    }

    /// To whom a call that comes to a call center now is offered, of several the first; none: nobody is idle.
    pub fn next_agent(&self, center: UserId) -> Option<UserId> {
        let center = self.centers.get(self.center_at.get(center)?)?;
        center.chooser.user(center.chooser.peek()?)
    }

    /// An agent of any call center.
    pub fn agent(&self, user: UserId) -> Option<&Agent> {
        Some(&self.agents.get(self.agent_at.get(user)?)?.agent)
    }

    /// Every agent, in no particular order that lasts.
    pub fn agents(&self) -> impl Iterator<Item = &Agent> {
        self.agents
            .iter()
            .filter(|slot| !slot.memberships.is_empty())
            .map(|slot| &slot.agent)
    }

    /// The call centers that an agent is assigned to, and whether they are joined.
    pub fn queues_of(&self, user: UserId) -> impl Iterator<Item = (UserId, bool)> + '_ {
        let slot = self
            .agent_at
            .get(user)
            .and_then(|index| self.agents.get(index));
        let memberships = slot.into_iter().flat_map(|slot| &slot.memberships);
        memberships.map(|membership| (self.centers[membership.center].user, membership.joined))
    }

    /// The calls that wait at a call center and are not being offered, in their order, each with the moment since when.
    pub fn waiting(&self, center: UserId) -> impl Iterator<Item = (CallRef, Timestamp)> + '_ {
        let center = self
            .center_at
            .get(center)
            .and_then(|index| self.centers.get(index));
        let calls = center.into_iter().flat_map(|center| center.waiting.iter());
        calls
            .filter_map(|call| self.calls.get(call))
            .map(|entry| (entry.call, entry.since))
    }

    /// What is counted of a call center. Staffed time is counted up to the last change, or to [`Acd::settle`].
    pub fn statistics(&self, center: UserId) -> Option<&Statistics> {
        Some(&self.centers.get(self.center_at.get(center)?)?.statistics)
    }

    /// What is counted of an agent; see [`Acd::statistics`].
    pub fn agent_statistics(&self, user: UserId) -> Option<&Statistics> {
        Some(&self.agents.get(self.agent_at.get(user)?)?.statistics)
    }

    /// Counts staffed time up to now.
    pub fn settle(&mut self, now: Timestamp) {
        self.every_statistics()
            .for_each(|(_, statistics)| statistics.settle(now));
    }

    /// Takes out the intervals that began before a moment, of every call center and agent that has some.
    pub fn take_statistics(
        &mut self,
        now: Timestamp,
        before: Timestamp,
    ) -> Vec<(UserId, Vec<Interval>)> {
        self.settle(now);
        let taken = self
            .every_statistics()
            .map(|(user, statistics)| (user, statistics.take_before(before)));
        taken
            .filter(|(_, intervals)| !intervals.is_empty())
            .collect()
    }

    fn every_statistics(&mut self) -> impl Iterator<Item = (UserId, &mut Statistics)> {
        let centers = self
            .centers
            .iter_mut()
            .map(|center| (center.user, &mut center.statistics));
        centers.chain(
            self.agents
                .iter_mut()
                .map(|slot| (slot.agent.user, &mut slot.statistics)),
        )
    }

    fn enter(
        &mut self,
        now: Timestamp,
        call: CallRef,
        user: UserId,
        since: Timestamp,
        out: &mut impl EffectSink,
    ) {
        if let Some(known) = self.calls.find(call) {
            self.leave(now, known, out);
        }
        let Some(at) = self.center_at.get(user) else {
            out.emit(Effect::Release {
                call,
                center: user,
                why: Unqueued::Stranded,
            });
            return;
        };
        let arrival = self.stamp();
        let center = &mut self.centers[at];
        center.statistics.at(now).offered += 1;
        let since = if center.config.queue.reset_statistics {
            now
        } else {
            since.min(now)
        };
        let full = center.chooser.idle() == 0
            && center.waiting.len() >= usize::from(center.config.queue.length);
        let index = self.calls.add(call, at, since, arrival);
        // Where no agent is left that is what the caller is told, however full the queue.
        if full && center.stranded().is_none() {
            return self.release(now, index, Unqueued::Full, out);
        }
        let (overflow, late) = (
            center.config.overflow.after_seconds,
            center.config.agent.alert_seconds,
        );
        // The overflow time is the time in this queue: a call that waited elsewhere gets its turn here too.
        let mut set = |kind, at| {
            self.timers.set(Due {
                at,
                kind,
                of: index,
                stamp: arrival,
            });
        };
        if let Some(seconds) = overflow {
            set(Kind::Overflow, now.plus_seconds(seconds.into()));
        }
        if let Some(seconds) = late {
            set(Kind::Late, since.plus_seconds(seconds.into()));
        }
        self.wait(now, index, out);
    }

    fn leave(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        let entry = &self.calls[call];
        if let Phase::Talking(_) = entry.phase {
            return self.hang_up(now, call, out);
        }
        if !entry.answered_before {
            let wait = now.since(entry.since).max(0) as u64;
            self.centers[entry.center].statistics.at(now).abandon(wait);
        }
        self.forget(now, call, out);
    }

    /// Caller and agent are done.
    fn hang_up(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        if let Some((agent, handled_ms)) = self.leave_queue(now, call) {
            let center = self.calls[call].center;
            self.calls.remove(call);
            self.after_call(now, agent, center, handled_ms, out);
        }
    }

    /// Takes a call from the agent who has it: who, and how long they had it.
    fn leave_queue(&mut self, now: Timestamp, call: usize) -> Option<(usize, u64)> {
        let entry = &mut self.calls[call];
        let Phase::Talking(agent) = entry.phase else {
            return None;
        };
        let held = entry
            .held_since
            .take()
            .map_or(0, |since| now.since(since).max(0) as u64);
        let held_ms = std::mem::take(&mut entry.held_ms) + held;
        let handled_ms = now.since(entry.answered).max(0) as u64;
        let slot = &mut self.agents[agent];
        slot.agent.handling -= 1;
        for statistics in [
            &mut slot.statistics,
            &mut self.centers[entry.center].statistics,
        ] {
            let counters = statistics.at(now);
            counters.talk_ms += handled_ms.saturating_sub(held_ms);
            counters.hold_ms += held_ms.min(handled_ms);
        }
        Some((agent, handled_ms))
    }

    fn held(&mut self, now: Timestamp, call: usize, since: Option<Timestamp>) {
        let stamp = self.stamp();
        let entry = &mut self.calls[call];
        if !matches!(entry.phase, Phase::Talking(_)) {
            return;
        }
        entry.turn = stamp;
        if let Some(before) = std::mem::replace(&mut entry.held_since, since) {
            entry.held_ms += since.unwrap_or(now).since(before).max(0) as u64;
        }
        let Some(since) = since else { return };
        let bounced = &self.centers[entry.center].config.bounced;
        let (warn, too_long) = (bounced.warn_held, bounced.after_held);
        for (kind, seconds) in [(Kind::HeldWarning, warn), (Kind::HeldTooLong, too_long)] {
            if let Some(seconds) = seconds {
                self.timers.set(Due {
                    at: since.plus_seconds(seconds.into()),
                    kind,
                    of: call,
                    stamp,
                });
            }
        }
    }

    /// The agent held the call too long: it is taken from them.
    fn held_too_long(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        let Some((agent, handled_ms)) = self.leave_queue(now, call) else {
            return;
        };
        let entry = &mut self.calls[call];
        let center = entry.center;
        entry.phase = Phase::Waiting;
        entry.tried.push(agent);
        out.emit(Effect::Withdraw { call: entry.call });
        self.agents[agent].statistics.at(now).bounced += 1;
        self.cool_down(now, agent, agent::MISSED_MS);
        self.refresh(agent);
        if self.agents[agent].policy.unavailable_on_bounce {
            self.make_unavailable(now, agent, out);
        }
        self.bounce(now, call, out);
        self.after_call(now, agent, center, handled_ms, out);
    }

    fn line(
        &mut self,
        now: Timestamp,
        agent: usize,
        line: (u16, bool, bool),
        out: &mut impl EffectSink,
    ) {
        let slot = &mut self.agents[agent];
        let known = &mut slot.agent;
        let disturbed = known.do_not_disturb;
        let before = (known.calls, known.reachable, disturbed);
        (known.calls, known.reachable, known.do_not_disturb) = line;
        if before == line {
            return;
        }
        out.emit(Effect::AgentChanged { agent: known.user });
        self.refresh(agent);
        let slot = &self.agents[agent];
        if !disturbed && slot.agent.do_not_disturb && slot.policy.unavailable_on_do_not_disturb {
            self.make_unavailable(now, agent, out);
        }
        self.serve(now, agent, out);
    }

    fn join_or_part(
        &mut self,
        now: Timestamp,
        agent: UserId,
        center: UserId,
        joins: bool,
        out: &mut impl EffectSink,
    ) {
        if let (Some(agent), Some(center)) = (self.agent_at.get(agent), self.center_at.get(center))
        {
            self.join(now, agent, center, joins, out);
        }
    }

    fn elapsed(&mut self, now: Timestamp, out: &mut impl EffectSink) {
        while let Some(due) = self.timers.first().filter(|due| due.at <= now) {
            self.timers.drop_first();
            if self.holds(due) {
                self.fire(now, due, out);
            }
        }
    }

    fn fire(&mut self, now: Timestamp, Due { kind, of, .. }: Due, out: &mut impl EffectSink) {
        match kind {
            Kind::Rings => self.rang_out(now, of, out),
            Kind::Overflow => self.release(now, of, Unqueued::Overflow, out),
            Kind::Late => self.grow_late(of, out),
            Kind::HeldWarning => {
                let entry = &self.calls[of];
                if let Phase::Talking(agent) = entry.phase {
                    let (agent, call) = (self.agents[agent].agent.user, entry.call);
                    let center = self.centers[entry.center].user;
                    out.emit(Effect::Alert {
                        center,
                        alert: Alert::Held { agent, call },
                    });
                }
            }
            Kind::HeldTooLong => self.held_too_long(now, of, out),
            Kind::CooledDown => {
                self.agents[of].cooldown = None;
                self.refresh(of);
                self.serve(now, of, out);
            }
            Kind::WrapUp => self.set_state(now, of, AgentState::Available, out),
        }
    }

    /// Phones are told when the first call is late, and again once none is and another becomes so.
    fn grow_late(&mut self, call: usize, out: &mut impl EffectSink) {
        let entry = &mut self.calls[call];
        entry.late = true;
        let center = &mut self.centers[entry.center];
        center.late += 1;
        if let (1, Some(seconds)) = (center.late, center.config.agent.alert_seconds) {
            out.emit(Effect::Alert {
                center: center.user,
                alert: Alert::Late(seconds),
            });
        }
    }

    /// Whether what comes due still has its reason.
    fn holds(&self, due: Due) -> bool {
        let call = |expected: fn(&calls::Entry) -> u64| {
            self.calls
                .get(due.of)
                .filter(|entry| expected(entry) == due.stamp)
        };
        match due.kind {
            Kind::Overflow | Kind::Late => call(|entry| entry.arrival)
                .is_some_and(|entry| !matches!(entry.phase, Phase::Talking(_))),
            Kind::Rings => {
                call(|entry| entry.turn).is_some_and(|entry| entry.phase == Phase::Offered)
            }
            Kind::HeldWarning | Kind::HeldTooLong => {
                call(|entry| entry.turn).is_some_and(|entry| entry.held_since.is_some())
            }
            Kind::CooledDown => self
                .agents
                .get(due.of)
                .and_then(|slot| slot.cooldown)
                .is_some_and(|(_, stamp)| stamp == due.stamp),
            Kind::WrapUp => self
                .agents
                .get(due.of)
                .and_then(|slot| slot.wrap_up)
                .is_some_and(|wrap_up| wrap_up.stamp == due.stamp),
        }
    }

    fn stamp(&mut self) -> u64 {
        self.stamps += 1;
        self.stamps
    }
}

/// Where each user is in a list.
#[derive(Clone, Debug, Default)]
struct Indices(Vec<Option<u32>>);

impl Indices {
    fn get(&self, user: UserId) -> Option<usize> {
        self.0
            .get(user.0 as usize)
            .copied()
            .flatten()
            .map(|index| index as usize)
    }

    fn put(&mut self, user: UserId, index: usize) {
        let at = user.0 as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = Some(index as u32);
    }
}
