//! Time and holiday schedules: personal ones, and those of a location.

use super::{Remove, Stale, endpoint};
use crate::error::{Code, UsedBy};
use crate::id::{LocationId, ScheduleId, UserId};
use crate::schedule::{HolidayLine, Schedule, ScheduleKind, ScheduleOwner, ScheduleType};
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
    /// Whose schedule it is for: moments of other zones are those of the owner's. Without one it is the asker's own zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<ScheduleOwner>,
    /// How dates are read that do not tell themselves; asked for with `import-date-order`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
}

/// Which of the two numbers before a year is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 1/6 is 1 June.
    DayFirst,
    /// 1/6 is 6 January.
    MonthFirst,
}

/// What a file of holidays holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holidays {
    /// The holidays that were taken, each once; at most as many as a schedule has.
    pub lines: Vec<HolidayLine>,
    /// What was not taken, or not as it stands in the file; in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// How many notes more there are.
    #[serde(default, skip_serializing_if = "is_none")]
    pub more_notes: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_none(count: &u32) -> bool {
    *count == 0
}

/// Something in a file of holidays that was not taken, or not as it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Where it begins in the file; the first line is 1.
    pub line: u32,
    /// The name of the event, the holiday or the column; at most 80 characters.
    pub name: String,
    /// Why.
    pub code: Code,
    /// Whether it was taken all the same.
    pub taken: bool,
    /// For [`Code::ImportDated`]: the last year of the dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

impl Entry {
    /// Blocks in a week, or days of the year.
    pub fn kind(&self) -> ScheduleType {
        ScheduleType::from(&self.schedule.kind)
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
    Put: Put "/api/schedules/{schedule}", LoggedIn, ScheduleId, Replace => Entry, conflict Conflict
}
endpoint! {
    /// Removes a schedule; refused with the list of what uses it.
    Delete: Delete "/api/schedules/{schedule}", LoggedIn, ScheduleId, Remove => (), conflict Conflict
}
endpoint! {
    /// Reads holidays from an iCalendar or CSV text, without saving them. What it does not take it names, line by line.
    ReadHolidays: Post "/api/holidays/read", LoggedIn, (), Import => Holidays
}
