//! Messages and who may hear them. Whoever keeps the mailboxes carries it out.

use crate::call::Delivery;
use crate::id::UserId;
use crate::passcode::Typed;

/// Messages and who may hear them. Whoever keeps the mailboxes carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailboxAction {
    /// Find out what is in a mailbox; answer with [`super::Input::Mailbox`].
    AskMailbox(UserId),
    /// Find out whether this is the passcode of a mailbox; answer with [`super::Input::Passcode`].
    CheckPasscode {
        /// Whose mailbox.
        user: UserId,
        /// What the caller keyed in.
        typed: Typed,
    },
    /// Record a message; report [`super::Input::Finished`] when it ends while the caller is there.
    Record(UserId),
    /// Find out how long the message is that was recorded, which has ended or lost its caller; answer with
    /// [`super::Input::Recorded`].
    AskMessage(UserId),
    /// Let the caller listen to a mailbox; report [`super::Input::Finished`].
    Listen(UserId),
    /// A message was left: do with it what is set. A recording without this action is none, and is dropped.
    Deliver {
        /// In whose mailbox.
        user: UserId,
        /// What is to be done.
        how: Box<Delivery>,
    },
}
