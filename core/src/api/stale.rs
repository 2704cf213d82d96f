//! Versions of what is saved: which one is to go, and what is told who changed one that is no longer the newest.

use crate::error::Code;
use serde::{Deserialize, Serialize};

/// Which version is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// The version that was seen.
    pub version: u64,
}

/// The body of a 409: what somebody else saved in the meantime.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stale<T> {
    /// Always [`Code::Stale`].
    pub code: Code,
    /// How it is now.
    pub current: T,
    /// The name of who saved it.
    pub by: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

impl<T> Stale<T> {
    /// What `by` saved at a moment.
    pub fn new(current: T, by: String, at: i64) -> Self {
        Self {
            code: Code::Stale,
            current,
            by,
            at,
        }
    }
}
