//! What goes into the call machine and what comes out of it. Inputs are facts of the past, actions are imperative.

use super::{Delivery, Endpoint, LegId};
use crate::feature::Perform;
use crate::id::{LocationId, UserId};
use crate::number::{Destination, E164, Extension};
use crate::organisation::{Clip, Key, RingPattern};
use crate::outcome::{
    CenterFact, GroupFact, LineFact, MailboxFact, OfferResult, PasscodeResult, Performed,
    QueueFact, Unqueued,
};
use crate::passcode::Typed;
use crate::service::{Announcement, ServiceId};
use crate::time::Timestamp;
use crate::trace::{Cause, LegFailure, Limit};
use serde_json::Value;
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
    /// The answer to [`Action::AskLine`].
    Line(LineFact),
    /// The answer to [`Action::AskGroup`].
    Group(GroupFact),
    /// The answer to [`Action::AskCenter`].
    Center(CenterFact),
    /// The answer to [`Action::AskQueue`].
    Queue(QueueFact),
    /// The answer to [`Action::AskMailbox`].
    Mailbox(MailboxFact),
    /// The answer to [`Action::AskMessage`]: for how many milliseconds the caller spoke; 0: nothing was recorded.
    Recorded(u32),
    /// The answer to [`Action::CheckPasscode`].
    Passcode(PasscodeResult),
    /// The answer to [`Action::Change`]: whether it was saved.
    Changed(bool),
    /// The answer to [`Action::Perform`].
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
    /// What [`Action::Play`] or [`Action::Record`] asked for is done.
    Finished,
    /// What [`Action::PlayTo`] asked for is done.
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
    /// The answer to [`Action::AwaitFree`]: the line is free.
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

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Find out what the line of a user is; answer with [`Input::Line`].
    AskLine(UserId),
    /// Wait until the line of a user is free; answer with [`Input::Freed`], then and only once.
    AwaitFree(UserId),
    /// Call a user back once a busy line is free, and theirs too (automatic callback).
    SetCallback {
        /// Who waits.
        caller: UserId,
        /// For whom.
        callee: UserId,
    },
    /// The call does not ring, or nobody may join it: whoever asked for it by [`Input::TakenBy`] or
    /// [`Input::BargedInBy`] does not get it.
    NotTaken(UserId),
    /// Find out how the members of a hunt group are; answer with [`Input::Group`].
    AskGroup(UserId),
    /// Find out how a call center is; answer with [`Input::Center`].
    AskCenter(UserId),
    /// Find out where the call stands in its queue; answer with [`Input::Queue`].
    AskQueue,
    /// Find out what is in a mailbox; answer with [`Input::Mailbox`].
    AskMailbox(UserId),
    /// Find out whether this is the passcode of a mailbox; answer with [`Input::Passcode`].
    CheckPasscode {
        /// Whose mailbox.
        user: UserId,
        /// What the caller keyed in.
        typed: Typed,
    },
    /// Tell the caller that it rings.
    Alert,
    /// Answer the caller, so that media can be played and keys heard. Done once; not needed before `Bridge`.
    Answer,
    /// Call an endpoint.
    Ring {
        /// The name of the leg from now on.
        leg: LegId,
        /// What to call.
        endpoint: Endpoint,
        /// What it shows and how it rings.
        manner: Box<Manner>,
    },
    /// Make somebody who is on the phone already a leg of this call.
    Adopt {
        /// The name of the leg from now on.
        leg: LegId,
        /// Who it is.
        who: Adopted,
    },
    /// Give up a leg, answered or not.
    CancelLeg(LegId),
    /// Let the desk phones of a user play a short ring.
    RingSplash(UserId),
    /// Connect the caller with a leg.
    Bridge(LegId),
    /// Take the caller and a leg apart; both stay.
    Unbridge(LegId),
    /// Connect the caller and a leg that answered with all others who did (group call).
    Conference(LegId),
    /// The leg stands where the caller stood: who called is gone, who was called goes on as the caller.
    BecomeCaller(LegId),
    /// The caller is shown this instead of who answers.
    Connected(Box<Connected>),
    /// Signal to the caller's side that the call is being forwarded (SIP: 181).
    ForwardingNotice,
    /// Play to the caller, one after the other; report [`Input::Finished`].
    Play(Vec<Sound>),
    /// Play to a leg that answered; report [`Input::LegFinished`].
    PlayTo(LegId, Vec<Sound>),
    /// Stop what plays to the caller; no report comes.
    StopPlaying,
    /// Play music to the caller until something else is to be heard; an empty choice is the system's.
    Music(Vec<Clip>),
    /// Play music to a leg that answered until something else is to be heard.
    MusicTo(LegId, Vec<Clip>),
    /// Stop music that a leg hears.
    SilenceTo(LegId),
    /// Play ringback to the caller, who was answered already, until something else is to be heard.
    Ringback,
    /// Stop music and ringback.
    Silence,
    /// Record a message; report [`Input::Finished`] when it ends while the caller is there.
    Record(UserId),
    /// Find out how long the message is that was recorded, which has ended or lost its caller; answer with
    /// [`Input::Recorded`].
    AskMessage(UserId),
    /// Let the caller listen to a mailbox; report [`Input::Finished`].
    Listen(UserId),
    /// Put the call into the queue of a call center. What the queue makes of that at once, an offer or that it lets go,
    /// is told before an [`Action::AskQueue`] that follows is answered.
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
    /// Save settings of a service; answer with [`Input::Changed`].
    Change {
        /// Whose.
        user: UserId,
        /// Of which service.
        service: ServiceId,
        /// The settings, complete.
        settings: Value,
    },
    /// Do what takes more than this call; answer with [`Input::Performed`].
    Perform {
        /// Who asks.
        user: UserId,
        /// What.
        what: Perform,
        /// Whom it is about, where it is about somebody.
        about: Option<UserId>,
        /// The digits that it takes, where it takes some: a ring count, a speed dial and its number.
        digits: String,
    },
    /// A message was left: do with it what is set. A recording without this action is none, and is dropped.
    Deliver {
        /// In whose mailbox.
        user: UserId,
        /// What is to be done.
        how: Box<Delivery>,
    },
    /// Send the notice of a call by mail (call notify).
    Notify {
        /// To whom.
        user: UserId,
    },
    /// While this call lasts no second one rings at the user's phone (`*70`).
    NoCallWaiting(UserId),
    /// End the call of the caller.
    Release(Cause),
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
