//! Agents: their state, what becomes of it after a call, and for which queues they are idle.

use super::center::Center;
use super::statistics::Statistics;
use super::timers::{Due, Kind};
use super::{Acd, Effect, EffectSink};
use crate::id::{CallRef, UnavailableCodeId, UserId};
use crate::organisation::AfterCall;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The state of an agent, for all call centers at once (manual § 12.1.4). To sign in is to leave `SignedOut`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum AgentState {
    /// Not at work.
    #[default]
    SignedOut,
    /// Takes calls.
    Available,
    /// Takes no calls.
    Unavailable {
        /// Why, where the enterprise uses codes.
        #[serde(default)]
        code: Option<UnavailableCodeId>,
    },
    /// Finishes the work of a call.
    WrapUp,
}

/// An agent, as all may know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// The user.
    pub user: UserId,
    /// The state.
    pub state: AgentState,
    /// Since when they are in this state.
    pub since: Timestamp,
    /// The calls on the line, as the host told.
    pub calls: u16,
    /// A phone is registered.
    pub reachable: bool,
    /// Do not disturb is on.
    pub do_not_disturb: bool,
    /// The calls of call centers that the agent answered and that go on.
    pub handling: u16,
    /// The call that rings at the agent.
    pub offered: Option<CallRef>,
}

/// An agent with all that the distributor keeps of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) agent: Agent,
    /// The call that rings, by index.
    pub(super) offer: Option<usize>,
    pub(super) memberships: Vec<Membership>,
    /// The queues that they joined or left by choice, configured or not.
    pub(super) chosen: Vec<(UserId, bool)>,
    /// Names the timer until which no call is offered; none: no timer.
    pub(super) cooldown: Option<(Timestamp, u64)>,
    pub(super) wrap_up: Option<WrapUp>,
    pub(super) policy: AgentPolicy,
    pub(super) statistics: Statistics,
}

/// The work after a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrapUp {
    center: usize,
    since: Timestamp,
    /// What the call took until then.
    handled_ms: u64,
    /// Names the timer that ends it.
    pub(super) stamp: u64,
}

/// How an agent is treated, by their own settings or the enterprise's: the pause after a call in milliseconds, and what
/// makes them unavailable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct AgentPolicy {
    pub(super) guard_ms: i64,
    pub(super) unavailable_on_bounce: bool,
    pub(super) unavailable_on_do_not_disturb: bool,
}

/// An agent's place in a queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Membership {
    pub(super) center: usize,
    pub(super) position: usize,
    pub(super) joined: bool,
    /// What the queue was told last.
    pub(super) idle: bool,
    pub(super) offers: Offers,
}

/// Whether an agent may get an offer during wrap-up, or a second call beside the one they are on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offers {
    /// One during wrap-up.
    pub(super) in_wrap_up: bool,
    /// One beside the first, with call waiting.
    pub(super) second: bool,
}

impl AgentState {
    fn works(self) -> bool {
        matches!(self, Self::Available | Self::WrapUp)
    }
}

/// How long an agent who did not take a call is offered none, in milliseconds: one ring, so that the call does not come
/// back at once.
pub(super) const MISSED_MS: i64 = 6_000;
/// The calls that an agent with call waiting has at most.
const AT_ONCE: u16 = 2;

impl Acd {
    pub(super) fn set_state(
        &mut self,
        now: Timestamp,
        agent: usize,
        state: AgentState,
        out: &mut impl EffectSink,
    ) {
        let state = self.with_code(state);
        let slot = &mut self.agents[agent];
        let before = std::mem::replace(&mut slot.agent.state, state);
        if before == state {
            return;
        }
        slot.agent.since = now;
        let (signed_in, away) = (state != AgentState::SignedOut, !state.works());
        slot.statistics
            .staff(now, signed_in.into(), (signed_in && away).into());
        for membership in slot.memberships.iter().filter(|m| m.joined) {
            let center = &mut self.centers[membership.center];
            center.count(now, before, false);
            center.count(now, state, true);
            out.emit(Effect::CenterChanged {
                center: center.user,
            });
        }
        out.emit(Effect::AgentChanged {
            agent: slot.agent.user,
        });
        if before == AgentState::WrapUp {
            self.end_wrap_up(now, agent);
        }
        self.refresh(agent);
        if away {
            self.went_away(now, agent, out);
        }
        self.serve(now, agent, out);
    }

    /// A call that rings may bounce, and those that wait may strand.
    fn went_away(&mut self, now: Timestamp, agent: usize, out: &mut impl EffectSink) {
        if let Some(call) = self.agents[agent].offer {
            let entry = &self.calls[call];
            // With others it goes on ringing: an offer to several cannot be taken back from one.
            if self.centers[entry.center].config.bounced.when_unavailable
                && entry.offered.len() == 1
            {
                out.emit(Effect::Withdraw { call: entry.call });
                self.miss(now, call, agent, out);
                self.bounce(now, call, out);
            }
        }
        for at in 0..self.agents[agent].memberships.len() {
            let membership = self.agents[agent].memberships[at];
            if membership.joined {
                self.strand(now, membership.center, out);
            }
        }
    }

    /// The code that counts: none where the enterprise uses none, the default where one must be given (manual § 23.1.2).
    fn with_code(&self, state: AgentState) -> AgentState {
        let AgentState::Unavailable { code } = state else {
            return state;
        };
        let defaults = &self.defaults;
        let known = code.filter(|code| defaults.codes.iter().any(|known| known.id == *code));
        let forced = if defaults.codes_forced {
            defaults.default_code
        } else {
            None
        };
        let code = if defaults.codes_enabled {
            known.or(forced)
        } else {
            None
        };
        AgentState::Unavailable { code }
    }

