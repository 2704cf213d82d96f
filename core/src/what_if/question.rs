//! What is asked of the engine from elsewhere, in the form in which it is sent: one call, or one for each hour of a span
//! of time, on saved settings or on a draft.

use super::{CentersScript, Later, LineScript, WhatIf};
use crate::call::Request;
use crate::caller::Caller;
use crate::id::{LocationId, ServiceId, UserId};
use crate::number::E164;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A what-if for the server, on saved settings or on a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Who calls.
    #[serde(default)]
    pub caller: Caller,
    /// What is dialled.
    pub dialled: String,
    /// The location at whose phone it is dialled; none: the public network.
    #[serde(default)]
    pub from: Option<LocationId>,
    /// The caller asked that nobody forwards the call.
    #[serde(default)]
    pub diversion_inhibited: bool,
    /// When, in milliseconds since 1970 UTC; none: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// What the lines of users do; those not named answer.
    #[serde(default)]
    pub lines: BTreeMap<UserId, LineScript>,
    /// What numbers outside do.
    #[serde(default)]
    pub outside: LineScript,
    /// The mailboxes in which no more messages fit.
    #[serde(default)]
    pub full: BTreeSet<UserId>,
    /// What some numbers outside do instead.
    #[serde(default)]
    pub numbers: BTreeMap<E164, LineScript>,
    /// Whoever answers and is asked to confirm it does not press the key.
    #[serde(default)]
    pub unconfirmed: bool,
    /// The keys that the caller presses, a text for each prompt.
    #[serde(default)]
    pub keys: Vec<String>,
    /// What else people do, in the order of time.
    #[serde(default)]
    pub later: Vec<Later>,
    /// After how many seconds the caller gives up; none: an hour.
    #[serde(default)]
    pub patience: Option<u32>,
    /// How call centers are found: their agents, the calls ahead, what codes have forced.
    #[serde(default)]
    pub centers: CentersScript,
    /// From which draws are made.
    #[serde(default)]
    pub seed: u64,
    /// Settings to try instead of the saved ones.
    #[serde(default)]
    pub draft: Vec<Draft>,
}

/// A what-if for each hour of a span of time, a week at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Who calls.
    #[serde(default)]
    pub caller: Caller,
    /// What is dialled.
    pub dialled: String,
    /// The location at whose phone it is dialled; none: the public network.
    #[serde(default)]
    pub from: Option<LocationId>,
    /// The first moment, in milliseconds since 1970 UTC.
    pub since: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// What the lines of users do; those not named answer.
    #[serde(default)]
    pub lines: BTreeMap<UserId, LineScript>,
    /// Settings to try instead of the saved ones.
    #[serde(default)]
    pub draft: Vec<Draft>,
}

/// Settings that are not saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The user whose settings they are.
    pub user: UserId,
    /// Of which service.
    pub service: ServiceId,
    /// The settings, complete.
    pub settings: Value,
}

impl Question {
    /// The question as the engine takes it; one that names no moment is asked about `now`.
    pub fn what_if(&self, now: Timestamp) -> WhatIf {
        WhatIf {
            request: Request {
                caller: self.caller,
                dialled: self.dialled.clone(),
                from: self.from,
                diversion_inhibited: self.diversion_inhibited,
                ..Request::default()
            },
            at: self.at.unwrap_or(now),
            lines: self.lines.clone(),
            outside: self.outside,
            numbers: self.numbers.clone(),
            full: self.full.clone(),
            confirm: !self.unconfirmed,
            keys: self.keys.clone(),
            later: self.later.clone(),
            patience: self.patience,
            centers: self.centers.clone(),
            memory: BTreeMap::new(),
            seed: self.seed,
            ..WhatIf::default()
        }
    }
}

impl Span {
    /// The question at the first moment.
    pub fn question(&self) -> Question {
        Question {
            caller: self.caller,
            dialled: self.dialled.clone(),
            from: self.from,
            diversion_inhibited: false,
            at: Some(self.since),
            lines: self.lines.clone(),
            outside: LineScript::default(),
            full: BTreeSet::new(),
            numbers: BTreeMap::new(),
            unconfirmed: false,
            keys: Vec::new(),
            later: Vec::new(),
            patience: None,
            centers: CentersScript::default(),
            seed: 0,
            draft: self.draft.clone(),
        }
    }
}
