//! What groups, menus and queues have in common with a person: a place, a number, a name and services.

use super::{Alternate, Profile, User};
use crate::id::{DepartmentId, LocationId, PackId, UserId};
use crate::number::{E164, Extension};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a user id stands for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// A person, or a phone that stands for one.
    #[default]
    Person,
    /// A hunt group.
    HuntGroup,
    /// A group call.
    GroupCall,
    /// An auto attendant.
    AutoAttendant,
    /// A call center.
    CallCenter,
}

impl RoleKind {
    /// Everybody.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::HuntGroup,
        Self::GroupCall,
        Self::AutoAttendant,
        Self::CallCenter,
    ];
}

/// Calls a group, a menu or a queue by a number, as if it were a user (manual § 18.5). Its id is that of a user: one
/// space of ids, numbers and services holds persons and virtual users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VirtualUser {
    /// The name in lists and in the directory; unique among virtual users of the enterprise.
    pub name: String,
    /// The location.
    pub location: LocationId,
    /// The department it is assigned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// The extension within the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Further numbers that reach it; a call center's are its DNIS numbers (requirement G7).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<Alternate>,
    /// The first name that others see when it calls.
    #[serde(default)]
    pub first_name: String,
    /// The last name that others see when it calls.
    #[serde(default)]
    pub last_name: String,
    /// Left out of the directory.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// The service packs assigned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<PackId>,
    /// The settings of its user services, by service id (requirements D4, E4, F2, G2).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub services: BTreeMap<String, Value>,
}

impl VirtualUser {
    /// The user that it is to numbers and services: one without phones and without a log-in.
    pub fn user(&self, id: UserId) -> User {
        User {
            id,
            login: String::new(),
            first_name: self.first_name.clone(),
            last_name: if self.first_name.is_empty() && self.last_name.is_empty() {
                self.name.clone()
            } else {
                self.last_name.clone()
            },
            email: String::new(),
            language: super::Language::default(),
            profile: Profile::Fixed,
            location: self.location,
            department: self.department,
            number: self.number,
            extension: self.extension,
            alternates: self.alternates.clone(),
            mobile: None,
            packs: self.packs.clone(),
            devices: Vec::new(),
            services: self.services.clone(),
        }
    }
}
