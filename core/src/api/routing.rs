//! Previews: what the browser needs to decide calls by itself, and asking the server to decide one.

pub use crate::what_if::{Draft, Question, Slice, SliceUser, Span};

use super::endpoint;
use crate::id::UserId;
use crate::what_if::{Story, Stretch};
use serde::{Deserialize, Serialize};

/// What else the slice is to hold: numbers that a draft forwards to, and what a story met at the edge of a slice before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Also {
    /// Numbers and extensions, and what a step `not-known` names, separated by commas.
    pub also: String,
}

endpoint! {
    /// Gives the part of the configuration that calls to the user can touch, for previews in the browser.
    GetSlice: Get "/api/users/{user}/slice", OfUser, UserId, Also => Slice
}
endpoint! {
    /// Tells what a call to any number would do, on saved settings or on drafts of users whom the administrator sees.
    SimulateAny: Post "/api/simulate", Admin, (), Question => Story
}
endpoint! {
    /// Tells what a call to the user would do, on saved settings or on a draft of theirs.
    Simulate: Post "/api/users/{user}/simulate", OfUser, UserId, Question => Story
}
endpoint! {
    /// Tells what calls to the user would do in each hour of a week at most, as at the beginning of the hour: also where the
    /// asker may not see the times of schedules that decide it. Neighbouring hours with one outcome are one stretch.
    Week: Post "/api/users/{user}/week", OfUser, UserId, Span => Vec<Stretch>
}
