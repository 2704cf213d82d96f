//! Whether somebody has a service, and the reason when not (requirements A6, A7, D4, E4, F2).

use super::Entry;
use crate::organisation::{Profile, RoleKind, User};
use serde::{Deserialize, Serialize};

/// Why somebody cannot use a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unavailable {
    /// No service pack of the user holds it.
    NotAssigned,
    /// The portal manages the fixed number, and the user has none.
    NoFixedNumber,
    /// Groups, menus and queues of this kind never have it.
    NotForRole,
    /// It is for the fixed profile only.
    NeedsFixedProfile,
    /// It needs a desk phone, and the user has none.
    NeedsDeskPhone,
}

/// What a service asks of whoever has it, besides a licence (requirement A7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// A fixed number or an extension that the portal manages.
    Number,
    /// The fixed profile.
    FixedProfile,
    /// A desk phone, as the service is about its keys or lamps.
    DeskPhone,
}

/// Why the user, who is of this role, cannot use the service, or `None` when it is theirs. `assigned` tells what their
/// packs hold.
pub fn unavailable(
    entry: &Entry,
    user: &User,
    role: RoleKind,
    assigned: &dyn Fn(&str) -> bool,
) -> Option<Unavailable> {
    if !entry.roles.contains(&role) {
        Some(Unavailable::NotForRole)
    } else if user.profile == Profile::Mobile || (user.number.is_none() && user.extension.is_none())
    {
        Some(Unavailable::NoFixedNumber)
    } else if entry.licensed && !assigned(entry.id.0) {
        Some(Unavailable::NotAssigned)
    } else {
        match entry.needs {
            Needs::FixedProfile if user.profile != Profile::Fixed => {
                Some(Unavailable::NeedsFixedProfile)
            }
            Needs::DeskPhone if !user.has_desk_phone() => Some(Unavailable::NeedsDeskPhone),
            Needs::Number | Needs::FixedProfile | Needs::DeskPhone => None,
        }
    }
}
