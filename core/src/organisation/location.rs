//! Locations, the numbers that belong to them, and their departments.

use super::{Music, SiteSettings, is_default};
use crate::id::{DepartmentId, LocationId};
use crate::number::{Country, E164};
use serde::{Deserialize, Serialize};

/// A location of the enterprise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// The location.
    pub id: LocationId,
    /// Its name.
    pub name: String,
    /// The country whose dialling rules hold.
    pub country: Country,
    /// The time zone by its IANA name; all times of the location are in it.
    pub zone: String,
    /// The digits before an extension that reach it from another location; empty: none.
    #[serde(default)]
    pub prefix: String,
    /// The ranges of numbers that belong to it, both ends included.
    pub numbers: Vec<NumberRange>,
    /// What it sets for all its users.
    #[serde(default, skip_serializing_if = "is_default")]
    pub site: SiteSettings,
}

/// Consecutive numbers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberRange {
    /// The first number.
    pub first: E164,
    /// The last number.
    pub last: E164,
}

/// A department of a location.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// The department.
    pub id: DepartmentId,
    /// Its name.
    pub name: String,
    /// The location that it belongs to.
    pub location: LocationId,
    /// The department that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<DepartmentId>,
    /// Music on hold instead of the location's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub music: Option<Music>,
}
