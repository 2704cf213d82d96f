//! The organisation as a whole: what an administrator sees after logging in, and the export.

use super::endpoint;
use crate::check::{Finding, Problem};
use crate::id::{LocationId, PackId};
use crate::organisation::Organisation;
use serde::{Deserialize, Serialize};

/// The view of an administrator, limited to their scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overview {
    /// The name of the enterprise.
    pub enterprise: String,
    /// The locations in scope.
    pub locations: Vec<LocationCount>,
    /// The service packs with their licences.
    pub packs: Vec<PackUse>,
}

/// A location and how many users it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LocationCount {
    /// The location.
    pub id: LocationId,
    /// Its name.
    pub name: String,
    /// Users in scope.
    pub users: u32,
}

/// A service pack and its licences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackUse {
    /// The pack.
    pub id: PackId,
    /// Its name.
    pub name: String,
    /// Licences bought.
    pub licences: u32,
    /// Licences in use.
    pub used: u32,
}

/// What is wrong with the organisation as it is saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// The version of the configuration that was checked.
    pub version: u64,
    /// The configuration was saved since, and is being checked anew: ask again.
    #[serde(default)]
    pub newer: bool,
    /// What an import would refuse, as far as no finding says the same.
    #[serde(default)]
    pub problems: Vec<Problem>,
    /// What was found, errors first.
    pub findings: Vec<Finding>,
}

endpoint! {
    /// Gives the locations and licences that the administrator sees.
    Get: Get "/api/organisation", Admin, (), () => Overview
}
endpoint! {
    /// Exports the whole organisation as a file.
    Export: Get "/api/organisation/export", Enterprise, (), () => Organisation
}
endpoint! {
    /// Looks for mistakes in the organisation: what no form would save, and what calls show, each with such a call.
    Check: Get "/api/organisation/findings", Enterprise, (), () => Checked
}
