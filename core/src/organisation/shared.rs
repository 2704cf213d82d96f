//! What holds for the whole enterprise, in the form in which it is looked up: the lists of an organisation that no single
//! user has.

use super::{
    CenterDefaults, Department, Enterprise, Organisation, OutgoingTable, ParkGroup, PickupGroup,
    PickupSettings, Uploads,
};
use crate::feature::Feature;
use crate::id::DepartmentId;
use crate::number::Code;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What holds for the whole enterprise, and the groups that are no users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shared {
    /// Feature access codes that differ from the defaults.
    pub codes: BTreeMap<Feature, Code>,
    /// What holds for all call centers.
    pub centers: CenterDefaults,
    /// Whose ringing calls may be picked up.
    #[serde(default)]
    pub pickup: PickupSettings,
    /// The departments.
    pub departments: BTreeMap<DepartmentId, Department>,
    /// The park groups.
    pub park_groups: Vec<ParkGroup>,
    /// The pickup groups.
    pub pickup_groups: Vec<PickupGroup>,
    /// Which calls may leave, and how many.
    #[serde(default, skip_serializing_if = "OutgoingTable::is_empty")]
    pub outgoing: OutgoingTable,
    /// The sounds that were uploaded.
    #[serde(default, skip_serializing_if = "Uploads::is_empty")]
    pub uploads: Uploads,
}

impl From<&Organisation> for Shared {
    fn from(organisation: &Organisation) -> Self {
        let Enterprise {
            codes,
            call_centers,
            pickup,
            ..
        } = &organisation.enterprise;
        Self {
            codes: codes.clone(),
            centers: call_centers.clone(),
            pickup: *pickup,
            departments: organisation
                .departments
                .iter()
                .map(|d| (d.id, d.clone()))
                .collect(),
            park_groups: organisation.park_groups.clone(),
            pickup_groups: organisation.pickup_groups.clone(),
            outgoing: organisation.outgoing.clone().into(),
            uploads: organisation.uploads.iter().cloned().collect(),
        }
    }
}
