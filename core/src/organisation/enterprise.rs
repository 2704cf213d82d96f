//! What is set for the enterprise itself: its codes and defaults, its licences, its administrators.

use super::{CenterDefaults, PickupSettings, is_default};
use crate::feature::Feature;
use crate::id::{AdminId, DepartmentId, LocationId, PackId};
use crate::number::Code;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The enterprise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    /// Its name.
    pub name: String,
    /// Feature access codes that differ from the defaults (routing § 5).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<Feature, Code>,
    /// What holds for all call centers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub call_centers: CenterDefaults,
    /// Whose ringing calls may be picked up.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pickup: PickupSettings,
}

/// A set of services that is licensed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ServicePack {
    /// The pack.
    pub id: PackId,
    /// Its name.
    pub name: String,
    /// How many users may have it.
    pub licences: u32,
    /// The services that it holds, by their ids.
    pub services: Vec<String>,
}

/// An administrator without a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Admin {
    /// The administrator.
    pub id: AdminId,
    /// The name to log in with.
    pub login: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// Where mail reaches them.
    #[serde(default)]
    pub email: String,
    /// What they administer.
    pub scope: AdminScope,
}

/// What an administrator administers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "level", content = "id")]
pub enum AdminScope {
    /// Everything.
    Enterprise,
    /// One location.
    Location(LocationId),
    /// One department and its sub-departments.
    Department(DepartmentId),
}
