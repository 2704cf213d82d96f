//! The parts of an organisation that are configured and saved one by one: virtual users, groups, and what a location or
//! the enterprise sets for all. Store, API and export walk them by their kind and know none by name.

use super::{
    AutoAttendant, CallCenter, CenterDefaults, GroupCall, HuntGroup, Music, Outgoing,
    OutgoingOwner, ParkGroup, PartKey, PartKind, PickupGroup, PickupSettings, SiteSettings, Upload,
    UploadOwner, VirtualUser,
};
use crate::feature::Feature;
use crate::id::{DepartmentId, LocationId, ScheduleId, UserId};
use crate::number::{Code as Digits, Destination};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", content = "content")]
pub enum Part {
    /// A hunt group.
    HuntGroup(Box<HuntGroup>),
    /// A group call.
    GroupCall(Box<GroupCall>),
    /// An auto attendant.
    AutoAttendant(Box<AutoAttendant>),
    /// A call center.
    CallCenter(Box<CallCenter>),
    /// A park group.
    ParkGroup(ParkGroup),
    /// A pickup group.
    PickupGroup(PickupGroup),
    /// A sound that was uploaded.
    Upload(Upload),
    /// What a location sets for all its users.
    Site(Site),
    /// Music on hold of a department.
    DepartmentMusic(DepartmentMusic),
    /// Feature access codes of the enterprise that differ from the defaults.
    Codes(BTreeMap<Feature, Digits>),
    /// What holds for all call centers.
    CallCenters(Box<CenterDefaults>),
    /// Whose ringing calls may be picked up.
    Pickup(PickupSettings),
    /// Which calls may leave, for the enterprise, a location, a department or a user.
    Outgoing(Box<Outgoing>),
}

/// What a location sets for all its users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The location.
    pub location: LocationId,
    /// What it sets.
    pub settings: SiteSettings,
}

/// Music on hold of a department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DepartmentMusic {
    /// The department.
    pub department: DepartmentId,
    /// Its music; none: that of the location.
    pub music: Option<Music>,
}

impl Part {
    /// Its kind.
    pub const fn kind(&self) -> PartKind {
        match self {
            Self::HuntGroup(_) => PartKind::HuntGroup,
            Self::GroupCall(_) => PartKind::GroupCall,
            Self::AutoAttendant(_) => PartKind::AutoAttendant,
            Self::CallCenter(_) => PartKind::CallCenter,
            Self::ParkGroup(_) => PartKind::ParkGroup,
            Self::PickupGroup(_) => PartKind::PickupGroup,
            Self::Upload(_) => PartKind::Upload,
            Self::Site(_) => PartKind::Site,
            Self::DepartmentMusic(_) => PartKind::DepartmentMusic,
            Self::Codes(_) => PartKind::Codes,
            Self::CallCenters(_) => PartKind::CallCenters,
            Self::Pickup(_) => PartKind::Pickup,
            Self::Outgoing(outgoing) => match outgoing.owner {
                OutgoingOwner::Enterprise => PartKind::Outgoing,
                OutgoingOwner::Location(_) => PartKind::LocationOutgoing,
                OutgoingOwner::Department(_) => PartKind::DepartmentOutgoing,
                OutgoingOwner::User(_) => PartKind::UserOutgoing,
            },
        }
    }

    /// Its kind and id.
    pub fn key(&self) -> PartKey {
        let id = match self {
            Self::HuntGroup(group) => group.id.0,
            Self::GroupCall(group) => group.id.0,
            Self::AutoAttendant(attendant) => attendant.id.0,
            Self::CallCenter(center) => center.id.0,
            Self::ParkGroup(group) => group.id.0,
            Self::PickupGroup(group) => group.id.0,
            Self::Upload(upload) => upload.id.0,
            Self::Site(site) => site.location.0,
            Self::DepartmentMusic(music) => music.department.0,
            Self::Codes(_) | Self::CallCenters(_) | Self::Pickup(_) => 1,
            Self::Outgoing(outgoing) => match outgoing.owner {
                OutgoingOwner::Enterprise => 1,
                OutgoingOwner::Location(location) => location.0,
                OutgoingOwner::Department(department) => department.0,
                OutgoingOwner::User(user) => user.0,
            },
        };
        PartKey {
            kind: self.kind(),
            id,
        }
    }

