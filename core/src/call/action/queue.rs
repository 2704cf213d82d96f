//! What a call wants of its call center. The exchange hands it to the distributor.

use crate::id::UserId;
use crate::outcome::OfferResult;
use crate::time::Timestamp;

/// What a call wants of its call center. The exchange hands it to the distributor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueAction {
    /// Find out how a call center is; answer with [`super::Input::Center`].
    AskCenter(UserId),
    /// Find out where the call stands in its queue; answer with [`super::Input::Queue`].
    AskQueue,
    /// Put the call into the queue of a call center. What the queue makes of that at once, an offer or that it lets go,
    /// is told before an [`QueueAction::AskQueue`] that follows is answered.
    Enqueue {
        /// The call center.
        center: UserId,
        /// Since when it waits: earlier than now when it comes from another queue.
        since: Timestamp,
    },
    /// Take the call out of its queue: the caller is gone or leaves.
    Dequeue,
    /// Tell the queue what became of an offer.
    Offer {
        /// Which agent.
        agent: UserId,
        /// What became of it.
        result: OfferResult,
    },
}
