//! One call center as the distributor keeps it: its agents, its queue, who is there and what its calls cost.

use super::AgentState;
use super::chooser::Chooser;
use super::statistics::Statistics;
use super::waiting::Waiting;
use crate::id::{UnavailableCodeId, UserId};
use crate::organisation::CallCenter;
use crate::outcome::Unqueued;
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;

/// A call center.
#[derive(Clone, Debug)]
pub(super) struct Center {
    pub(super) user: UserId,
    pub(super) config: Arc<CallCenter>,
    /// It is configured no longer; calls that were answered go on.
    pub(super) is_gone: bool,
    /// The indices of its agents, by position.
    pub(super) agents: Vec<usize>,
    pub(super) chooser: Chooser,
    pub(super) waiting: Waiting,
    pub(super) staff: Staff,
    pub(super) night_forced: Option<bool>,
    pub(super) forwarding_forced: Option<bool>,
    /// How many calls wait so long that phones were told.
    pub(super) late: u32,
    pub(super) handling: Handling,
    pub(super) statistics: Statistics,
}

impl Center {
    /// Why calls may not wait here now (routing § 3): the stranded services, the one of the unavailable code first.
    pub(super) fn stranded(&self) -> Option<Unqueued> {
        let CallCenter {
            stranded_unavailable: service,
            stranded,
            night,
            ..
        } = &*self.config;
        let carry = service.code.map_or(0, |code| self.staff.carry(code));
        if service.code.is_some() && carry >= service.agents.max(1) {
            return service
                .action
                .takes_calls(night)
                .then_some(Unqueued::StrandedUnavailable);
        }
        let nobody = self.staff.unavailable == self.staff.joined;
        (nobody && stranded.action.takes_calls(night)).then_some(Unqueued::Stranded)
    }

    /// Counts a joined agent in or out.
    pub(super) fn count(&mut self, now: Timestamp, state: AgentState, there: bool) {
        self.staff.count(state, there);
        self.statistics
            .staff(now, self.staff.signed_in.into(), self.staff.away().into());
    }

    /// The wait of a call at a position, from 1, in seconds: shared by the agents who are available, idle or on a call, or
    /// in wrap-up (routing § 7). Nobody is: [`u32::MAX`].
    pub(super) fn estimated_wait(&self, position: usize, now: Timestamp) -> u32 {
        let default = u64::from(self.config.announcements.handling_minutes) * 60_000;
        let handling = self.handling.mean(now).unwrap_or(default);
        let at_work = u64::from(self.staff.joined.saturating_sub(self.staff.unavailable));
        let Some(ms) = handling
            .saturating_mul(position as u64)
            .checked_div(at_work)
        else {
            return u32::MAX;
        };
        u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX)
    }
}

/// Who is there, of those who are joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Staff {
    pub(super) joined: u16,
    /// Not signed out.
    pub(super) signed_in: u16,
    /// Unavailable or signed out.
    pub(super) unavailable: u16,
    /// How many carry each code; few enough for a list.
    pub(super) codes: Vec<(UnavailableCodeId, u16)>,
}

impl Staff {
    fn carry(&self, code: UnavailableCodeId) -> u16 {
        self.codes
            .iter()
            .find(|(other, _)| *other == code)
            .map_or(0, |(_, count)| *count)
    }

    /// Signed in, and unavailable.
    fn away(&self) -> u16 {
        self.unavailable
            .saturating_sub(self.joined.saturating_sub(self.signed_in))
    }

    fn count(&mut self, state: AgentState, there: bool) {
        let step = |count: &mut u16| {
            *count = if there {
                count.saturating_add(1)
            } else {
                count.saturating_sub(1)
            };
        };
        step(&mut self.joined);
        match state {
            AgentState::SignedOut => step(&mut self.unavailable),
            AgentState::Available | AgentState::WrapUp => step(&mut self.signed_in),
            AgentState::Unavailable { code } => {
                step(&mut self.signed_in);
                step(&mut self.unavailable);
                let Some(code) = code else { return };
                if !self.codes.iter().any(|(other, _)| *other == code) {
                    self.codes.push((code, 0));
                }
                self.codes
                    .iter_mut()
                    .filter(|(other, _)| *other == code)
                    .for_each(|(_, count)| step(count));
            }
        }
    }
}

/// What the calls of the last hour cost their agents: talk, hold and wrap-up.
#[derive(Clone, Debug, Default)]
pub(super) struct Handling {
    recent: VecDeque<(Timestamp, u64)>,
    sum: u64,
}

impl Handling {
    pub(super) fn add(&mut self, now: Timestamp, ms: u64) {
        while let Some((_, stale)) = self
            .recent
            .front()
            .copied()
            .filter(|(at, _)| is_stale(*at, now))
        {
            self.sum -= stale;
            self.recent.pop_front();
        }
        self.recent.push_back((now, ms));
        self.sum += ms;
    }

    fn mean(&self, now: Timestamp) -> Option<u64> {
        let stale = self.recent.iter().take_while(|(at, _)| is_stale(*at, now));
        let (gone, lost) = stale.fold((0, 0), |(gone, lost), (_, ms)| (gone + 1, lost + ms));
        (self.sum - lost).checked_div((self.recent.len() - gone) as u64)
    }
}

fn is_stale(at: Timestamp, now: Timestamp) -> bool {
    now.since(at) > 3_600_000
}
