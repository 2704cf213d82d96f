//! Takes in a configuration, the first or another one, while calls go on.

use super::agent::{AgentPolicy, Membership, Offers, Slot};
use super::center::{Center, Handling, Staff};
use super::chooser::{Chooser, NEVER};
use super::{Acd, AgentState, Effect, EffectSink, Statistics};
use crate::id::UserId;
use crate::organisation::{CallCenter, CenterDefaults};
use crate::outcome::Unqueued;
use crate::policy::Draws;
use crate::service::call_center_agent;
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use std::sync::Arc;

impl Slot {
    pub(super) fn of(user: UserId) -> Self {
        let mut slot = Self::default();
        slot.agent.user = user;
        slot
    }
}

impl Acd {
    /// Reads the call centers, their agents and what holds for all of them; again after each save. States, queues and
    /// statistics stay. Calls that wait at a call center that is gone are released.
    pub fn configure(&mut self, now: Timestamp, config: &Snapshot, out: &mut impl EffectSink) {
        if self.knows_centers(config) {
            return self.read_habits(config);
        }
        self.seat_all(now, config, out);
    }

    /// The same, where it is known which users are not what they were. True: call centers changed, so that everybody's work
    /// may have.
    pub fn reconfigure(
        &mut self,
        now: Timestamp,
        config: &Snapshot,
        changed: &[UserId],
        out: &mut impl EffectSink,
    ) -> bool {
        if !self.knows_centers(config) {
            self.seat_all(now, config, out);
            return true;
        }
        for user in changed {
            if let Some(at) = self.agent_at.get(*user) {
                self.agents[at].policy = policy(&self.defaults, *user, config);
            }
        }
        false
    }

    /// Whether call centers and what holds for all of them are as they were.
    fn knows_centers(&self, config: &Snapshot) -> bool {
        let there = self.centers.iter().filter(|center| !center.is_gone).count();
        self.defaults == config.shared().centers
            && config.call_centers().count() == there
            && config.call_centers().all(|new| {
                let known = self.center_at.get(new.id).map(|at| &self.centers[at]);
                known.is_some_and(|known| !known.is_gone && Arc::ptr_eq(&known.config, new))
            })
    }

    fn seat_all(&mut self, now: Timestamp, config: &Snapshot, out: &mut impl EffectSink) {
        let centers: Vec<_> = config.call_centers().cloned().collect();
        let defaults = &config.shared().centers;
        self.defaults = defaults.clone();
        self.agents
            .iter_mut()
            .for_each(|slot| slot.memberships.clear());
        for center in &mut self.centers {
            center.is_gone = true;
        }
        for center in centers {
            self.put_center(center);
        }
        for at in 0..self.centers.len() {
            let center = &mut self.centers[at];
            if center.is_gone {
                center.agents.clear();
                center.staff = Staff::default();
                center.chooser = Chooser::new(
                    center.config.policy,
                    &[],
                    Vec::new(),
                    None,
                    center.chooser.draws(),
                );
                center.statistics.staff(now, 0, 0);
                while let Some((_, call)) = self.centers[at].waiting.front() {
                    self.release(now, call, Unqueued::Stranded, out);
                }
            } else {
                self.seat(now, at);
            }
            out.emit(Effect::CenterChanged {
                center: self.centers[at].user,
            });
        }
        self.read_habits(config);
        for agent in 0..self.agents.len() {
            let slot = &mut self.agents[agent];
            let signed_in = slot.agent.state != AgentState::SignedOut;
            let away = matches!(slot.agent.state, AgentState::Unavailable { .. });
            slot.statistics.staff(now, signed_in.into(), away.into());
            self.refresh(agent);
        }
        for center in 0..self.centers.len() {
            self.strand(now, center, out);
        }
        for agent in 0..self.agents.len() {
            self.serve(now, agent, out);
        }
    }

    /// Adds or replaces a call center, without its agents.
    fn put_center(&mut self, config: Arc<CallCenter>) {
        let user = config.id;
        if let Some(at) = self.center_at.get(user) {
            let center = &mut self.centers[at];
            // Who switches a service in the portal means it, whatever a code said before.
            if center.config.night.forced != config.night.forced {
                center.night_forced = None;
            }
            if center.config.forced.active != config.forced.active {
                center.forwarding_forced = None;
            }
            center.config = config;
            center.is_gone = false;
            return;
        }
        let forced = self
            .forced
            .iter()
            .find(|persisted| persisted.center == user);
        let draws = Draws::new(self.seed ^ u64::from(user.0) << 32);
        self.center_at.put(user, self.centers.len());
        self.centers.push(Center {
            user,
            night_forced: forced.and_then(|persisted| persisted.night),
            forwarding_forced: forced.and_then(|persisted| persisted.forwarding),
            chooser: Chooser::new(config.policy, &[], Vec::new(), None, draws),
            config,
            is_gone: false,
            agents: Vec::new(),
            waiting: super::waiting::Waiting::default(),
            staff: Staff::default(),
            late: 0,
            handling: Handling::default(),
            statistics: Statistics::default(),
        });
    }

    /// Gives the agents of a call center their places. Who answered when is kept by user, whatever their places were.
    fn seat(&mut self, now: Timestamp, at: usize) {
        let config = self.centers[at].config.clone();
        let agents: Vec<usize> = config
            .agents
            .iter()
            .map(|member| self.agent_index(member.user))
            .collect();
        let center = &mut self.centers[at];
        let (answered, last) = center.chooser.memory();
        let before: Vec<_> = center
            .agents
            .iter()
            .copied()
            .zip(answered.iter().copied())
            .collect();
        let last = last
            .and_then(|position| center.agents.get(position))
            .copied();
        let mut known = before;
        known.sort_unstable();
        let answered = agents.iter().map(|agent| {
            let found = known.binary_search_by_key(agent, |(agent, _)| *agent);
            found.map_or(NEVER, |index| known[index].1)
        });
        let answered = answered.collect();
        let last = last.and_then(|last| agents.iter().position(|agent| *agent == last));
        center.chooser = Chooser::new(
            config.policy,
            &config.agents,
            answered,
            last,
            center.chooser.draws(),
        );
        center.staff = Staff::default();
        center.statistics.staff(now, 0, 0);
        for (position, agent) in agents.iter().enumerate() {
            let slot = &mut self.agents[*agent];
            let chosen = slot.chosen.iter().find(|(user, _)| *user == config.id);
            let joined = chosen.map_or(!config.agent.may_join, |(_, joined)| *joined);
            slot.memberships.push(Membership {
                center: at,
                position,
                joined,
                idle: false,
                offers: Offers {
                    in_wrap_up: config.agent.offer_in_wrap_up,
                    second: config.agent.call_waiting,
                },
            });
            if joined {
                center.count(now, slot.agent.state, true);
            }
        }
        center.agents = agents;
    }

    /// What agents' own settings say, and else the enterprise's.
    fn read_habits(&mut self, config: &Snapshot) {
        for slot in &mut self.agents {
            slot.policy = policy(&self.defaults, slot.agent.user, config);
        }
    }
}

fn policy(defaults: &CenterDefaults, agent: UserId, config: &Snapshot) -> AgentPolicy {
    let conduct = call_center_agent::conduct(config.user(agent), defaults);
    AgentPolicy {
        guard_ms: conduct
            .guard_seconds
            .map_or(0, |seconds| i64::from(seconds) * 1000),
        unavailable_on_bounce: conduct.unavailable_on_bounce,
        unavailable_on_do_not_disturb: conduct.unavailable_on_do_not_disturb,
    }
}
