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

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What each hunt group remembers.
    pub hunts: BTreeMap<UserId, HuntMemory>,
    /// The callbacks that wait.
    pub callbacks: Vec<Callback>,
    /// Agents and forced services.
    pub acd: acd::Kept,
    /// Who causes no calls that leave.
    #[serde(default)]
    pub stops: Vec<Stop>,
}

impl Exchange {
    /// An exchange that goes on where another ended. Draws come from the seed.
    pub fn new(seed: u64, kept: Kept) -> Self {
        let mut acd = Acd::new(seed);
        acd.restore(kept.acd);
        let outside = Outside::new(kept.stops);
        Self {
            seed,
            hunts: kept.hunts,
            callbacks: kept.callbacks,
            outside,
            acd,
            ..Self::default()
        }
    }

    /// What is to be kept.
    pub fn kept(&self) -> Kept {
        Kept {
            hunts: self.hunts.clone(),
            callbacks: self.callbacks.clone(),
            acd: self.acd.kept(),
            stops: self.stops().collect(),
        }
    }
}
