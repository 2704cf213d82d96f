//! The rules of a service, in the order in which they were made, and what a call makes of them all.

use super::{Circumstances, During, Effect, Rule, RuleCheck, RuleResult, Ruling};
use crate::id::ScheduleId;
use crate::number::Ends;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// Rules as calls ask them. At most moments few of them hold: when each does lies close together, beside the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "Vec<Rule>"))]
#[serde(from = "Vec<Rule>", into = "Vec<Rule>")]
pub struct Rules {
    rules: Box<[Rule]>,
    when: Whens,
}

/// When each rule holds. Of a few rules it lies with the settings, where a call finds it without a detour.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Whens {
    Few { when: [When; FEW], count: u8 },
    Many(Box<[When]>),
}

/// Most services have no more rules than this.
const FEW: usize = 6;

/// When a rule holds, and for whom it surely does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct When {
    enabled: bool,
    effect: Effect,
    time: Asks,
    holiday: Asks,
    time_schedule: ScheduleId,
    holiday_schedule: ScheduleId,
    /// Of most lists it is told by this that a caller is not on them; so those are not fetched from memory.
    ends: Ends,
}

/// What a rule asks of a schedule that it links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asks {
    #[default]
    Nothing,
    Within,
    Outside,
}

impl Rules {
    /// Holds every rule against a call. A de-activating match wins; else the first activating match acts.
    pub fn judge(&self, c: &Circumstances<'_>) -> (Ruling, Box<[RuleCheck]>) {
        let mut ruling = Ruling::Silent;
        let mut checks = Vec::with_capacity(self.when.len());
        for (place, when) in self.when.iter().enumerate() {
            let result = match when.holds(c) {
                Ok(block) if when.ends.meet(c.ends()) && self.rules[place].who.covers(c) => {
                    RuleResult::Fired { block }
                }
                Ok(_) => RuleResult::OtherCaller,
                Err(result) => result,
            };
            let place = place as u16;
            checks.push(RuleCheck {
                rule: place,
                result,
            });
            if let RuleResult::Fired { .. } = result {
                ruling = match (when.effect, ruling) {
                    (Effect::Deactivate, Ruling::Silent | Ruling::Act(_)) => {
                        Ruling::HeldBack(place)
                    }
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
        for (asks, schedule) in [
            (self.time, self.time_schedule),
            (self.holiday, self.holiday_schedule),
        ] {
            if asks == Asks::Nothing {
                continue;
            }
            let Some(compiled) = c.schedules.schedule(schedule) else {
                return Err(RuleResult::ScheduleMissing { schedule });
            };
            let (state, outside) = (compiled.state_at(c.local), asks == Asks::Outside);
            if state.active == outside {
                return Err(RuleResult::OtherTime { schedule, outside });
            }
            block = state.by.or(block);
        }
        Ok(block)
    }
}

impl From<&Rule> for When {
    fn from(rule: &Rule) -> Self {
        let asks = |during: Option<During>| match during {
            None => Asks::Nothing,
            Some(During { outside: false, .. }) => Asks::Within,
            Some(During { outside: true, .. }) => Asks::Outside,
        };
        let schedule =
            |during: Option<During>| during.map(|during| during.schedule).unwrap_or_default();
        Self {
            enabled: rule.enabled,
            effect: rule.effect,
            time: asks(rule.time),
            holiday: asks(rule.holiday),
            time_schedule: schedule(rule.time),
            holiday_schedule: schedule(rule.holiday),
            ends: rule.who.ends(),
        }
    }
}

impl FromIterator<When> for Whens {
    fn from_iter<I: IntoIterator<Item = When>>(all: I) -> Self {
        let all: Vec<When> = all.into_iter().collect();
        let mut when = [When::default(); FEW];
        match when.get_mut(..all.len()) {
            Some(few) => {
                few.copy_from_slice(&all);
                Self::Few {
                    when,
                    count: all.len() as u8,
                }
            }
            None => Self::Many(all.into()),
        }
    }
}

impl Default for Whens {
    fn default() -> Self {
        Self::Few {
            when: [When::default(); FEW],
            count: 0,
        }
    }
}

impl Deref for Whens {
    type Target = [When];

    fn deref(&self) -> &[When] {
        match self {
            Self::Few { when, count } => &when[..usize::from(*count)],
            Self::Many(when) => when,
        }
    }
}

impl From<Vec<Rule>> for Rules {
    fn from(rules: Vec<Rule>) -> Self {
        Self {
            when: rules.iter().map(When::from).collect(),
            rules: rules.into(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::Caller;
    use crate::number::Country;
    use crate::schedule::CompiledSchedule;
    use crate::time::{Timestamp, Zone};

    struct NoSchedules;

    impl super::super::Schedules for NoSchedules {
        fn schedule(&self, _: ScheduleId) -> Option<&CompiledSchedule> {
            None
        }
    }

    #[test]
    fn many_rules_are_held_against_a_call_as_few_are() {
        let caller = Caller::unavailable();
        let zone = Zone::utc();
        let c = Circumstances::new(
            Timestamp::from_seconds(0),
            &zone,
            Country::Nl,
            &caller,
            &NoSchedules,
        );
        let linking = |schedule| Rule {
            holiday: Some(During {
                schedule: ScheduleId(schedule),
                outside: true,
            }),
            ..Rule::always("Linking")
        };
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 3 * FEW] {
            let mut rules: Vec<Rule> = (0..count as u32).map(linking).collect();
            rules.push(Rule {
                enabled: false,
                ..Rule::always("Off")
            });
            rules.push(Rule::always("Last"));
            let (ruling, checks) = Rules::from(rules.clone()).judge(&c);
            assert_eq!(ruling, Ruling::Act(count as u16 + 1));
            let missing = |schedule| RuleResult::ScheduleMissing {
                schedule: ScheduleId(schedule),
            };
            let expected = (0..count as u32)
                .map(missing)
                .chain([RuleResult::SwitchedOff, RuleResult::Fired { block: None }]);
            assert_eq!(
                checks.iter().map(|check| check.result).collect::<Vec<_>>(),
                expected.collect::<Vec<_>>()
            );
            assert_eq!(Vec::from(Rules::from(rules.clone())), rules);
        }
    }
}
