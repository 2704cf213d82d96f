//! What goes into the call machine and what comes out of it. Inputs are facts of the past, actions are imperative.

mod leg;
mod line;
mod mailbox;
mod media;
mod queue;
mod service;
mod signal;

pub use leg::LegAction;
pub use line::LineAction;
pub use mailbox::MailboxAction;
pub use media::MediaAction;
pub use queue::QueueAction;
pub use service::ServiceAction;
pub use signal::SignalAction;

use super::LegId;
use crate::announcement::Announcement;
use crate::id::{LocationId, UserId};
use crate::number::{Destination, E164, Extension};
use crate::organisation::{Clip, Key, RingPattern};
use crate::outcome::{
    CenterFact, GroupFact, LineFact, MailboxFact, PasscodeResult, Performed, QueueFact, Unqueued,
};
use crate::trace::{Cause, LegFailure, Limit};
use std::fmt;

/// One side of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Who called.
    Caller,
    /// A leg of the call.
    Leg(LegId),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The call came in. Always the first input, and given once.
    Start,
    /// The answer to [`LineAction::AskLine`].
    Line(LineFact),
    /// The answer to [`LineAction::AskGroup`].
    Group(GroupFact),
    /// The answer to [`QueueAction::AskCenter`].
    Center(CenterFact),
    /// The answer to [`QueueAction::AskQueue`].
    Queue(QueueFact),
    /// The answer to [`MailboxAction::AskMailbox`].
    Mailbox(MailboxFact),
    /// The answer to [`MailboxAction::AskMessage`]: for how many milliseconds the caller spoke; 0: nothing was recorded.
    Recorded(u32),
    /// The answer to [`MailboxAction::CheckPasscode`].
    Passcode(PasscodeResult),
    /// The answer to [`ServiceAction::Change`]: whether it was saved.
    Changed(bool),
    /// The answer to [`ServiceAction::Perform`].
    Performed(Performed),
    /// A leg rings.
    LegRinging(LegId),
    /// A leg was answered.
    LegAnswered(LegId),
    /// A leg failed before an answer.
    LegFailed(LegId, LegFailure),
    /// A leg that was to ring outside does not: one of the limits of outside calls is reached. It was not rung.
    LegRefused(LegId, Limit),
    /// A leg that had answered hung up.
    LegHungUp(LegId),
    /// A key was pressed.
    Key(Side, Key),
    /// The caller hung up.
    CallerHungUp,
    /// What [`MediaAction::Play`] or [`MailboxAction::Record`] asked for is done.
    Finished,
    /// What [`MediaAction::PlayTo`] asked for is done.
    LegFinished(LegId),
    /// The queue offers the call to agents, by its policy one or all at once.
    Offered(Vec<UserId>),
    /// The queue takes the offer back; the call stays in it.
    Withdrawn,
    /// The queue lets go of the call.
    Unqueued(Unqueued),
    /// A side put the other on hold, or took it back.
    Held(Side, bool),
    /// A side transfers the other.
    Transfer {
        /// Who transfers.
        by: Side,
        /// The digits to which.
        to: String,
        /// They talked to the new party first.
        consulted: bool,
    },
    /// Somebody picked the ringing call up, or retrieved the parked one, from their own phone.
    TakenBy(UserId),
    /// A side parks the other at an extension.
    Parked {
        /// Who parks.
        by: Side,
        /// At whose extension.
        at: UserId,
    },
    /// Nobody retrieved the parked call: it goes back.
    Recall {
        /// To whom: the parker, or a group.
        to: UserId,
        /// Nobody else gets it afterwards. Else it waits on when they do not answer, and none of their services takes it.
        last: bool,
    },
    /// The answer to [`LineAction::AwaitFree`]: the line is free.
    Freed(UserId),
    /// Somebody joins the talk from their own phone (barge-in).
    BargedInBy(UserId),
    /// Nobody hears music while they are held, from now on (`*60`).
    MusicOff,
    /// Who stands at a side goes on in another call: this one ends.
    Moved(Side),
    /// The moment of [`super::Call::next_timeout`] has come.
    TimerElapsed,
}

/// What is to be done, by who carries it out: a new action names its kind, and a new kind does not compile until all who
/// carry out actions say what they do with it. Shown as what it holds.
#[derive(Clone, PartialEq, Eq)]
pub enum Action {
    /// The exchange and the channels.
    Leg(LegAction),
    /// The exchange.
    Line(LineAction),
    /// The distributor, by way of the exchange.
    Queue(QueueAction),
    /// The channels.
    Signal(SignalAction),
    /// The channels.
    Media(MediaAction),
    /// Whoever keeps the mailboxes.
    Mailbox(MailboxAction),
    /// The store, the exchange and the mailer.
    Service(ServiceAction),
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leg(action) => action.fmt(f),
            Self::Line(action) => action.fmt(f),
            Self::Queue(action) => action.fmt(f),
            Self::Signal(action) => action.fmt(f),
            Self::Media(action) => action.fmt(f),
            Self::Mailbox(action) => action.fmt(f),
            Self::Service(action) => action.fmt(f),
        }
    }
}

