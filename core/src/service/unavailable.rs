//! Whether a user has a service, and the reason when not (requirements A6, A7).

use super::Entry;
use crate::organisation::{Profile, User};
use serde::{Deserialize, Serialize};

/// Why a user cannot use a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unavailable {
    /// No service pack of the user holds it.
    NotAssigned,
    /// The portal manages the fixed number, and the user has none.
    NoFixedNumber,
}

/// Why the user cannot use the service, or `None` when it is theirs. `assigned` tells what their packs hold.
pub fn unavailable(entry: &Entry, user: &User, assigned: &dyn Fn(&str) -> bool) -> Option<Unavailable> {
    if user.profile == Profile::Mobile || (user.number.is_none() && user.extension.is_none()) {
        return Some(Unavailable::NoFixedNumber);
    }
    // A value without a stage belongs to whoever has a service that reads it: it needs no licence of its own.
    if !entry.stages.is_empty() && !assigned(entry.id.0) {
        return Some(Unavailable::NotAssigned);
    }
    None
}
