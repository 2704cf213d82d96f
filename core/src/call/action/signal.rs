//! What is signalled to phones beside media. The channels alone carry it out.

use super::Connected;
use crate::id::UserId;

/// What is signalled to phones beside media. The channels alone carry it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignalAction {
    /// Tell the caller that it rings.
    Alert,
    /// Answer the caller, so that media can be played and keys heard. Done once; not needed before `Bridge`.
    Answer,
    /// The caller is shown this instead of who answers.
    Connected(Box<Connected>),
    /// Signal to the caller's side that the call is being forwarded (SIP: 181).
    ForwardingNotice,
    /// Let the desk phones of a user play a short ring.
    RingSplash(UserId),
}
