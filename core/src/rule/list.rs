//! The rules of a service, in the order in which they were made, and what a call makes of them all.

use super::{Circumstances, During, Effect, Rule, RuleCheck, RuleResult, Ruling};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// Rules as calls ask them. At most moments few of them hold: when each does lies close together, beside the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "Vec<Rule>"))]
#[serde(from = "Vec<Rule>", into = "Vec<Rule>")]
pub struct Rules {
    rules: Box<[Rule]>,
    when: Box<[When]>,
}

/// When a rule holds, whoever calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    enabled: bool,
    effect: Effect,
    time: Option<During>,
    holiday: Option<During>,
}

impl Rules {
    /// Holds every rule against a call. A de-activating match wins; else the first activating match acts.
    pub fn judge(&self, c: &Circumstances<'_>) -> (Ruling, Box<[RuleCheck]>) {
        let mut ruling = Ruling::Silent;
        let mut checks = Vec::with_capacity(self.when.len());
        for (place, when) in self.when.iter().enumerate() {
            let result = match when.holds(c) {
                Ok(block) if self.rules[place].who.covers(c) => RuleResult::Fired { block },
                Ok(_) => RuleResult::OtherCaller,
                Err(result) => result,
            };
            let place = place as u16;
            checks.push(RuleCheck { rule: place, result });
            if let RuleResult::Fired { .. } = result {
                ruling = match (when.effect, ruling) {
                    (Effect::Deactivate, Ruling::Silent | Ruling::Act(_)) => Ruling::HeldBack(place),
                    (Effect::Activate, Ruling::Silent) => Ruling::Act(place),
                    (_, earlier) => earlier,
                };
            }
        }
        (ruling, checks.into())
    }
}

impl When {
    /// The block or line that makes a rule hold, if one does; or why it does not hold.
    fn holds(&self, c: &Circumstances<'_>) -> Result<Option<u16>, RuleResult> {
        if !self.enabled {
            return Err(RuleResult::SwitchedOff);
        }
        let mut block = None;
        for during in [self.time, self.holiday].into_iter().flatten() {
            let Some(schedule) = c.schedules.schedule(during.schedule) else {
                return Err(RuleResult::ScheduleMissing { schedule: during.schedule });
            };
            let state = schedule.state_at(c.local);
            if state.active == during.outside {
                return Err(RuleResult::OtherTime { schedule: during.schedule, outside: during.outside });
            }
            block = state.by.or(block);
        }
        Ok(block)
    }
}

impl From<Vec<Rule>> for Rules {
    fn from(rules: Vec<Rule>) -> Self {
        let when = |rule: &Rule| When {
            enabled: rule.enabled,
            effect: rule.effect,
            time: rule.time,
            holiday: rule.holiday,
        };
        Self { when: rules.iter().map(when).collect(), rules: rules.into() }
    }
}

impl From<Rules> for Vec<Rule> {
    fn from(rules: Rules) -> Self {
        rules.rules.into_vec()
    }
}

impl Deref for Rules {
    type Target = [Rule];

    fn deref(&self) -> &[Rule] {
        &self.rules
    }
}
