//! A rule as it is typed: numbers are texts that may not be numbers yet.

use crate::ids;
use crate::text::t;
use centrale_core::rule::{During, Effect};
use serde::Deserialize;
use serde_json::{Value, json};

/// A rule as it is typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RuleDraft {
    /// What the user calls it.
    pub(crate) name: String,
    /// Switched on.
    pub(crate) enabled: bool,
    /// What a match does.
    pub(crate) effect: Effect,
    /// The time schedule.
    pub(crate) time: Option<During>,
    /// The holiday schedule.
    pub(crate) holiday: Option<During>,
    /// Whose calls it is about.
    pub(crate) who: WhoDraft,
    /// Listed: callers who withhold their number.
    pub(crate) private: bool,
    /// Listed: callers whose number is not known.
    pub(crate) unavailable: bool,
    /// Listed: numbers and patterns, each with a name of its own for its line.
    pub(crate) numbers: Vec<(String, String)>,
    /// The rule's own number; empty: the service's.
    pub(crate) number: String,
}

/// The kinds of callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhoDraft {
    Any,
    Internal,
    External,
    Listed,
}

impl WhoDraft {
    /// Every kind with its name on the wire.
    pub(crate) const ALL: [(Self, &'static str); 4] = [
        (Self::Any, "any"),
        (Self::Internal, "internal"),
        (Self::External, "external"),
        (Self::Listed, "listed"),
    ];

    fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(who, _)| *who == self)
            .map_or("any", |(_, name)| name)
    }
}

impl RuleDraft {
    /// A new rule: every call, at all times.
    pub(crate) fn new(name: String) -> Self {
        Self {
            name,
            ..Self::read(&Value::Null)
        }
    }

    /// The rules in a list of settings.
    pub(crate) fn list(rules: &Value) -> Vec<Self> {
        rules
            .as_array()
            .into_iter()
            .flatten()
            .map(Self::read)
            .collect()
    }

    /// Reads a rule; what is not there is as in a new one.
    pub(crate) fn read(rule: &Value) -> Self {
        let text =
            |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let during = |key| {
            rule.get(key)
                .and_then(|value| During::deserialize(value).ok())
        };
        let who = rule.get("who");
        let from = text(who.and_then(|who| who.get("from")));
        let listed = |key| {
            who.and_then(|who| who.get(key)?.as_bool())
                .unwrap_or_default()
        };
        let numbers = who
            .and_then(|who| who.get("numbers"))
            .and_then(Value::as_array);
        Self {
            name: text(rule.get("name")),
            enabled: rule.get("enabled").and_then(Value::as_bool).unwrap_or(true),
            effect: rule
                .get("effect")
                .and_then(|e| Effect::deserialize(e).ok())
                .unwrap_or_default(),
            time: during("time"),
            holiday: during("holiday"),
            who: WhoDraft::ALL
                .into_iter()
                .find(|(_, name)| *name == from)
                .map_or(WhoDraft::Any, |(who, _)| who),
            private: listed("private"),
            unavailable: listed("unavailable"),
            numbers: numbers
                .into_iter()
                .flatten()
                .map(|number| number_line(&text(Some(number))))
                .collect(),
            number: text(rule.get("number")),
        }
    }

    /// The rule for the settings. Empty lines of numbers are left out.
    pub(crate) fn write(&self) -> Value {
        let mut rule = json!({ "name": self.name, "enabled": self.enabled, "effect": self.effect });
        let mut who = json!({ "from": self.who.name() });
        if self.who == WhoDraft::Listed {
            let numbers: Vec<&str> = self.typed().map(|(_, number)| number).collect();
            who["private"] = self.private.into();
            who["unavailable"] = self.unavailable.into();
            who["numbers"] = numbers.into();
        }
        rule["who"] = who;
        for (key, during) in [("time", self.time), ("holiday", self.holiday)] {
            if let Some(during) = during {
                rule[key] = json!(during);
            }
        }
        if !self.number.trim().is_empty() {
            rule["number"] = self.number.as_str().into();
        }
        rule
    }

    /// Whose calls it is about, in words; `None`: everyone's.
    pub(crate) fn callers(&self) -> Option<String> {
        match self.who {
            WhoDraft::Any => None,
            WhoDraft::Internal => Some(t("from-internal")),
            WhoDraft::External => Some(t("from-external")),
            WhoDraft::Listed => {
                let count = self.typed().count();
                let parts = [
                    (count > 0).then(|| t!("from-numbers", count = count)),
                    self.private.then(|| t("from-private")),
                    self.unavailable.then(|| t("from-unavailable")),
                ];
                Some(
                    parts
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(&format!(" {} ", t("or"))),
                )
            }
        }
    }

    /// The place among the numbers of the settings of the line with this name; `None`: it is empty.
    pub(crate) fn place_of(&self, line: &str) -> Option<usize> {
        self.typed().position(|(name, _)| name == line)
    }

    fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self
            .numbers
            .iter()
            .map(|(name, number)| (name.as_str(), number.as_str()));
        lines.filter(|(_, number)| !number.trim().is_empty())
    }
}

/// A line for a number, with a name of its own.
pub(crate) fn number_line(number: &str) -> (String, String) {
    (ids::unique("number"), number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::rule::Rule;

    #[test]
    fn rules_survive_reading_and_writing() {
        let check = |rule: Value| {
            let written = RuleDraft::read(&rule).write();
            let expected: Rule = serde_json::from_value(rule).unwrap();
            assert_eq!(serde_json::from_value::<Rule>(written).unwrap(), expected);
        };
        check(json!({ "name": "Every call" }));
        check(
            json!({ "name": "Off", "enabled": false, "effect": "deactivate", "who": { "from": "internal" } }),
        );
        check(
            json!({ "name": "Evening", "time": { "schedule": 3, "outside": true }, "number": "+31655501199" }),
        );
        check(
            json!({ "name": "Holidays", "holiday": { "schedule": 4 }, "who": { "from": "external" } }),
        );
        check(
            json!({ "name": "Some", "who": { "from": "listed", "private": true, "numbers": ["+31 5555 6666?6", "2042"] } }),
        );
    }
}
