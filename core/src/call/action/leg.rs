//! Who is rung, connected and let go. The exchange keeps the book of it, the channels carry it out.

use super::Manner;
use crate::call::{Endpoint, LegId};
use crate::trace::Cause;

/// Who is rung, connected and let go. The exchange keeps the book of it, the channels carry it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegAction {
    /// Call an endpoint.
    Ring {
        /// The name of the leg from now on.
        leg: LegId,
        /// What to call.
        endpoint: Endpoint,
        /// What it shows and how it rings.
        manner: Box<Manner>,
    },
    /// Give up a leg, answered or not.
    CancelLeg(LegId),
    /// Connect the caller with a leg.
    Bridge(LegId),
    /// Take the caller and a leg apart; both stay.
    Unbridge(LegId),
    /// Connect the caller and a leg that answered with all others who did (group call).
    Conference(LegId),
    /// The leg stands where the caller stood: who called is gone, who was called goes on as the caller.
    BecomeCaller(LegId),
    /// End the call of the caller.
    Release(Cause),
}
