//! What calls share of lines, groups, parked calls and callbacks. The exchange alone carries it out.

use super::Adopted;
use crate::call::LegId;
use crate::id::UserId;

/// What calls share of lines, groups, parked calls and callbacks. The exchange alone carries it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineAction {
    /// Find out what the line of a user is; answer with [`super::Input::Line`].
    AskLine(UserId),
    /// Find out how the members of a hunt group are; answer with [`super::Input::Group`].
    AskGroup(UserId),
    /// Wait until the line of a user is free; answer with [`super::Input::Freed`], then and only once.
    AwaitFree(UserId),
    /// Call a user back once a busy line is free, and theirs too (automatic callback).
    SetCallback {
        /// Who waits.
        caller: UserId,
        /// For whom.
        callee: UserId,
    },
    /// The call does not ring, or nobody may join it: whoever asked for it by [`super::Input::TakenBy`] or
    /// [`super::Input::BargedInBy`] does not get it.
    NotTaken(UserId),
    /// Make somebody who is on the phone already a leg of this call.
    Adopt {
        /// The name of the leg from now on.
        leg: LegId,
        /// Who it is.
        who: Adopted,
    },
    /// Tell whoever distributes calls that a member of a hunt group answered.
    GroupAnswered {
        /// The group.
        group: UserId,
        /// The member.
        member: UserId,
    },
    /// Tell whoever keeps parked calls that who parked this one cannot take it back now: it is the turn of who comes next.
    ParkedAgain {
        /// At whose extension it waits.
        at: UserId,
    },
    /// While this call lasts no second one rings at the user's phone (`*70`).
    NoCallWaiting(UserId),
}
