//! What of the distributor survives a restart of its host: what people chose, and nothing of the calls.

use super::{Acd, AgentState, Indices};
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What agents and codes have set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersistedAcd {
    /// The agents.
    pub agents: Vec<PersistedAgent>,
    /// The call centers of which a service was forced by a code.
    pub centers: Vec<PersistedCenter>,
}

/// An agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersistedAgent {
    /// The user.
    pub user: UserId,
    /// The state; wrap-up does not outlast a restart and is kept as available.
    pub state: AgentState,
    /// Since when they are in this state.
    pub since: Timestamp,
    /// The queues that they joined or left by choice.
    pub chosen: Vec<(UserId, bool)>,
}

/// A call center.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersistedCenter {
    /// The call center.
    pub center: UserId,
    /// Night service.
    pub night: Option<bool>,
    /// Forced forwarding.
    pub forwarding: Option<bool>,
}

impl Acd {
    /// What is to be given to [`Acd::restore`] after a restart.
    pub fn persisted(&self) -> PersistedAcd {
        let agents = self.agents.iter().map(|slot| PersistedAgent {
            user: slot.agent.user,
            state: match slot.agent.state {
                AgentState::WrapUp => AgentState::Available,
                state => state,
            },
            since: slot.agent.since,
            chosen: slot.chosen.clone(),
        });
        let centers = self.centers.iter().map(|center| PersistedCenter {
            center: center.user,
            night: center.night_forced,
            forwarding: center.forwarding_forced,
        });
        PersistedAcd {
            agents: agents
                .filter(|a| a.state != AgentState::SignedOut || !a.chosen.is_empty())
                .collect(),
            centers: centers
                .filter(|c| c.night.is_some() || c.forwarding.is_some())
                .collect(),
        }
    }

    /// Begins where another left off. To be called before [`Acd::configure`]; what that has no place for is dropped.
    pub fn restore(&mut self, persisted: PersistedAcd) {
        for PersistedAgent {
            user,
            state,
            since,
            chosen,
        } in persisted.agents
        {
            let index = self.agent_index(user);
            let slot = &mut self.agents[index];
            (slot.agent.state, slot.agent.since, slot.chosen) = (state, since, chosen);
        }
        self.forced = persisted.centers;
    }

    /// The index of a user among the agents; they are added when they are not there.
    pub(super) fn agent_index(&mut self, user: UserId) -> usize {
        let Self {
            agents, agent_at, ..
        } = self;
        agent_at.get(user).unwrap_or_else(|| {
            let slot = super::agent::Slot::of(user);
            Indices::put(agent_at, user, agents.len());
            agents.push(slot);
            agents.len() - 1
        })
    }
}