    /// Gives it another id. Those that are there anyway keep theirs.
    pub fn set_id(&mut self, id: u32) {
        match self {
            Self::HuntGroup(group) => group.id.0 = id,
            Self::GroupCall(group) => group.id.0 = id,
            Self::AutoAttendant(attendant) => attendant.id.0 = id,
            Self::CallCenter(center) => center.id.0 = id,
            Self::ParkGroup(group) => group.id.0 = id,
            Self::PickupGroup(group) => group.id.0 = id,
            Self::Upload(upload) => upload.id.0 = id,
            Self::Site(_)
            | Self::DepartmentMusic(_)
            | Self::Codes(_)
            | Self::CallCenters(_)
            | Self::Pickup(_)
            | Self::Outgoing(_) => {}
        }
    }

    /// Name, place and number, of a virtual user.
    pub fn identity(&self) -> Option<&VirtualUser> {
        match self {
            Self::HuntGroup(group) => Some(&group.identity),
            Self::GroupCall(group) => Some(&group.identity),
            Self::AutoAttendant(attendant) => Some(&attendant.identity),
            Self::CallCenter(center) => Some(&center.identity),
            _ => None,
        }
    }

    /// Name, place and number, of a virtual user.
    pub fn identity_mut(&mut self) -> Option<&mut VirtualUser> {
        match self {
            Self::HuntGroup(group) => Some(&mut group.identity),
            Self::GroupCall(group) => Some(&mut group.identity),
            Self::AutoAttendant(attendant) => Some(&mut attendant.identity),
            Self::CallCenter(center) => Some(&mut center.identity),
            _ => None,
        }
    }

    /// What people call it; empty when it has no name of its own.
    pub fn name(&self) -> &str {
        match self {
            Self::ParkGroup(group) => &group.name,
            Self::PickupGroup(group) => &group.name,
            Self::Upload(upload) => &upload.name,
            _ => self.identity().map_or("", |identity| &identity.name),
        }
    }

    /// The location that it belongs to; `None` for the enterprise's and the departments'.
    pub fn location(&self) -> Option<LocationId> {
        match self {
            Self::ParkGroup(group) => Some(group.location),
            Self::PickupGroup(group) => Some(group.location),
            Self::Upload(Upload {
                owner: UploadOwner::Location(location),
                ..
            }) => Some(*location),
            Self::Site(site) => Some(site.location),
            Self::Outgoing(outgoing) => match outgoing.owner {
                OutgoingOwner::Location(location) => Some(location),
                _ => None,
            },
            _ => self.identity().map(|identity| identity.location),
        }
    }

    /// The department that it is assigned to.
    pub fn department(&self) -> Option<DepartmentId> {
        match self {
            Self::DepartmentMusic(music) => Some(music.department),
            Self::Outgoing(outgoing) => match outgoing.owner {
                OutgoingOwner::Department(department) => Some(department),
                _ => None,
            },
            Self::Upload(Upload {
                owner: UploadOwner::Department(department),
                ..
            }) => Some(*department),
            _ => self.identity().and_then(|identity| identity.department),
        }
    }

    /// The members of a park or pickup group.
    pub fn members(&self) -> &[UserId] {
        match self {
            Self::ParkGroup(group) => &group.members,
            Self::PickupGroup(group) => &group.members,
            _ => &[],
        }
    }

    /// The users, virtual or not, that it names.
    pub fn users(&self) -> Vec<UserId> {
        match self {
            Self::HuntGroup(group) => group.members.iter().map(|m| m.user).collect(),
            Self::CallCenter(center) => {
                let supervisors = center.supervisors.iter();
                let supervised = supervisors.flat_map(|s| s.agents.iter().copied().chain([s.user]));
                center
                    .agents
                    .iter()
                    .map(|m| m.user)
                    .chain(supervised)
                    .collect()
            }
            Self::AutoAttendant(attendant) => attendant.mailboxes(),
            Self::ParkGroup(group) => group
                .members
                .iter()
                .copied()
                .chain(group.alternate)
                .collect(),
            Self::PickupGroup(group) => group.members.clone(),
            Self::Site(site) => site.settings.park.alternate.into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The numbers to which it may send calls.
    pub fn destinations(&self) -> Vec<&Destination> {
        self.destination_fields()
            .into_iter()
            .map(|(_, to)| to)
            .collect()
    }

    /// The schedules that it goes by.
    pub fn schedules(&self) -> Vec<ScheduleId> {
        match self {
            Self::AutoAttendant(attendant) => attendant
                .hours
                .into_iter()
                .chain(attendant.holidays)
                .collect(),
            Self::CallCenter(center) => center
                .holiday
                .schedule
                .into_iter()
                .chain(center.night.hours)
                .collect(),
            Self::Site(site) => site.settings.forwarding.schedules.clone(),
            _ => Vec::new(),
        }
    }
}
