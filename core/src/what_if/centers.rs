//! Call centers in a story: their agents are as the question says, and the real distributor offers the calls.

use crate::call::facts::CenterFact;
use crate::id::{UnavailableCodeId, UserId};
use crate::organisation::CallCenter;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How call centers are found when the call comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CentersScript {
    /// What agents are; those not named are joined and available.
    pub agents: BTreeMap<UserId, AgentScript>,
    /// Calls that wait already in each queue that the call reaches.
    pub ahead: u16,
    /// What codes have forced, by call center.
    pub forced: BTreeMap<UserId, Forced>,
}

/// What an agent is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum AgentScript {
    /// Takes calls.
    #[default]
    Available,
    /// Takes none.
    Unavailable {
        /// Why.
        #[serde(default)]
        code: Option<UnavailableCodeId>,
    },
    /// Busy after a call.
    WrapUp,
    /// Not at work.
    SignedOut,
}

/// What codes have forced at a call center.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Forced {
    /// Night service.
    pub night: Option<bool>,
    /// Forced forwarding.
    pub forwarding: Option<bool>,
}

impl CentersScript {
    /// What a call center is found to be.
    pub(super) fn fact(&self, center: &CallCenter) -> CenterFact {
        let forced = self.forced.get(&center.id).copied().unwrap_or_default();
        let mut fact = CenterFact {
            center: center.id,
            night_forced: forced.night,
            forwarding_forced: forced.forwarding,
            joined: u16::try_from(center.agents.len()).unwrap_or(u16::MAX),
            waiting: self.ahead,
            ..CenterFact::default()
        };
        for member in &center.agents {
            match self.agents.get(&member.user).copied().unwrap_or_default() {
                AgentScript::Available | AgentScript::WrapUp => fact.staffed += 1,
                AgentScript::SignedOut => fact.unavailable += 1,
                AgentScript::Unavailable { code } => {
                    fact.staffed += 1;
                    fact.unavailable += 1;
                    code.into_iter().for_each(|code| *fact.codes.entry(code).or_default() += 1);
                }
            }
        }
        fact
    }
}
