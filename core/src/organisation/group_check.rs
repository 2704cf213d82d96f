//! What can be wrong with hunt groups and group calls before they are saved: ranges, weights, members listed twice.
//! Whether members and numbers exist is `check`'s to find out.

use super::{GroupCall, HuntGroup, Policy, VirtualUser};
use crate::error::{Code, FieldError};
use std::collections::BTreeSet;

/// The longest name of a virtual user, in characters.
pub const MAX_VIRTUAL_NAME: usize = 80;
/// The most further numbers of somebody.
pub const MAX_ALTERNATES: usize = 10;
/// The longest prefix before the name of a caller, in characters.
pub const MAX_PREFIX: usize = 30;
/// The most members of a group call.
pub const MAX_CALLED: usize = 20;

impl HuntGroup {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = self.identity.validate();
        let mut check = |field: &str, wrong: bool, code| {
            if wrong {
                errors.push(FieldError::new(field, code));
            }
        };
        check("rings", !(1..=20).contains(&self.rings), Code::OutOfRange);
        check("total_seconds", self.total_seconds > 7200, Code::OutOfRange);
        check(
            "prefix",
            self.prefix.chars().count() > MAX_PREFIX,
            Code::TooLong,
        );
        let mut known = BTreeSet::new();
        for (place, member) in self.members.iter().enumerate() {
            check(
                &format!("members.{place}.user"),
                !known.insert(member.user),
                Code::Twice,
            );
            check(
                &format!("members.{place}.weight"),
                member.weight > 100,
                Code::OutOfRange,
            );
        }
        let sum: u32 = self
            .members
            .iter()
            .map(|member| u32::from(member.weight))
            .sum();
        let weighs = self.policy == Policy::Weighted && !self.members.is_empty();
        check("members", weighs && sum != 100, Code::WeightsNotHundred);
        errors
    }
}

impl GroupCall {
    /// What is wrong with the settings; empty: they can be saved.
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = self.identity.validate();
        if !(1..=600).contains(&self.ring_seconds) {
            errors.push(FieldError::new("ring_seconds", Code::OutOfRange));
        }
        if self.members.len() > MAX_CALLED {
            errors.push(FieldError::new("members", Code::TooMany));
        }
        let mut known = BTreeSet::new();
        for (place, member) in self.members.iter().enumerate() {
            if !known.insert(member) {
                errors.push(FieldError::new(format!("members.{place}"), Code::Twice));
            }
        }
        errors
    }
}

impl VirtualUser {
    /// What is wrong with the name and the further numbers.
    pub(super) fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        match self.name.trim().chars().count() {
            0 => errors.push(FieldError::new("identity.name", Code::Empty)),
            n if n > MAX_VIRTUAL_NAME => {
                errors.push(FieldError::new("identity.name", Code::TooLong));
            }
            _ => {}
        }
        if self.alternates.len() > MAX_ALTERNATES {
            errors.push(FieldError::new("identity.alternates", Code::TooMany));
        }
        for (place, further) in self.alternates.iter().enumerate() {
            if further.number.is_none() && further.extension.is_none() {
                errors.push(FieldError::new(
                    format!("identity.alternates.{place}"),
                    Code::Empty,
                ));
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn merged(mut base: Value, change: &Value) -> Value {
        for (key, value) in change.as_object().unwrap() {
            base[key] = value.clone();
        }
        base
    }

    fn told(errors: &[FieldError]) -> Vec<String> {
        errors
            .iter()
            .map(|error| format!("{}: {}", error.field, error.code.name()))
            .collect()
    }

    #[test]
    fn hunt_groups() {
        let check = |change: Value, expected: &[&str]| {
            let base = json!({"id": 1, "identity": {"name": "a", "location": 1}});
            let group: HuntGroup = serde_json::from_value(merged(base, &change)).unwrap();
            assert_eq!(told(&group.validate()), expected, "{change}");
        };
        check(json!({}), &[]);
        check(
            json!({"identity": {"name": " ", "location": 1}}),
            &["identity.name: empty"],
        );
        check(
            json!({"identity": {"name": "a".repeat(80), "location": 1}}),
            &[],
        );
        check(
            json!({"identity": {"name": "a".repeat(81), "location": 1}}),
            &["identity.name: too-long"],
        );
        let further = |count: u32| {
            let alternates: Vec<_> = (0..count)
                .map(|n| json!({"extension": (100 + n).to_string()}))
                .collect();
            json!({"identity": {"name": "a", "location": 1, "alternates": alternates}})
        };
        check(further(10), &[]);
        check(further(11), &["identity.alternates: too-many"]);
        let empty = json!({"name": "a", "location": 1, "alternates": [{"extension": "100"}, {}]});
        check(
            json!({"identity": empty}),
            &["identity.alternates.1: empty"],
        );
        check(json!({"rings": 0}), &["rings: out-of-range"]);
        check(json!({"rings": 1, "total_seconds": 0}), &[]);
        check(json!({"rings": 20, "total_seconds": 7200}), &[]);
        check(
            json!({"rings": 21, "total_seconds": 7201}),
            &["rings: out-of-range", "total_seconds: out-of-range"],
        );
        check(json!({"prefix": "é".repeat(30)}), &[]);
        check(json!({"prefix": "é".repeat(31)}), &["prefix: too-long"]);
        check(
            json!({"members": [{"user": 2}, {"user": 3}, {"user": 2}]}),
            &["members.2.user: twice"],
        );
        check(
            json!({"members": [{"user": 2, "weight": 101}]}),
            &["members.0.weight: out-of-range"],
        );
        check(json!({"policy": "weighted"}), &[]);
        let weighted = |first: u8, second: u8| json!({"policy": "weighted", "members": [{"user": 2, "weight": first}, {"user": 3, "weight": second}]});
        check(weighted(0, 100), &[]);
        check(weighted(50, 51), &["members: weights-not-hundred"]);
        check(weighted(50, 49), &["members: weights-not-hundred"]);
        check(merged(weighted(50, 49), &json!({"policy": "regular"})), &[]);
    }

    #[test]
    fn group_calls() {
        let check = |change: Value, expected: &[&str]| {
            let base = json!({"id": 1, "identity": {"name": "a", "location": 1}});
            let group: GroupCall = serde_json::from_value(merged(base, &change)).unwrap();
            assert_eq!(told(&group.validate()), expected, "{change}");
        };
        check(json!({}), &[]);
        check(
            json!({"identity": {"name": "", "location": 1}}),
            &["identity.name: empty"],
        );
        check(json!({"ring_seconds": 0}), &["ring_seconds: out-of-range"]);
        check(json!({"ring_seconds": 1}), &[]);
        check(json!({"ring_seconds": 600}), &[]);
        check(
            json!({"ring_seconds": 601}),
            &["ring_seconds: out-of-range"],
        );
        let members = |count: u32| json!({"members": (100..100 + count).map(|e| e.to_string()).collect::<Vec<_>>()});
        check(members(20), &[]);
        check(members(21), &["members: too-many"]);
        check(
            json!({"members": ["101", "*80101", "101"]}),
            &["members.2: twice"],
        );
    }
}
