//! An organisation as it is configured: the shape of the export file, and of what the store keeps.
//! Nothing here decides a call; `snapshot` compiles it for that.

mod audio;
mod audio_slots;
mod auto_attendant;
mod call_center;
mod center_check;
mod group_check;
mod groups;
mod menu_check;
mod outgoing;
mod part;
mod part_check;
mod priority;
mod shared;
mod site;
mod site_check;
mod upload;
mod virtual_user;

pub use audio::{Audio, Clip, Standing, Uploads};
pub use audio_slots::AudioSlot;
pub use auto_attendant::{
    AutoAttendant, FirstDigit, Key, KeyAction, Menu, MenuAction, NameEntry, Reach, Submenu,
};
pub use call_center::{
    AfterCall, AgentSettings, Announcements, Bounced, CallCenter, CenterDefaults, ClosedAction,
    ComfortBypass, Disposition, Estimate, ForcedForwarding, HolidayService, NightService, Overflow,
    OverflowAction, QueueSettings, Routing, StatisticsMail, Stranded, StrandedAction,
    StrandedUnavailable, Supervisor, UnavailableCode,
};
pub use group_check::{MAX_ALTERNATES, MAX_CALLED, MAX_PREFIX, MAX_VIRTUAL_NAME};
pub use groups::{GroupCall, HuntGroup, Member, ParkGroup, PickupGroup, PickupSettings, Policy};
pub use outgoing::{Outgoing, OutgoingOwner, OutgoingTable};
pub use part::{DepartmentMusic, Part, PartKey, PartKind, Site};
pub use priority::renumber;
pub use shared::Shared;
pub use site::{
    Music, ParkSettings, Recall, SiteCallerId, SiteForwarding, SiteForwardingMode, SiteSettings,
};
pub use upload::{ContentHash, MAX_UPLOAD_MS, MAX_UPLOAD_NAME, Upload, UploadOwner, is_link};
pub use virtual_user::{RoleKind, VirtualUser};

use crate::feature::Feature;
use crate::id::{AdminId, DepartmentId, DeviceId, LocationId, PackId, UserId};
use crate::number::{Country, E164, Extension};
use crate::schedule::Schedule;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The version of the export format that this build writes.
pub const FORMAT: u32 = 1;

/// A whole organisation: enterprise > location > department, and the users in them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The version of the format: [`FORMAT`].
    pub format: u32,
    /// The enterprise itself.
    pub enterprise: Enterprise,
    /// The licences that it bought.
    pub service_packs: Vec<ServicePack>,
    /// Its locations.
    pub locations: Vec<Location>,
    /// The departments of all locations.
    pub departments: Vec<Department>,
    /// Administrators who are not users.
    pub admins: Vec<Admin>,
    /// Its users.
    pub users: Vec<User>,
    /// The schedules of locations and of users.
    pub schedules: Vec<Schedule>,
    /// Hunt groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hunt_groups: Vec<HuntGroup>,
    /// Group calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group_calls: Vec<GroupCall>,
    /// Auto attendants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auto_attendants: Vec<AutoAttendant>,
    /// Call centers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_centers: Vec<CallCenter>,
    /// Park groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub park_groups: Vec<ParkGroup>,
    /// Pickup groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pickup_groups: Vec<PickupGroup>,
    /// Which calls may leave, and how many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outgoing: Vec<Outgoing>,
    /// Sounds that were uploaded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<Upload>,
    /// The content of the uploads, each once: a WAV file in base64. Only in an export.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sounds: BTreeMap<ContentHash, String>,
}

/// How a phone rings (manual § 9.4.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RingPattern {
    /// As calls to the primary number.
    #[default]
    Normal,
    /// Long, long.
    LongLong,
    /// Short, short, long.
    ShortShortLong,
    /// Short, long, short.
    ShortLongShort,
}

/// A further number of somebody (manual § 9.4): from the location's range, assigned by an admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Alternate {
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// The extension within the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// How the phone rings for it.
    #[serde(default)]
    pub ring_pattern: RingPattern,
}

/// The enterprise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    /// Its name.
    pub name: String,
    /// Feature access codes that differ from the defaults (routing § 5).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<Feature, crate::number::Code>,
    /// What holds for all call centers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub call_centers: CenterDefaults,
    /// Whose ringing calls may be picked up.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pickup: PickupSettings,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
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

/// Which numbers a user has, and which phones they ring (manual § 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// *Vast*: a fixed number on a desk phone.
    Fixed,
    /// *Mobiel*: a mobile number on a mobile phone.
    Mobile,
    /// *Flex*: a fixed and a mobile number on a mobile phone.
    Flex,
    /// *Combi*: both numbers on both phones.
    Combi,
}

impl Profile {
    /// Calls to the fixed number ring the mobile phone.
    pub const fn rings_mobile(self) -> bool {
        !matches!(self, Self::Fixed)
    }

    /// Calls to the fixed number ring desk phones.
    pub const fn rings_devices(self) -> bool {
        matches!(self, Self::Fixed | Self::Combi)
    }
}

/// The language of a person's screens, mails and prompts, or of what a location says and mails.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The user.
    pub id: UserId,
    /// The name to log in with.
    pub login: String,
    /// The first name.
    pub first_name: String,
    /// The last name, with its prefix as it is written.
    pub last_name: String,
    /// Where mail reaches them.
    #[serde(default)]
    pub email: String,
    /// The language of their screens and prompts.
    #[serde(default)]
    pub language: Language,
    /// Which numbers and phones they have.
    pub profile: Profile,
    /// Where they belong.
    pub location: LocationId,
    /// The department they are assigned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// The fixed number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<E164>,
    /// The extension within the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Further numbers, at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<Alternate>,
    /// The mobile number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<E164>,
    /// The service packs assigned.
    #[serde(default)]
    pub packs: Vec<PackId>,
    /// The phones.
    #[serde(default)]
    pub devices: Vec<Device>,
    /// The settings of services that were ever changed, by service id.
    #[serde(default)]
    pub services: BTreeMap<String, Value>,
}

impl User {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Has a phone that can be told to play a short ring.
    pub fn has_desk_phone(&self) -> bool {
        self.profile.rings_devices() && self.devices.iter().any(|d| d.kind == DeviceKind::Desk)
    }
}

/// A phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The phone.
    pub id: DeviceId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: DeviceKind,
    /// The account with which it registers.
    pub account: String,
}

/// What a phone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// A phone on a desk.
    Desk,
    /// A cordless phone.
    Cordless,
    /// A program.
    Soft,
}
