//! What was changed, by whom and when: the ground of the activity log, of undo and of history.

use super::endpoint;
use crate::id::UserId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Grows with every event.
    pub id: u64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// The name of who did it.
    pub by: String,
    /// The user whom it is about, if it is about one.
    pub user: Option<UserId>,
    /// What was changed: a service id, or `schedule:7`.
    pub subject: String,
    /// How it was; none: it was made.
    pub before: Option<Value>,
    /// How it became; none: it was removed.
    pub after: Option<Value>,
}

endpoint! {
    /// Lists the last 200 changes of the user's settings, the newest first.
    OfUser: Get "/api/users/{user}/events", OfUser, UserId, () => Vec<Event>
}
