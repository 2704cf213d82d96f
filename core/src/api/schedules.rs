//! Time and holiday schedules: personal ones, and those of a location.

use super::{Remove, Stale, endpoint};
use crate::error::UsedBy;
use crate::id::{LocationId, ScheduleId, UserId};
use crate::rule::Kind;
use crate::schedule::{Schedule, ScheduleKind};
use serde::{Deserialize, Serialize};

/// A schedule that a user can link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// The schedule. Who may only link that of a location sees it without times, blocks or days (requirement B5).
    pub schedule: Schedule,
    /// Grows with every save.
    pub version: u64,
    /// Whether the asker may change it.
    pub editable: bool,
    /// The rules that link it, as far as the asker may see them.
    pub used_by: Vec<UsedBy>,
}

/// A new schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct New {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ScheduleKind,
}

/// A changed schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Replace {
    /// The version that was changed.
    pub version: u64,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ScheduleKind,
}

/// The body of a 409.
pub type Conflict = Stale<Entry>;

/// A file of holidays or hours to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The text of an iCalendar or CSV file.
    pub text: String,
}

impl Entry {
    /// Blocks in a week, or days of the year.
    pub fn kind(&self) -> Kind {
        Kind::from(&self.schedule.kind)
    }
}

endpoint! {
    /// Lists the schedules that the user can link: their own, and those of their location.
    ListOfUser: Get "/api/users/{user}/schedules", OfUser, UserId, () => Vec<Entry>
}
endpoint! {
    /// Makes a personal schedule of the user.
    AddToUser: Post "/api/users/{user}/schedules", OfUser, UserId, New => Entry
}
endpoint! {
    /// Lists the schedules of the location.
    ListOfLocation: Get "/api/locations/{location}/schedules", OfLocation, LocationId, () => Vec<Entry>
}
endpoint! {
    /// Makes a schedule of the location.
    AddToLocation: Post "/api/locations/{location}/schedules", OfLocation, LocationId, New => Entry
}
endpoint! {
    /// Replaces a schedule; 409 when somebody else saved it in the meantime.
    Put: Put "/api/schedules/{schedule}", LoggedIn, ScheduleId, Replace => Entry
}
endpoint! {
    /// Removes a schedule; refused with the list of what uses it.
    Delete: Delete "/api/schedules/{schedule}", LoggedIn, ScheduleId, Remove => ()
}
endpoint! {
    /// Reads holidays from an iCalendar or CSV text, without saving them.
    ReadHolidays: Post "/api/holidays/read", LoggedIn, (), Import => crate::schedule::HolidaySchedule
}