    /// Unavailable by what happened and not by choice, so with the default code.
    pub(super) fn make_unavailable(
        &mut self,
        now: Timestamp,
        agent: usize,
        out: &mut impl EffectSink,
    ) {
        if self.agents[agent].agent.state.works() {
            let code = self.defaults.default_code;
            self.set_state(now, agent, AgentState::Unavailable { code }, out);
        }
    }

    /// Joins a queue or leaves it.
    pub(super) fn join(
        &mut self,
        now: Timestamp,
        agent: usize,
        center: usize,
        joins: bool,
        out: &mut impl EffectSink,
    ) {
        let slot = &mut self.agents[agent];
        let user = self.centers[center].user;
        slot.chosen.retain(|(chosen, _)| *chosen != user);
        slot.chosen.push((user, joins));
        let state = slot.agent.state;
        let Some(membership) = slot
            .memberships
            .iter_mut()
            .find(|m| m.center == center && m.joined != joins)
        else {
            return;
        };
        membership.joined = joins;
        self.centers[center].count(now, state, joins);
        out.emit(Effect::AgentChanged {
            agent: slot.agent.user,
        });
        out.emit(Effect::CenterChanged { center: user });
        self.refresh(agent);
        self.strand(now, center, out);
        self.serve(now, agent, out);
    }

    /// What follows a call of a call center that took the agent `handled_ms` so far.
    pub(super) fn after_call(
        &mut self,
        now: Timestamp,
        agent: usize,
        center: usize,
        handled_ms: u64,
        out: &mut impl EffectSink,
    ) {
        let settings = &self.centers[center].config.agent;
        let (after, longest) = (
            settings.after_call,
            settings
                .max_wrap_up
                .map(|seconds| i64::from(seconds) * 1000),
        );
        let slot = &self.agents[agent];
        out.emit(Effect::AgentChanged {
            agent: slot.agent.user,
        });
        let guard = slot.policy.guard_ms;
        let (state, last) = (slot.agent.state, slot.agent.handling == 0);
        let pause = longest.map_or(guard, |longest| guard.min(longest));
        if pause > 0 {
            self.cool_down(now, agent, pause);
        }
        if last
            && (state == AgentState::WrapUp
                || state == AgentState::Available && after == AfterCall::WrapUp)
        {
            let stamp = self.stamp();
            if let Some(longest) = longest {
                self.timers.set(Due {
                    at: now.plus_ms(longest),
                    kind: Kind::WrapUp,
                    of: agent,
                    stamp,
                });
            }
            self.end_wrap_up(now, agent);
            self.agents[agent].wrap_up = Some(WrapUp {
                center,
                since: now,
                handled_ms,
                stamp,
            });
            self.set_state(now, agent, AgentState::WrapUp, out);
        } else {
            self.centers[center].handling.add(now, handled_ms);
            if let (true, AgentState::Available, AfterCall::Unavailable { code }) =
                (last, state, after)
            {
                let code = code.or(self.defaults.default_code);
                self.set_state(now, agent, AgentState::Unavailable { code }, out);
            }
        }
        self.refresh(agent);
        self.serve(now, agent, out);
    }

    /// The wrap-up of a call is over: it counts.
    fn end_wrap_up(&mut self, now: Timestamp, agent: usize) {
        let slot = &mut self.agents[agent];
        let Some(wrap_up) = slot.wrap_up.take() else {
            return;
        };
        let ms = now.since(wrap_up.since).max(0) as u64;
        slot.statistics.at(now).wrap_up_ms += ms;
        let center = &mut self.centers[wrap_up.center];
        center.statistics.at(now).wrap_up_ms += ms;
        center.handling.add(now, wrap_up.handled_ms + ms);
    }

    /// No call is offered to the agent for so long.
    pub(super) fn cool_down(&mut self, now: Timestamp, agent: usize, ms: i64) {
        let at = now.plus_ms(ms);
        if self.agents[agent]
            .cooldown
            .is_none_or(|(until, _)| until < at)
        {
            let stamp = self.stamp();
            self.agents[agent].cooldown = Some((at, stamp));
            self.timers.set(Due {
                at,
                kind: Kind::CooledDown,
                of: agent,
                stamp,
            });
        }
    }

    /// Tells the queues of an agent whether the agent is idle.
    pub(super) fn refresh(&mut self, agent: usize) {
        self.agents[agent].refresh(&mut self.centers);
    }
}

impl Slot {
    /// Returns whether the agent is idle for some queue.
    pub(super) fn refresh(&mut self, centers: &mut [Center]) -> bool {
        let Agent {
            state,
            calls,
            reachable,
            do_not_disturb,
            handling,
            ..
        } = self.agent;
        let free = reachable
            && !do_not_disturb
            && self.cooldown.is_none()
            && self.offer.is_none()
            && state.works()
            && calls.max(handling) < AT_ONCE;
        let (wraps_up, busy) = (matches!(state, AgentState::WrapUp), calls.max(handling) > 0);
        let mut some = false;
        for membership in &mut self.memberships {
            let idle = free
                && membership.joined
                && (!wraps_up || membership.offers.in_wrap_up)
                && (!busy || membership.offers.second);
            if idle != membership.idle {
                membership.idle = idle;
                centers[membership.center]
                    .chooser
                    .set_idle(membership.position, idle);
            }
            some |= idle;
        }
        some
    }
}
