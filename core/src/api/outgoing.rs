//! Who causes no calls that leave, since they went over a limit, and lifting that (requirement K2). What may leave at all is
//! set as parts.

use super::endpoint;
use crate::exchange::Stop;
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// Somebody who causes no calls that leave until an administrator lifts that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stopped {
    /// Who, since when and by which limit.
    #[serde(flatten)]
    pub stop: Stop,
    /// First and last name, or the name of a group, menu or queue; empty: all users.
    pub name: String,
}

endpoint! {
    /// Lists who in scope causes no calls that leave since they went over a limit; the enterprise as a whole first.
    Stops: Get "/api/stops", Admin, (), () => Vec<Stopped>
}
endpoint! {
    /// Lets a user, a group, a menu or a queue cause calls that leave again.
    LiftUser: Delete "/api/users/{user}/stop", Admin, UserId, () => ()
}
endpoint! {
    /// Lets all users cause calls that leave again, after all together went over a limit.
    LiftAll: Delete "/api/stop", Enterprise, (), () => ()
}
