//! Values as columns hold them: names of variants as text, lists as JSON, ids as `BIGINT`.

use centrale_core::schedule::ScheduleOwner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// JSON of a value.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A value that serde writes as a text, as that text: a variant's name, a number, an extension.
pub(super) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// The value that was written by [`name`].
pub(super) fn of_name<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// An id as it was stored.
pub(super) fn id(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

/// A version as it was stored.
pub(super) fn version(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or_default()
}

/// A version to be compared in SQL; one that no row has becomes -1.
pub(super) fn to_version(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(-1)
}

/// The kind of an owner that is a user.
pub(super) const USER: &str = "user";

/// The two columns of a schedule's owner.
pub(super) fn owner(owner: ScheduleOwner) -> (&'static str, i64) {
    match owner {
        ScheduleOwner::User(id) => (USER, id.0.into()),
        ScheduleOwner::Location(id) => ("location", id.0.into()),
    }
}

/// The owner in two columns.
pub(super) fn of_owner(kind: &str, owner: i64) -> Option<ScheduleOwner> {
    use centrale_core::id::{LocationId, UserId};
    match kind {
        USER => Some(ScheduleOwner::User(UserId(id(owner)))),
        "location" => Some(ScheduleOwner::Location(LocationId(id(owner)))),
        _ => None,
    }
}

/// A login or a name as it is compared.
pub(super) fn key(text: &str) -> String {
    text.trim().to_lowercase()
}
