//! The parts of an organisation that are configured and saved one by one: virtual users, groups, and what a location or
//! the enterprise sets for all. Store, API and export walk them by their kind and know none by name.

use super::{
    AutoAttendant, CallCenter, CenterDefaults, GroupCall, HuntGroup, Music, Organisation, Outgoing,
    OutgoingOwner, ParkGroup, PickupGroup, PickupSettings, SiteSettings, Upload, UploadOwner,
    VirtualUser,
};
use crate::feature::Feature;
use crate::id::{DepartmentId, LocationId, ScheduleId, UserId};
use crate::number::{Code as Digits, Destination};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

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

impl Organisation {
    /// Every part that differs from what is there anyway.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        parts.extend(
            self.hunt_groups
                .iter()
                .map(|g| Part::HuntGroup(Box::new(g.clone()))),
        );
        parts.extend(
            self.group_calls
                .iter()
                .map(|g| Part::GroupCall(Box::new(g.clone()))),
        );
        parts.extend(
            self.auto_attendants
                .iter()
                .map(|a| Part::AutoAttendant(Box::new(a.clone()))),
        );
        parts.extend(
            self.call_centers
                .iter()
                .map(|c| Part::CallCenter(Box::new(c.clone()))),
        );
        parts.extend(self.park_groups.iter().map(|g| Part::ParkGroup(g.clone())));
        parts.extend(
            self.pickup_groups
                .iter()
                .map(|g| Part::PickupGroup(g.clone())),
        );
        parts.extend(
            self.outgoing
                .iter()
                .map(|o| Part::Outgoing(Box::new(o.clone()))),
        );
        parts.extend(self.uploads.iter().map(|u| Part::Upload(u.clone())));
        let own = self
            .locations
            .iter()
            .filter(|location| location.site != SiteSettings::default());
        parts.extend(own.map(|l| {
            Part::Site(Site {
                location: l.id,
                settings: l.site.clone(),
            })
        }));
        let music = self
            .departments
            .iter()
            .filter(|department| department.music.is_some());
        parts.extend(music.map(|d| {
            Part::DepartmentMusic(DepartmentMusic {
                department: d.id,
                music: d.music.clone(),
            })
        }));
        if !self.enterprise.codes.is_empty() {
            parts.push(Part::Codes(self.enterprise.codes.clone()));
        }
        if self.enterprise.call_centers != CenterDefaults::default() {
            parts.push(Part::CallCenters(Box::new(
                self.enterprise.call_centers.clone(),
            )));
        }
        if self.enterprise.pickup != PickupSettings::default() {
            parts.push(Part::Pickup(self.enterprise.pickup));
        }
        parts
    }

    /// Puts a part in its place; one of a location or department that is not there is left out.
    pub fn put_part(&mut self, part: Part) {
        match part {
            Part::HuntGroup(group) => self.hunt_groups.push(*group),
            Part::GroupCall(group) => self.group_calls.push(*group),
            Part::AutoAttendant(attendant) => self.auto_attendants.push(*attendant),
            Part::CallCenter(center) => self.call_centers.push(*center),
            Part::ParkGroup(group) => self.park_groups.push(group),
            Part::PickupGroup(group) => self.pickup_groups.push(group),
            Part::Upload(upload) => self.uploads.push(upload),
            Part::Site(site) => {
                if let Some(location) = self.locations.iter_mut().find(|l| l.id == site.location) {
                    location.site = site.settings;
                }
            }
            Part::DepartmentMusic(music) => {
                if let Some(department) = self
                    .departments
                    .iter_mut()
                    .find(|d| d.id == music.department)
                {
                    department.music = music.music;
                }
            }
            Part::Codes(codes) => self.enterprise.codes = codes,
            Part::CallCenters(defaults) => self.enterprise.call_centers = *defaults,
            Part::Pickup(settings) => self.enterprise.pickup = settings,
            Part::Outgoing(outgoing) => {
                self.outgoing.retain(|other| other.owner != outgoing.owner);
                self.outgoing.push(*outgoing);
            }
        }
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
