//! What shows that a finding is one: a call that anybody can replay, or why there is none.

use super::Evidence;
use crate::acd::AgentState;
use crate::call::Request;
use crate::caller::Caller;
use crate::id::{LocationId, UserId};
use crate::time::{Timestamp, Zone};
use crate::what_if::{CentersScript, LineScript, OutcomeKind, Story, WhatIf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// What shows a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// A call.
    Call(Box<WitnessCall>),
    /// What is set is all that there is to see.
    Settings {
        /// Why no call shows it.
        because: NoCall,
    },
}

/// A call that was tried with the call machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WitnessCall {
    /// Who calls.
    pub caller: Caller,
    /// The digits that are dialled.
    pub dialled: String,
    /// At the phone of which location; none: the call comes from the public network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LocationId>,
    /// The moment at which it comes in.
    pub at: Timestamp,
    /// Lines that do not just answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<UserId, LineScript>,
    /// Agents who are not available.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub agents: BTreeMap<UserId, AgentState>,
    /// Calls that wait already in each queue.
    #[serde(default, skip_serializing_if = "is_none")]
    pub ahead: u16,
    /// The keys that the caller presses, a text for each prompt; an empty one is a prompt at which none is pressed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// What is seen of it.
    pub shows: Evidence,
}

/// Why no call shows a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NoCall {
    /// Nobody can dial whom it is about.
    NoNumber,
    /// The service is switched off, or not assigned.
    Off,
    /// No way leads into the menu.
    Unlinked,
    /// It is not about calls that come in.
    NotCalled,
    /// No trace tells which sound is played.
    Unseen,
    /// What comes before it takes every call.
    Before,
    /// None of those that were tried.
    NotFound,
    /// As many calls as may be tried for one organisation were tried for other findings.
    Budget,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_none(ahead: &u16) -> bool {
    *ahead == 0
}

impl WitnessCall {
    pub(super) fn new(question: WhatIf, shows: Evidence) -> Self {
        let WhatIf {
            request,
            at,
            lines,
            centers,
            keys,
            ..
        } = question;
        let Request {
            caller,
            dialled,
            from,
            ..
        } = request;
        let CentersScript { agents, ahead, .. } = centers;
        Self {
            caller,
            dialled,
            from,
            at,
            lines,
            agents,
            ahead,
            keys,
            shows,
        }
    }

    /// It depends on what lines, agents and queues do.
    pub(super) fn is_conditional(&self) -> bool {
        !self.lines.is_empty() || !self.agents.is_empty() || self.ahead > 0
    }

    /// A group tries nobody, and the caller gets nowhere.
    pub(super) fn is_stopped(&self) -> bool {
        matches!(self.shows, Evidence::Untried { outcome, .. } if outcome.kind() == OutcomeKind::Stopped)
    }

    /// The question whose story shows it.
    pub fn question(&self) -> WhatIf {
        let Self {
            caller,
            from,
            at,
            ahead,
            ..
        } = *self;
        WhatIf {
            request: Request {
                caller,
                dialled: self.dialled.clone(),
                from,
                ..Request::default()
            },
            at,
            lines: self.lines.clone(),
            centers: CentersScript {
                agents: self.agents.clone(),
                ahead,
                ..CentersScript::default()
            },
            keys: self.keys.clone(),
            ..WhatIf::default()
        }
    }
}

impl Witness {
    /// The call, if a call shows it.
    pub fn call(&self) -> Option<&WitnessCall> {
        match self {
            Self::Call(call) => Some(call),
            Self::Settings { .. } => None,
        }
    }

    /// Whether a story shows what this witness says: that of its own question does.
    pub fn holds(&self, story: &Story) -> bool {
        self.call().is_none_or(|call| call.shows.holds(story))
    }

    pub(super) fn write(
        &self,
        out: &mut dyn Write,
        name: &dyn Fn(&UserId) -> String,
    ) -> fmt::Result {
        match self {
            Self::Call(call) => call.write(out, name),
            Self::Settings { because } => write!(out, "; no call shows it: {because}"),
        }
    }
}

impl WitnessCall {
    fn write(&self, out: &mut dyn Write, name: &dyn Fn(&UserId) -> String) -> fmt::Result {
        let caller = match (self.caller.withheld, self.caller.user, self.caller.number) {
            (_, Some(user), _) => name(&user),
            (true, ..) => "a withheld number".into(),
            (_, _, Some(number)) => number.to_string(),
            _ => "an unknown number".into(),
        };
        write!(
            out,
            "; as when {caller} calls {} at {}",
            self.dialled,
            moment(self.at)
        )?;
        for (user, line) in &self.lines {
            let line = match line {
                LineScript::Answers => "answers",
                LineScript::NoAnswer => "does not answer",
                LineScript::Unreachable => "cannot be reached",
                LineScript::Busy | LineScript::OnACall | LineScript::OnTwoCalls => "is busy",
            };
            write!(out, ", {} {line}", name(user))?;
        }
        for user in self.agents.keys() {
            write!(out, ", {} takes no calls", name(user))?;
        }
        if self.ahead > 0 {
            write!(out, ", {} calls wait", self.ahead)?;
        }
        if self.keys.iter().any(|keys| !keys.is_empty()) {
            let said = |keys: &String| {
                if keys.is_empty() {
                    "nothing".to_owned()
                } else {
                    keys.clone()
                }
            };
            let keys: Vec<_> = self.keys.iter().map(said).collect();
            write!(out, " and presses {}", keys.join(", "))?;
        }
        out.write_str(": ")?;
        self.shows.write(out, name)
    }
}

impl fmt::Display for NoCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNumber => "nobody can dial it",
            Self::Off => "the service is off",
            Self::Unlinked => "no way leads into the menu",
            Self::NotCalled => "it is not about calls that come in",
            Self::Unseen => "no trace tells which sound is played",
            Self::Before => "what comes before it takes every call",
            Self::NotFound => "none of those that were tried",
            Self::Budget => "no more calls are tried for one organisation",
        })
    }
}

/// The moment in UTC, with the day of the week.
fn moment(at: Timestamp) -> String {
    let local = Zone::utc().local(at);
    let minutes = local.minute_of_day();
    format!(
        "{} {} {:02}:{:02} UTC",
        local.weekday(),
        local.date(),
        minutes / 60,
        minutes % 60
    )
}
