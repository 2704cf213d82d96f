//! The services of a user: which they have, how they are set, and saving them.

use super::endpoint;
use crate::id::UserId;
use crate::service::{ServiceId, Unavailable};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One service of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// The service.
    pub service: ServiceId,
    /// Grows with every save; 0: never saved.
    pub version: u64,
    /// The settings.
    pub settings: Value,
    /// Why the user cannot use it, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<Unavailable>,
    /// Only administrators may save it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub admin: bool,
}

/// Changes of some services, saved together or not at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Save {
    /// The changes.
    pub changes: Vec<Change>,
}

/// A change of one service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The service.
    pub service: ServiceId,
    /// The version that was changed.
    pub version: u64,
    /// The new settings, complete.
    pub settings: Value,
}

/// The body of a 409: what others saved in the meantime. Field errors and other refusals carry the common error body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// Always [`crate::error::Code::Stale`].
    pub code: crate::error::Code,
    /// The services of the request that changed, as they are now.
    pub current: Vec<Newer>,
}

/// A service that somebody else saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Newer {
    /// How it is now.
    #[serde(flatten)]
    pub setting: Setting,
    /// The name of who saved it.
    pub by: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

endpoint! {
    /// Lists every service with the settings of the user, or the reason why they cannot use it.
    List: Get "/api/users/{user}/services", OfUser, UserId, () => Vec<Setting>
}
endpoint! {
    /// Saves services of a user, all or none; answers with the saved ones, or 409 with what others saved.
    Put: Put "/api/users/{user}/services", OfUser, UserId, Save => Vec<Setting>, conflict Conflict
}
