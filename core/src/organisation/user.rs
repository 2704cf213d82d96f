//! Users: their numbers, their phones, and the settings of their services as they are stored.

use crate::id::{DepartmentId, DeviceId, LocationId, PackId, UserId};
use crate::number::{E164, Extension};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

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
