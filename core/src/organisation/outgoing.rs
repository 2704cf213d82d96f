//! Which calls may leave, and how many (requirement K2): set for the enterprise, a location, a department and a user.
//! The nearest that says something counts; what nobody sets is as by default.

use crate::error::{Code, FieldError};
use crate::id::{DepartmentId, LocationId, UserId};
use crate::number::OutgoingClass;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most calls at once, or in a minute, that may be set.
const MAX_CALLS: u32 = 100_000;

/// For whom it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "level", content = "id")]
pub enum OutgoingOwner {
    /// For everybody.
    Enterprise,
    /// For a location.
    Location(LocationId),
    /// For a department and those below it.
    Department(DepartmentId),
    /// For a user, virtual or not.
    User(UserId),
}

/// What is set at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    /// The enterprise, location, department or user for whom it is set.
    pub owner: OutgoingOwner,
    /// Whether calls of a class leave; a class that is not here is as further up.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub classes: BTreeMap<OutgoingClass, bool>,
    /// How many outside calls one user may cause at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<u32>,
    /// How many outside calls one user may cause within a minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls_a_minute: Option<u32>,
    /// Whether a user who goes over a limit causes no outside calls until an administrator lifts that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<bool>,
    /// How many outside calls all users may cause at once; the enterprise's only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all_calls: Option<u32>,
    /// How many outside calls all users may cause within a minute; the enterprise's only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all_calls_a_minute: Option<u32>,
    /// Whether no outside call leaves once all users together went over a limit, until an administrator lifts that;
    /// the enterprise's only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all_stop: Option<bool>,
}

impl Outgoing {
    /// Nothing is set.
    pub const fn new(owner: OutgoingOwner) -> Self {
        Self {
            owner,
            classes: BTreeMap::new(),
            calls: None,
            calls_a_minute: None,
            stop: None,
            all_calls: None,
            all_calls_a_minute: None,
            all_stop: None,
        }
    }

    /// What is wrong with it, at its fields.
    pub fn validate(&self) -> Vec<FieldError> {
        let limits = [
            ("calls", self.calls),
            ("calls_a_minute", self.calls_a_minute),
            ("all_calls", self.all_calls),
            ("all_calls_a_minute", self.all_calls_a_minute),
        ];
        let range = limits
            .into_iter()
            .filter(|(_, limit)| limit.is_some_and(|limit| limit > MAX_CALLS));
        let mut errors: Vec<_> = range
            .map(|(field, _)| FieldError::new(field, Code::OutOfRange))
            .collect();
        let all = [
            ("all_calls", self.all_calls.is_some()),
            ("all_calls_a_minute", self.all_calls_a_minute.is_some()),
            ("all_stop", self.all_stop.is_some()),
        ];
        if self.owner != OutgoingOwner::Enterprise {
            let told = all.into_iter().filter(|(_, set)| *set);
            errors.extend(told.map(|(field, _)| FieldError::new(field, Code::EnterpriseOnly)));
        }
        errors
    }
}

/// All that is set, by its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "Vec<Outgoing>"))]
#[serde(from = "Vec<Outgoing>", into = "Vec<Outgoing>")]
pub struct OutgoingTable(BTreeMap<OutgoingOwner, Outgoing>);

impl OutgoingTable {
    /// What is set for an owner.
    pub fn get(&self, owner: OutgoingOwner) -> Option<&Outgoing> {
        self.0.get(&owner)
    }

    /// Nothing is set for anybody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Leaves out what is set for others than those wanted.
    pub fn retain(&mut self, wanted: impl Fn(OutgoingOwner) -> bool) {
        self.0.retain(|owner, _| wanted(*owner));
    }
}

impl From<Vec<Outgoing>> for OutgoingTable {
    fn from(all: Vec<Outgoing>) -> Self {
        Self(all.into_iter().map(|one| (one.owner, one)).collect())
    }
}

impl From<OutgoingTable> for Vec<Outgoing> {
    fn from(table: OutgoingTable) -> Self {
        table.0.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_can_be_set() {
        let check = |settings: Value, expected: &[&str]| {
            let outgoing: Outgoing = serde_json::from_value(settings).unwrap();
            let told = outgoing.validate();
            let told: Vec<_> = told
                .iter()
                .map(|e| format!("{}: {}", e.field, e.code.name()))
                .collect();
            assert_eq!(told, expected, "{outgoing:?}");
        };
        let enterprise = json!({"level": "enterprise"});
        check(
            json!({"owner": enterprise, "classes": {"satellite": true, "asia": false}, "calls": 0}),
            &[],
        );
        check(
            json!({"owner": enterprise, "all_calls": 100, "all_stop": true, "stop": false}),
            &[],
        );
        check(
            json!({"owner": enterprise, "all_calls": 100_001}),
            &["all_calls: out-of-range"],
        );
        check(
            json!({"owner": {"level": "location", "id": 1}, "all_calls": 1, "all_stop": false}),
            &["all_calls: enterprise-only", "all_stop: enterprise-only"],
        );
        let unknown = json!({"owner": enterprise, "classes": {"moon": true}});
        assert!(serde_json::from_value::<Outgoing>(unknown).is_err());
    }
}
