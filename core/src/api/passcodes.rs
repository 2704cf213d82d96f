//! Voicemail passcodes (manual § 8.2.1) of users, groups, menus and queues: set, drawn and taken away, never told.

use super::endpoint;
use crate::id::UserId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What may be known of a passcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct State {
    /// There is one. Without one only the own phones and the aliases reach the messages.
    pub set: bool,
    /// When it was last set or taken away; none: never.
    pub changed_at: Option<Timestamp>,
}

/// A passcode, as it is chosen or as it was drawn. Nothing shows it for debugging.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// The digits.
    pub passcode: String,
}

endpoint! {
    /// Tells whether a mailbox has a passcode.
    Get: Get "/api/users/{user}/passcode", OfUser, UserId, () => State
}
endpoint! {
    /// Gives a mailbox another passcode.
    Put: Put "/api/users/{user}/passcode", OfUser, UserId, Chosen => State
}
endpoint! {
    /// Takes the passcode of a mailbox away.
    Delete: Delete "/api/users/{user}/passcode", OfUser, UserId, () => ()
}
endpoint! {
    /// Draws a passcode that may be chosen, and saves nothing.
    Draw: Post "/api/users/{user}/passcode/draw", OfUser, UserId, () => Chosen
}
