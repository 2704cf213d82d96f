//! Values as columns hold them: names of variants as text, lists as JSON, ids as `BIGINT`.

use centrale_core::schedule::ScheduleOwner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// JSON of a value.
pub(super) fn json(value: &impl Serialize) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// A value that serde writes as a text, as that text: a variant's name, a number, an extension.
pub(super) fn name(value: &impl Serialize) -> sqlx::Result<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => Ok(name),
        Ok(other) => Ok(other.to_string()),
        Err(error) => Err(sqlx::Error::Encode(error.into())),
    }
}

/// The value that was written by [`name`].
pub(super) fn of_name<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// An id as it was stored; an error for a number that is no id, since 0 and up are ids of somebody.
pub(super) fn id(stored: i64) -> sqlx::Result<u32> {
    u32::try_from(stored).map_err(|_| sqlx::Error::Decode(format!("{stored} is no id").into()))
}

/// A version, or the id of an event, as it was stored; an error for a negative number, since 0 means "never saved".
pub(super) fn version(stored: i64) -> sqlx::Result<u64> {
    u64::try_from(stored).map_err(|_| sqlx::Error::Decode(format!("{stored} is no version").into()))
}

/// Keeps the rows that could be read. Those that could not are reported and left out, so that one damaged row never
/// keeps the rest from being shown.
pub(super) fn readable<T>(
    table: &'static str,
    rows: impl Iterator<Item = sqlx::Result<T>>,
) -> Vec<T> {
    let report = |error: &sqlx::Error| tracing::error!(%error, table, "a row cannot be read and is left out");
    rows.filter_map(|row| row.inspect_err(report).ok())
        .collect()
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

/// The owner in two columns; `None` when they name none.
pub(super) fn of_owner(kind: &str, owner: i64) -> Option<ScheduleOwner> {
    use centrale_core::id::{LocationId, UserId};
    match kind {
        USER => Some(ScheduleOwner::User(UserId(id(owner).ok()?))),
        "location" => Some(ScheduleOwner::Location(LocationId(id(owner).ok()?))),
        _ => None,
    }
}

/// A login or a name as it is compared.
pub(super) fn key(text: &str) -> String {
    text.trim().to_lowercase()
}