impl From<LegAction> for Action {
    fn from(action: LegAction) -> Self {
        Self::Leg(action)
    }
}

impl From<LineAction> for Action {
    fn from(action: LineAction) -> Self {
        Self::Line(action)
    }
}

impl From<QueueAction> for Action {
    fn from(action: QueueAction) -> Self {
        Self::Queue(action)
    }
}

impl From<SignalAction> for Action {
    fn from(action: SignalAction) -> Self {
        Self::Signal(action)
    }
}

impl From<MediaAction> for Action {
    fn from(action: MediaAction) -> Self {
        Self::Media(action)
    }
}

impl From<MailboxAction> for Action {
    fn from(action: MailboxAction) -> Self {
        Self::Mailbox(action)
    }
}

impl From<ServiceAction> for Action {
    fn from(action: ServiceAction) -> Self {
        Self::Service(action)
    }
}

/// Somebody who is on the phone already when a call gets them as a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// The phone from which a user picked the call up, retrieved it or joined it. It has answered: no report comes.
    Phone(UserId),
    /// Whom a user called in another call before transferring this one to them; report how they are with
    /// [`Input::LegRinging`], [`Input::LegAnswered`] or [`Input::LegFailed`].
    Consulted(UserId),
}

/// Whom the caller is shown as the one they talk to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connected {
    /// The number.
    pub number: Option<E164>,
    /// The extension, for callers of the enterprise.
    pub extension: Option<Extension>,
    /// The name.
    pub name: String,
    /// Nobody is shown.
    pub withheld: bool,
}

/// What a leg shows, and how it rings.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Manner {
    /// The number that is shown; none: withheld or unknown.
    pub number: Option<E164>,
    /// The extension that is shown instead, within the enterprise.
    pub extension: Option<Extension>,
    /// The name that is shown, with the prefix of a group before it.
    pub name: String,
    /// The caller withholds the number.
    pub withheld: bool,
    /// The party that forwarded the call, if one did.
    pub diverted_by: Option<UserId>,
    /// Who causes a call that leaves, and is counted for it; `None`: nobody of ours.
    pub caused_by: Option<UserId>,
    /// The user is on a call already: this one waits beside it.
    pub call_waiting: bool,
    /// How it rings.
    pub pattern: RingPattern,
    /// The phone answers by itself after so many seconds.
    pub auto_answer: Option<u8>,
}

/// Only what is not as usual: most legs show a number and no more.
impl fmt::Debug for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_set();
        shown.entries(self.number.iter().map(|number| Text(number.to_string())));
        shown.entries(
            self.extension
                .iter()
                .map(|extension| Text(extension.to_string())),
        );
        if !self.name.is_empty() {
            shown.entry(&self.name);
        }
        if self.withheld {
            shown.entry(&format_args!("withheld"));
        }
        shown.entries(
            self.diverted_by
                .iter()
                .map(|by| Text(format!("diverted by {by}"))),
        );
        if self.call_waiting {
            shown.entry(&Text("call waiting".into()));
        }
        if self.pattern != RingPattern::Normal {
            shown.entry(&self.pattern);
        }
        shown.entries(
            self.auto_answer
                .iter()
                .map(|after| Text(format!("answers after {after}s"))),
        );
        shown.finish()
    }
}

/// A text that is shown without quotes.
struct Text(String);

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A piece of what is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sound {
    /// One of ours.
    Said(Announcement),
    /// One that was uploaded or linked.
    Own(Clip),
    /// A number, spoken as one.
    Number(u32),
    /// Digits, one by one.
    Digits(String),
    /// A user who did not record their name: it is spelt from the extension.
    Name(UserId),
    /// Nothing, for so many milliseconds.
    Pause(u32),
}

/// A call as it comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Who calls.
    pub caller: crate::caller::Caller,
    /// What was dialled.
    pub dialled: String,
    /// The location at whose phone it was dialled; `None`: it comes from the public network.
    pub from: Option<LocationId>,
    /// The caller asked that nobody forwards the call (`*80`).
    pub diversion_inhibited: bool,
    /// The caller asked by code that their number is withheld from this call, or shown to it, whatever they set.
    pub block_next: Option<bool>,
}

/// Where a call goes next, once an announcement is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It ends.
    Release(Cause),
    /// It is forwarded in somebody's name.
    Forward {
        from: UserId,
        to: Destination,
        stage: crate::service::Stage,
    },
    /// It gets the busy treatment of somebody.
    Busy(UserId),
    /// It rings for a call center until the caller hangs up.
    Ring(UserId),
}
