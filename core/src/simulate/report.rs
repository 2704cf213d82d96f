//! What a simulation tells.

use crate::acd::{Acd, Counters, Interval};
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of the calls of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Calls that came in.
    pub calls: u64,
    /// Of these, those that were not over when the plan ended.
    pub unfinished: u64,
    /// Each call center of the configuration.
    pub centers: Vec<CenterReport>,
    /// Each agent of the plan.
    pub agents: Vec<AgentReport>,
}

impl Report {
    /// The same without quarters of an hour, so that many reports fit into memory.
    #[must_use]
    pub fn totals(mut self) -> Self {
        self.centers
            .iter_mut()
            .for_each(|center| center.intervals = Vec::new());
        self
    }
}

/// What happened at a call center: the same counters as of live calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CenterReport {
    /// The call center.
    pub center: UserId,
    /// The whole time.
    pub total: Counters,
    /// Each quarter of an hour in which something happened.
    pub intervals: Vec<Interval>,
}

/// What an agent did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentReport {
    /// The agent.
    pub agent: UserId,
    /// The whole time.
    pub total: Counters,
}

/// Collects what the distributor counted before it falls out.
#[derive(Debug, Default)]
pub(super) struct Collected {
    centers: BTreeMap<UserId, Vec<Interval>>,
    agents: BTreeMap<UserId, Counters>,
}

impl Collected {
    /// Begins for these call centers and agents.
    pub(super) fn of(
        centers: impl Iterator<Item = UserId>,
        agents: impl Iterator<Item = UserId>,
    ) -> Self {
        Self {
            centers: centers.map(|center| (center, Vec::new())).collect(),
            agents: agents.map(|agent| (agent, Counters::default())).collect(),
        }
    }

    /// Takes what began before a moment.
    pub(super) fn take(&mut self, acd: &mut Acd, now: Timestamp, before: Timestamp) {
        for (user, intervals) in acd.take_statistics(now, before) {
            if let Some(center) = self.centers.get_mut(&user) {
                center.extend(intervals);
            } else if let Some(agent) = self.agents.get_mut(&user) {
                for interval in &intervals {
                    agent.add(&interval.counters);
                }
            }
        }
    }

    pub(super) fn report(self, calls: u64, unfinished: u64) -> Report {
        let centers = self.centers.into_iter().map(|(center, intervals)| {
            let total = intervals.iter().map(|interval| &interval.counters).sum();
            CenterReport {
                center,
                total,
                intervals,
            }
        });
        let agents = self
            .agents
            .into_iter()
            .map(|(agent, total)| AgentReport { agent, total });
        Report {
            calls,
            unfinished,
            centers: centers.collect(),
            agents: agents.collect(),
        }
    }
}
