//! An organisation as it is configured: the shape of the export file, and of what the store keeps.
//! Nothing here decides a call; `snapshot` compiles it for that.

mod audio;
mod audio_slots;
mod auto_attendant;
mod call_center;
mod center_check;
mod enterprise;
mod group_check;
mod groups;
mod location;
mod menu_check;
mod outgoing;
mod part;
mod part_check;
mod part_kind;
mod parts;
mod priority;
mod shared;
mod site;
mod site_check;
mod upload;
mod user;
mod virtual_user;

pub use audio::{Audio, AudioScope, Clip, Uploads};
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
pub use enterprise::{Admin, AdminScope, Enterprise, ServicePack};
pub use group_check::{MAX_ALTERNATES, MAX_CALLED, MAX_PREFIX, MAX_VIRTUAL_NAME};
pub use groups::{GroupCall, HuntGroup, Member, ParkGroup, PickupGroup, PickupSettings, Policy};
pub use location::{Department, Location, NumberRange};
pub use outgoing::{Outgoing, OutgoingOwner, OutgoingTable};
pub use part::{DepartmentMusic, Part, Site};
pub use part_kind::{PartKey, PartKind};
pub use priority::renumber;
pub use shared::Shared;
pub use site::{
    Music, ParkSettings, Recall, SiteCallerId, SiteForwarding, SiteForwardingMode, SiteSettings,
};
pub use upload::{ContentHash, MAX_UPLOAD_MS, MAX_UPLOAD_NAME, Upload, UploadOwner, is_link};
pub use user::{Alternate, Device, DeviceKind, Language, Profile, RingPattern, User};
pub use virtual_user::{RoleKind, VirtualUser};

use crate::schedule::Schedule;
use serde::{Deserialize, Serialize};
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

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
