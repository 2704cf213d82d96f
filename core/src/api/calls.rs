//! The call histories of users, persons and virtual ones (requirement C31).

use super::endpoint;
use crate::history::{Entry, Kind};
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// Which calls are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// Only those of this kind; none: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Only those after this place of the list: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A page of a history, the latest call first; at most 50.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// The calls.
    pub calls: Vec<Entry>,
    /// What to ask for the page after this one; none: it is the last.
    pub next: Option<String>,
}

endpoint! {
    /// Lists the calls that a user or virtual user placed, received and missed in the last 90 days, at most the last 1000.
    OfUser: Get "/api/users/{user}/calls", OfUser, UserId, Wanted => Page
}
endpoint! {
    /// Empties the call history of a user or virtual user.
    Clear: Delete "/api/users/{user}/calls", OfUser, UserId, () => ()
}
