//! Logging in and out, and who is logged in.

use super::endpoint;
use crate::id::{AdminId, UserId};
use crate::organisation::{AdminScope, Language};
use serde::{Deserialize, Serialize};

/// A user name and a password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The user name.
    pub login: String,
    /// The password.
    pub password: String,
    /// The second factor, when it was asked: six digits from the app, or a recovery code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
}

/// Who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// Who.
    pub who: Identity,
    /// First and last name.
    pub name: String,
    /// The name of the enterprise.
    pub enterprise: String,
    /// The language of their screens, until they choose another.
    pub language: Language,
    /// A second factor must be set up before anything else.
    pub must_set_up: bool,
    /// The server's time, in milliseconds since 1970 UTC.
    pub now: i64,
}

/// A person of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "role")]
pub enum Identity {
    /// A user.
    User {
        /// Which.
        id: UserId,
    },
    /// An administrator.
    Admin {
        /// Which.
        id: AdminId,
        /// What they administer.
        scope: AdminScope,
    },
}

/// How the page may send what it changes: every request but `GET` carries this header with this value.
pub const CSRF_HEADER: (&str, &str) = ("x-centrale", "1");

endpoint! {
    /// Logs in and starts a session.
    Start: Post "/api/session", Public, (), LogIn => Session
}
endpoint! {
    /// Tells who is logged in.
    Current: Get "/api/session", Own, (), () => Session
}
endpoint! {
    /// Logs out and ends the session.
    End: Delete "/api/session", Public, (), () => ()
}
