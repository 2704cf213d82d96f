//! Offers: which call an agent gets, to whom a call goes, and what becomes of it.

use super::agent::MISSED_MS;
use super::calls::Phase;
use super::timers::{Due, Kind};
use super::{Acd, AgentState, AgentsOffered, Alert, Effect, EffectSink};
use crate::organisation::Routing;
use crate::outcome::{OfferResult, Unqueued};
use crate::time::Timestamp;

/// One ring, in milliseconds (routing § 1).
const RING_MS: i64 = 6_000;

impl Acd {
    /// Offers a call to who is next; false when nobody is idle. It waits no longer.
    pub(super) fn offer(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) -> bool {
        let at = self.calls[call].center;
        let Some(next) = self.next(at, call) else {
            return false;
        };
        let turn = self.stamp();
        let Self {
            calls,
            centers,
            agents,
            timers,
            ..
        } = self;
        let (entry, center) = (&mut calls[call], &mut centers[at]);
        center.waiting.remove(entry.place());
        entry.phase = Phase::Offered;
        entry.turn = turn;
        entry.first_offered.get_or_insert(now);
        if center.chooser.is_simultaneous() {
            let all = center
                .chooser
                .all_idle()
                .map(|position| center.agents[position]);
            entry
                .offered
                .extend(all.filter(|agent| !entry.tried.contains(agent)));
        } else {
            entry.offered.push(center.agents[next]);
        }
        if let Some(rings) = center.config.bounced.after_rings {
            let at = now.plus_ms(i64::from(rings) * RING_MS);
            timers.set(Due {
                at,
                kind: Kind::Rings,
                of: call,
                stamp: turn,
            });
        }
        let user = center.user;
        for agent in &entry.offered {
            let slot = &mut agents[*agent];
            slot.offer = Some(call);
            slot.agent.offered = Some(entry.call);
            slot.statistics.at(now).offered += 1;
            slot.refresh(centers);
        }
        let agents = match *entry.offered {
            [one] => AgentsOffered::One(agents[one].agent.user),
            ref all => {
                AgentsOffered::All(all.iter().map(|agent| agents[*agent].agent.user).collect())
            }
        };
        out.emit(Effect::Offer {
            call: entry.call,
            center: user,
            agents,
        });
        true
    }

    /// The position of who is next for a call: who missed it before only when nobody else is idle.
    fn next(&mut self, center: usize, call: usize) -> Option<usize> {
        let chooser = &mut self.centers[center].chooser;
        let tried = &mut self.calls[call].tried;
        if tried.is_empty() || chooser.idle() == 0 {
            return chooser.next();
        }
        let again: Vec<usize> = tried
            .iter()
            .filter_map(|agent| {
                self.agents[*agent]
                    .memberships
                    .iter()
                    .find(|m| m.center == center && m.idle)
            })
            .map(|membership| membership.position)
            .collect();
        for position in &again {
            chooser.set_idle(*position, false);
        }
        let other = chooser.next();
        for position in &again {
            chooser.set_idle(*position, true);
        }
        other.or_else(|| {
            tried.clear();
            chooser.next()
        })
    }

    /// Gives an agent the next call of all their queues, if one waits (routing § 3).
    pub(super) fn serve(&mut self, now: Timestamp, agent: usize, out: &mut impl EffectSink) {
        let by_priority = self.defaults.routing == Routing::Priority;
        loop {
            let idle = self.agents[agent].memberships.iter().filter(|m| m.idle);
            let heads = idle.filter_map(|membership| {
                let center = &self.centers[membership.center];
                let (place, call) = center.waiting.front()?;
                let priority = if by_priority && place.fresh {
                    center.config.priority
                } else {
                    0
                };
                Some(((place.fresh, priority, place.since, place.arrival), call))
            });
            let Some((_, call)) = heads.min() else { return };
            let center = self.calls[call].center;
            if !self.offer(now, call, out) {
                return;
            }
            out.emit(Effect::CenterChanged {
                center: self.centers[center].user,
            });
        }
    }

    /// What came of an offer, as the call tells.
    pub(super) fn result(
        &mut self,
        now: Timestamp,
        call: usize,
        agent: usize,
        result: OfferResult,
        out: &mut impl EffectSink,
    ) {
        match (self.calls[call].phase, result) {
            (Phase::Talking(talks), OfferResult::Over) if talks == agent => {
                self.hang_up(now, call, out);
            }
            (Phase::Offered, _) if self.calls[call].offered.contains(&agent) => match result {
                OfferResult::Answered => self.answer(now, call, agent, out),
                OfferResult::Failed => {
                    self.miss(now, call, agent, out);
                    if self.calls[call].offered.is_empty() {
                        self.bounce(now, call, out);
                    }
                }
                OfferResult::Over => {
                    self.calls[call].offered.retain(|other| *other != agent);
                    self.free(agent);
                    if self.calls[call].offered.is_empty() {
                        self.wait(now, call, out);
                    }
                    self.serve(now, agent, out);
                }
            },
            _ => {}
        }
    }

