//! The kinds of parts, and how a part is named among all of them: in paths, in the store and in references.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The kind of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A hunt group.
    HuntGroup,
    /// A group call.
    GroupCall,
    /// An auto attendant.
    AutoAttendant,
    /// A call center.
    CallCenter,
    /// A park group.
    ParkGroup,
    /// A pickup group.
    PickupGroup,
    /// A sound that was uploaded.
    Upload,
    /// What a location sets; its id is the location's.
    Site,
    /// Music of a department; its id is the department's.
    DepartmentMusic,
    /// Feature access codes; its id is 1.
    Codes,
    /// What holds for all call centers; its id is 1.
    CallCenters,
    /// Whose ringing calls may be picked up; its id is 1.
    Pickup,
    /// Which calls of the enterprise may leave; its id is 1.
    Outgoing,
    /// Which calls of a location may leave; its id is the location's.
    LocationOutgoing,
    /// Which calls of a department may leave; its id is the department's.
    DepartmentOutgoing,
    /// Which calls of a user may leave; its id is the user's.
    UserOutgoing,
}

/// Which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartKey {
    /// Its kind.
    pub kind: PartKind,
    /// Its id among those of its kind.
    pub id: u32,
}

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::HuntGroup,
        Self::GroupCall,
        Self::AutoAttendant,
        Self::CallCenter,
        Self::ParkGroup,
        Self::PickupGroup,
        Self::Upload,
        Self::Site,
        Self::DepartmentMusic,
        Self::Codes,
        Self::CallCenters,
        Self::Pickup,
        Self::Outgoing,
        Self::LocationOutgoing,
        Self::DepartmentOutgoing,
        Self::UserOutgoing,
    ];

    /// The name on the wire, in the store and in paths.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HuntGroup => "hunt-group",
            Self::GroupCall => "group-call",
            Self::AutoAttendant => "auto-attendant",
            Self::CallCenter => "call-center",
            Self::ParkGroup => "park-group",
            Self::PickupGroup => "pickup-group",
            Self::Upload => "upload",
            Self::Site => "site",
            Self::DepartmentMusic => "department-music",
            Self::Codes => "codes",
            Self::CallCenters => "call-centers",
            Self::Pickup => "pickup",
            Self::Outgoing => "outgoing",
            Self::LocationOutgoing => "location-outgoing",
            Self::DepartmentOutgoing => "department-outgoing",
            Self::UserOutgoing => "user-outgoing",
        }
    }

    /// Its parts are virtual users: their ids are those of users.
    pub const fn is_virtual(self) -> bool {
        matches!(
            self,
            Self::HuntGroup | Self::GroupCall | Self::AutoAttendant | Self::CallCenter
        )
    }

    /// A user is a member of at most one of its parts (requirements H2 and H3).
    pub const fn is_exclusive(self) -> bool {
        matches!(self, Self::ParkGroup | Self::PickupGroup)
    }

    /// There is one, and the enterprise sets it.
    pub const fn is_of_enterprise(self) -> bool {
        matches!(
            self,
            Self::Codes | Self::CallCenters | Self::Pickup | Self::Outgoing
        )
    }

    /// Its parts are there whether or not somebody saved them: they are neither made nor removed.
    pub const fn is_fixed(self) -> bool {
        self.is_of_enterprise()
            || self.is_outgoing()
            || matches!(self, Self::Site | Self::DepartmentMusic)
    }

    /// It says which calls may leave.
    pub const fn is_outgoing(self) -> bool {
        matches!(
            self,
            Self::Outgoing | Self::LocationOutgoing | Self::DepartmentOutgoing | Self::UserOutgoing
        )
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PartKind {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or("no such kind of part")
    }
}

#[cfg(test)]
mod tests {
    use super::PartKind;

    #[test]
    fn names_are_those_of_the_wire() {
        for kind in PartKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(kind.name().parse(), Ok(kind));
        }
    }
}
