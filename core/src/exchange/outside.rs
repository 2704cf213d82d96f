//! The calls that leave: how many one user and all users cause at once and within a minute, and who may cause none until
//! an administrator lifts that (requirement K2). Emergency calls and mobile phones of users are not counted.

use super::ExchangeEffect;
use crate::call::LegId;
use crate::id::{CallRef, UserId};
use crate::snapshot::{Limits, Snapshot};
use crate::time::Timestamp;
use crate::trace::Limit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// The span of the limits by time, in milliseconds.
const MINUTE_MS: i64 = 60_000;
/// How long after an alarm the same limit raises none for the same user, in milliseconds.
const QUIET_MS: i64 = 3_600_000;

/// Somebody who causes no calls that leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stop {
    /// Who; `None`: the whole enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// When the limit was passed.
    pub since: Timestamp,
    /// The limit that was gone over.
    pub limit: Limit,
}

/// The calls that leave.
#[derive(Debug, Default)]
pub(super) struct Outside {
    legs: BTreeMap<(CallRef, LegId), Option<UserId>>,
    users: BTreeMap<UserId, Caused>,
    all: Caused,
    stops: BTreeMap<Option<UserId>, Stop>,
    /// When each limit last raised an alarm, by who went over it.
    alarms: BTreeMap<(Option<UserId>, Limit), Timestamp>,
}

/// The calls that somebody causes.
#[derive(Debug, Default)]
struct Caused {
    /// At once.
    now: u32,
    /// When those of the last minute began.
    recent: VecDeque<Timestamp>,
}

impl Caused {
    fn forget(&mut self, now: Timestamp) {
        while self
            .recent
            .front()
            .is_some_and(|at| now.since(*at) >= MINUTE_MS)
        {
            self.recent.pop_front();
        }
    }

    /// The first of two limits that one more call would go over: at once, within a minute.
    fn over(&self, limits: Limits, [at_once, a_minute]: [Limit; 2]) -> Option<Limit> {
        let recent = u32::try_from(self.recent.len()).unwrap_or(u32::MAX);
        match limits {
            Limits { calls, .. } if self.now >= calls => Some(at_once),
            Limits { calls_a_minute, .. } if recent >= calls_a_minute => Some(a_minute),
            _ => None,
        }
    }

    fn begins(&mut self, now: Timestamp) {
        self.now += 1;
        self.recent.push_back(now);
    }
}

impl Outside {
    pub(super) fn new(stops: Vec<Stop>) -> Self {
        Self {
            stops: stops.into_iter().map(|stop| (stop.user, stop)).collect(),
            ..Self::default()
        }
    }

    /// A leg is to leave in somebody's name: it is counted, or refused.
    pub(super) fn begins(
        &mut self,
        leg: (CallRef, LegId),
        user: Option<UserId>,
        now: Timestamp,
        config: &Snapshot,
        effects: &mut Vec<ExchangeEffect>,
    ) -> Result<(), Limit> {
        if self.stops.contains_key(&None) {
            return Err(Limit::EnterpriseStopped);
        }
        if user.is_some() && self.stops.contains_key(&user) {
            return Err(Limit::UserStopped);
        }
        if let Some(user) = user {
            let limits = config.user_limits(user);
            let caused = self.users.entry(user).or_default();
            caused.forget(now);
            if let Some(limit) = caused.over(limits, [Limit::UserCalls, Limit::UserCallsAMinute]) {
                self.gone_over(Some(user), limit, limits.stop, now, effects);
                return Err(limit);
            }
        }
        self.all.forget(now);
        let limits = config.enterprise_limits();
        if let Some(limit) = self.all.over(
            limits,
            [Limit::EnterpriseCalls, Limit::EnterpriseCallsAMinute],
        ) {
            self.gone_over(None, limit, limits.stop, now, effects);
            return Err(limit);
        }
        self.count(leg, user, now);
        Ok(())
    }

    /// A leg leaves, or left before this was known.
    fn count(&mut self, leg: (CallRef, LegId), user: Option<UserId>, now: Timestamp) {
        self.legs.insert(leg, user);
        self.all.begins(now);
        if let Some(user) = user {
            self.users.entry(user).or_default().begins(now);
        }
    }

    fn gone_over(
        &mut self,
        user: Option<UserId>,
        limit: Limit,
        stop: bool,
        now: Timestamp,
        effects: &mut Vec<ExchangeEffect>,
    ) {
        if stop {
            self.stops.insert(
                user,
                Stop {
                    user,
                    since: now,
                    limit,
                },
            );
        }
        let quiet = self
            .alarms
            .get(&(user, limit))
            .is_some_and(|at| now.since(*at) < QUIET_MS);
        if stop || !quiet {
            self.alarms.insert((user, limit), now);
            effects.push(ExchangeEffect::OverLimit {
                user,
                limit,
                stopped: stop,
            });
        }
    }

    /// A leg is gone; one that did not leave is nothing to this.
    pub(super) fn ends(&mut self, leg: (CallRef, LegId)) {
        let Some(user) = self.legs.remove(&leg) else {
            return;
        };
        self.all.now = self.all.now.saturating_sub(1);
        let Some(user) = user else { return };
        if let Some(caused) = self.users.get_mut(&user) {
            caused.now = caused.now.saturating_sub(1);
        }
    }

    /// A call is over, with all its legs.
    pub(super) fn call_ends(&mut self, call: CallRef) {
        let of_call = (call, LegId(0))..=(call, LegId(u32::MAX));
        let gone: Vec<_> = self.legs.range(of_call).map(|(leg, _)| *leg).collect();
        for leg in gone {
            self.ends(leg);
        }
    }

    /// A leg goes on in another call.
    pub(super) fn moves(&mut self, from: (CallRef, LegId), to: (CallRef, LegId)) {
        if let Some(user) = self.legs.remove(&from) {
            self.legs.insert(to, user);
        }
    }

    pub(super) fn stops(&self) -> impl Iterator<Item = Stop> + '_ {
        self.stops.values().copied()
    }

    /// Lets somebody cause calls again, as if none had gone before. False: they are not stopped.
    pub(super) fn lift(&mut self, user: Option<UserId>) -> bool {
        let lifted = self.stops.remove(&user).is_some();
        self.alarms.retain(|(who, _), _| *who != user);
        match user {
            Some(user) => {
                if let Some(caused) = self.users.get_mut(&user) {
                    caused.recent.clear();
                }
            }
            None => self.all.recent.clear(),
        }
        lifted
    }
}