    fn answer(&mut self, now: Timestamp, call: usize, agent: usize, out: &mut impl EffectSink) {
        let entry = &mut self.calls[call];
        let mut others = std::mem::take(&mut entry.offered);
        entry.phase = Phase::Talking(agent);
        entry.turn = 0;
        entry.answered = now;
        let wait = now.since(entry.since).max(0) as u64;
        let first = !std::mem::replace(&mut entry.answered_before, true);
        let center = &mut self.centers[entry.center];
        if first {
            center.statistics.at(now).answer(wait);
        }
        if std::mem::take(&mut entry.late) {
            center.late -= 1;
        }
        let slot = &mut self.agents[agent];
        if let Some(membership) = slot.memberships.iter().find(|m| m.center == entry.center) {
            center.chooser.answered(membership.position, now);
        }
        out.emit(Effect::CenterChanged {
            center: center.user,
        });
        slot.agent.handling += 1;
        slot.statistics.at(now).answer(wait);
        let wraps_up = slot.agent.state == AgentState::WrapUp;
        out.emit(Effect::AgentChanged {
            agent: slot.agent.user,
        });
        others.retain(|other| self.free(*other));
        if wraps_up {
            self.set_state(now, agent, AgentState::Available, out);
        }
        for other in &others {
            self.serve(now, *other, out);
        }
        others.clear();
        self.calls[call].offered = others;
    }

    /// The offer to an agent is over. Returns whether some queue may offer them another call.
    fn free(&mut self, agent: usize) -> bool {
        let slot = &mut self.agents[agent];
        slot.offer = None;
        slot.agent.offered = None;
        slot.refresh(&mut self.centers)
    }

    /// An agent did not take a call that rang.
    pub(super) fn miss(
        &mut self,
        now: Timestamp,
        call: usize,
        agent: usize,
        out: &mut impl EffectSink,
    ) {
        let entry = &mut self.calls[call];
        entry.offered.retain(|other| *other != agent);
        entry.tried.push(agent);
        self.agents[agent].statistics.at(now).bounced += 1;
        self.cool_down(now, agent, MISSED_MS);
        self.free(agent);
        out.emit(Effect::AgentChanged {
            agent: self.agents[agent].agent.user,
        });
        if self.agents[agent].policy.unavailable_on_bounce {
            self.make_unavailable(now, agent, out);
        }
    }

    /// It rang long enough at all of them.
    pub(super) fn rang_out(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        out.emit(Effect::Withdraw {
            call: self.calls[call].call,
        });
        while let Some(agent) = self.calls[call].offered.first().copied() {
            self.miss(now, call, agent, out);
        }
        self.bounce(now, call, out);
    }

    /// Nobody took a call: it goes elsewhere, or back to the front.
    pub(super) fn bounce(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        let entry = &mut self.calls[call];
        entry.bounced = true;
        let center = &mut self.centers[entry.center];
        center.statistics.at(now).bounced += 1;
        if center.config.bounced.number.is_some() {
            self.release(now, call, Unqueued::Bounced, out);
        } else {
            self.wait(now, call, out);
        }
    }

    /// A call that nobody talks to or is offered: to an agent, else into the queue, else away.
    pub(super) fn wait(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        let entry = &mut self.calls[call];
        entry.phase = Phase::Waiting;
        entry.turn = 0;
        let at = entry.center;
        if let Some(why) = self.centers[at].stranded() {
            return self.release(now, call, why, out);
        }
        if !self.offer(now, call, out) {
            let (place, center) = (self.calls[call].place(), &mut self.centers[at]);
            center.waiting.insert(place, call);
            let waiting = center.waiting.len() as u16;
            if center.config.agent.alert_waiting == Some(waiting) {
                out.emit(Effect::Alert {
                    center: center.user,
                    alert: Alert::Waiting(waiting),
                });
            }
        }
        out.emit(Effect::CenterChanged {
            center: self.centers[at].user,
        });
    }

    /// Lets go of the calls that wait where no agent is left.
    pub(super) fn strand(&mut self, now: Timestamp, center: usize, out: &mut impl EffectSink) {
        let Some(why) = self.centers[center].stranded() else {
            return;
        };
        while let Some((_, call)) = self.centers[center].waiting.front() {
            self.release(now, call, why, out);
        }
    }

    /// Lets go of a call that waits or rings.
    pub(super) fn release(
        &mut self,
        now: Timestamp,
        call: usize,
        why: Unqueued,
        out: &mut impl EffectSink,
    ) {
        let entry = &self.calls[call];
        let center = &mut self.centers[entry.center];
        let counters = center.statistics.at(now);
        *match why {
            Unqueued::Full | Unqueued::Overflow => &mut counters.overflowed,
            Unqueued::Bounced => &mut counters.bounced_away,
            Unqueued::Stranded | Unqueued::StrandedUnavailable => &mut counters.stranded,
        } += 1;
        out.emit(Effect::Release {
            call: entry.call,
            center: center.user,
            why,
        });
        self.forget(now, call, out);
    }

    /// A call is no longer in the queue nor at an agent.
    pub(super) fn forget(&mut self, now: Timestamp, call: usize, out: &mut impl EffectSink) {
        let entry = &mut self.calls[call];
        let offered = std::mem::take(&mut entry.offered);
        let center = &mut self.centers[entry.center];
        center.waiting.remove(entry.place());
        if std::mem::take(&mut entry.late) {
            center.late -= 1;
        }
        out.emit(Effect::CenterChanged {
            center: center.user,
        });
        self.calls.remove(call);
        for agent in &offered {
            self.free(*agent);
            out.emit(Effect::AgentChanged {
                agent: self.agents[*agent].agent.user,
            });
        }
        for agent in offered {
            self.serve(now, agent, out);
        }
    }
}
