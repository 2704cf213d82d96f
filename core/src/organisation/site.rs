//! What a location sets for all its users: speed-dial prefix, forwarding, caller ID, parking and music.

use super::{Audio, Language, RingPattern};
use crate::id::{ScheduleId, UserId};
use crate::number::{Destination, E164};
use serde::{Deserialize, Serialize};

/// Settings of a location that calls go by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SiteSettings {
    /// The language of what groups, menus and queues say and mail.
    pub language: Language,
    /// What is dialled before a two-digit speed-dial code (requirement C29).
    pub speed_dial_prefix: String,
    /// Emergency numbers besides the country's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emergency: Vec<String>,
    /// Location call forwarding (manual § 27).
    pub forwarding: SiteForwarding,
    /// What the location shows to the public network (manual § 28).
    pub caller_id: SiteCallerId,
    /// Parking (manual § 24).
    pub park: ParkSettings,
    /// Music on hold (manual § 26).
    pub music: Music,
    /// Whom of its users administrators of elsewhere may put into groups and call centers of theirs (routing § 7).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub available_elsewhere: Vec<UserId>,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            speed_dial_prefix: "#".into(),
            emergency: Vec::new(),
            forwarding: SiteForwarding::default(),
            caller_id: SiteCallerId::default(),
            park: ParkSettings::default(),
            music: Music::default(),
            available_elsewhere: Vec::new(),
        }
    }
}

/// Location call forwarding: over the users' own forwarding and blocking, not for hunt groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SiteForwarding {
    /// When it forwards.
    pub mode: SiteForwardingMode,
    /// Where calls go.
    pub number: Option<Destination>,
    /// The schedules in which it forwards, when the mode is automatic: any of them.
    pub schedules: Vec<ScheduleId>,
}

/// When a location forwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SiteForwardingMode {
    /// Never.
    #[default]
    Off,
    /// Always.
    On,
    /// While one of the schedules holds.
    Automatic,
}

/// What a location shows to the public network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SiteCallerId {
    /// Shown instead of the user's number; one of the location's.
    pub number: Option<E164>,
    /// The name of the location, as it is shown.
    pub name: String,
    /// That name is shown instead of the user's.
    pub use_name: bool,
}

/// Parking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ParkSettings {
    /// Who gets a call that nobody retrieved.
    pub recall: Recall,
    /// The hunt group that gets it, where one does.
    pub alternate: Option<UserId>,
    /// How a recall rings.
    pub ring_pattern: RingPattern,
    /// Seconds before the recall, 30 to 600.
    pub recall_seconds: u16,
    /// Seconds that the recalled parker rings before the hunt group gets it, 30 to 600.
    pub alternate_seconds: u16,
    /// Seconds that the phone shows where the call is parked, 2 to 15.
    pub display_seconds: u8,
    /// The extension where the call is parked is announced.
    pub announce: bool,
}

impl Default for ParkSettings {
    fn default() -> Self {
        Self {
            recall: Recall::Parker,
            alternate: None,
            ring_pattern: RingPattern::Normal,
            recall_seconds: 60,
            alternate_seconds: 30,
            display_seconds: 5,
            announce: true,
        }
    }
}

/// Who gets a parked call that nobody retrieved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Recall {
    /// Who parked it.
    #[default]
    Parker,
    /// Who parked it, then the hunt group.
    ParkerThenGroup,
    /// The hunt group.
    Group,
}

/// Music on hold of a location or a department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Music {
    /// On hold.
    pub on_hold: bool,
    /// While parked.
    pub parked: bool,
    /// While camped on a busy line.
    pub camped_on: bool,
    /// What is played; empty: the system's.
    pub audio: Audio,
    /// What colleagues hear instead; none: the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal: Option<Audio>,
}

impl Default for Music {
    fn default() -> Self {
        Self {
            on_hold: true,
            parked: true,
            camped_on: true,
            audio: Audio::default(),
            internal: None,
        }
    }
}
