//! What of the exchange outlives a restart: the memory of hunt groups, callbacks, and what agents
//! chose. Calls are learnt anew.

use super::outside::Outside;
use super::{Callback, Exchange, Stop};
use crate::acd::{self, Acd};
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a hunt group remembers of earlier calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HuntMemory {
    /// Who answered the last call.
    pub last_answered: Option<UserId>,
    /// When each member last answered a call to the group.
    pub answered_at: BTreeMap<UserId, Timestamp>,
    /// How many calls asked for members: each draws anew.
    pub asked: u64,
}

/// What is persisted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersistedExchange {
    /// What each hunt group remembers.
    pub hunts: BTreeMap<UserId, HuntMemory>,
    /// The callbacks that wait.
    pub callbacks: Vec<Callback>,
    /// Agents and forced services.
    pub acd: acd::PersistedAcd,
    /// Who causes no calls that leave.
    #[serde(default)]
    pub stops: Vec<Stop>,
}

impl Exchange {
    /// An exchange that goes on where another ended. Draws come from the seed.
    pub fn new(seed: u64, persisted: PersistedExchange) -> Self {
        let mut acd = Acd::new(seed);
        acd.restore(persisted.acd);
        let outside = Outside::new(persisted.stops);
        Self {
            seed,
            hunts: persisted.hunts,
            callbacks: persisted.callbacks,
            outside,
            acd,
            ..Self::default()
        }
    }

    /// What is to be persisted.
    pub fn persisted(&self) -> PersistedExchange {
        PersistedExchange {
            hunts: self.hunts.clone(),
            callbacks: self.callbacks.clone(),
            acd: self.acd.persisted(),
            stops: self.stops().collect(),
        }
    }
}
