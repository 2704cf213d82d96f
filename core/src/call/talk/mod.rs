//! Calls that were answered: who talks, who holds, who joined; hold, transfer, recall, camp-on, park, pickup,
//! callback (manual § 7.5, 7.6, 24, 25). What one call does to another is for [`crate::exchange`].

mod callback;
mod hold;
mod park;
mod taken;
mod transfer;

pub(super) use transfer::Transfer;

use super::{Call, Input, LegAction, LegId, Side, State};
use crate::caller::Caller;
use crate::id::UserId;
use crate::trace::{Cause, Party, TalkStep, What};

/// Why a call reaches whom it reaches now. Call notify goes by it (requirement C9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The caller dialled, and what forwarded it since.
    #[default]
    Dialled,
    /// A user who talked to the caller sent them on.
    Transferred {
        /// The user who transferred them.
        by: UserId,
    },
    /// Nobody answered the transferred call: it is back with who transferred it.
    Recalled,
    /// Nobody retrieved the parked call.
    ParkRecalled {
        /// Who parked it.
        parker: UserId,
        /// At whose extension it was parked.
        at: UserId,
        /// Nobody else gets it afterwards.
        last: bool,
    },
}

/// Caller and leg, and what is between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Talk {
    leg: LegId,
    with: Party,
    /// Who joined them.
    joined: Vec<(LegId, Party)>,
    caller_holds: bool,
    leg_holds: bool,
}

impl Talk {
    pub(super) fn new(leg: LegId, with: Party) -> Self {
        Self {
            leg,
            with,
            joined: Vec::new(),
            caller_holds: false,
            leg_holds: false,
        }
    }

    pub(super) fn with(&self) -> Party {
        self.with
    }

    pub(super) fn legs(&self) -> impl Iterator<Item = LegId> + use<'_> {
        std::iter::once(self.leg).chain(self.joined.iter().map(|(leg, _)| *leg))
    }

    /// More than two talk, so that one may leave.
    pub(super) fn is_shared(&self) -> bool {
        !self.joined.is_empty()
    }

    /// Nobody hears the other.
    fn is_apart(&self) -> bool {
        self.caller_holds || self.leg_holds
    }
}

/// A caller waits whom nobody is rung for: one who talked before, or who found the line busy.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Waiting {
    /// At the extension of a user, until somebody retrieves the call or it goes back.
    Parked { parker: UserId, at: UserId },
    /// Whether the line of a user is on a call is asked for: only then there is something to wait for.
    AskingLine { user: UserId },
    /// For the line of a user.
    CampedOn { user: UserId },
    /// A caller may press a key to be called back once the line of a user is free.
    Offered { user: UserId },
}

impl Call {
    pub(super) fn talk_input(&mut self, mut talk: Talk, input: Input) {
        match input {
            Input::LegHungUp(gone) | Input::LegFailed(gone, _) if gone == talk.leg => {
                self.leg_leaves(talk);
            }
            Input::LegHungUp(gone) | Input::LegFailed(gone, _) => {
                if let Some(place) = talk.joined.iter().position(|(leg, _)| *leg == gone) {
                    let (_, by) = talk.joined.remove(place);
                    self.note(What::Talk(TalkStep::Left { by: Some(by) }));
                }
                self.state = State::Talking(talk);
            }
            Input::Held(by, holds) => self.hold(talk, by, holds),
            Input::MusicOff => self.no_music(talk),
            Input::Transfer { by, to, consulted } => self.transfer(talk, by, to, consulted),
            Input::Parked { by, at } => self.park(talk, by, at),
            Input::Moved(side) => self.moved(&talk, side),
            _ => self.state = State::Talking(talk),
        }
    }

    pub(super) fn waiting_input(&mut self, waiting: Waiting, input: Input) {
        match (&waiting, input) {
            (Waiting::AskingLine { user }, Input::Line(line)) if line.user == *user => {
                self.wait_for(*user, line.calls > 0);
            }
            (Waiting::Offered { user }, input) => self.callback_input(*user, input),
            (Waiting::CampedOn { user }, Input::Freed(freed)) if freed == *user => {
                self.line_freed(freed);
            }
            _ => self.state = State::Waiting(waiting),
        }
    }

    /// Who stands at a side talks in another call now; the others are done.
    fn moved(&mut self, talk: &Talk, side: Side) {
        self.note(What::Talk(TalkStep::Merged));
        let others = talk.legs().filter(|leg| side != Side::Leg(*leg));
        self.act_each(others.map(LegAction::CancelLeg));
        if side != Side::Caller {
            self.act(LegAction::Release(Cause::Normal));
        }
        self.end(Cause::Normal);
    }

    /// The leg hung up. Where somebody joined, they talk on with the caller.
    fn leg_leaves(&mut self, mut talk: Talk) {
        if !talk.is_shared() {
            return self.release(Cause::Normal);
        }
        self.leave_agent();
        self.note(What::Talk(TalkStep::Left {
            by: Some(talk.with),
        }));
        (talk.leg, talk.with) = talk.joined.remove(0);
        talk.leg_holds = false;
        self.rejoin(talk);
    }

    /// The caller hung up while more than two talk: the leg goes on as the caller.
    pub(super) fn caller_leaves(&mut self, mut talk: Talk) {
        self.leave_agent();
        let by = self.party(&talk, Side::Caller);
        self.note(What::Talk(TalkStep::Left { by }));
        self.become_caller(&talk);
        (talk.leg, talk.with) = talk.joined.remove(0);
        (talk.caller_holds, talk.leg_holds) = (talk.leg_holds, false);
        self.rejoin(talk);
    }

    /// Those who stay are connected again, unless one of them holds.
    fn rejoin(&mut self, talk: Talk) {
        if !talk.is_apart() {
            self.together(&talk);
        }
        self.state = State::Talking(talk);
    }

    fn together(&mut self, talk: &Talk) {
        self.act(LegAction::Bridge(talk.leg));
        self.act_each(
            talk.joined
                .iter()
                .map(|(leg, _)| LegAction::Conference(*leg)),
        );
    }

    /// Who stands at a side; `None`: a caller of whom no number is known.
    fn party(&self, talk: &Talk, side: Side) -> Option<Party> {
        let caller = &self.request.caller;
        match side {
            Side::Caller => caller
                .user
                .map(Party::User)
                .or(caller.number.map(Party::Outside)),
            Side::Leg(leg) => {
                let joined = talk.joined.iter().find(|(other, _)| *other == leg);
                Some(joined.map_or(talk.with, |(_, party)| *party))
            }
        }
    }

    /// The side is one of the two who may hold, transfer and park.
    fn takes_part(talk: &Talk, side: Side) -> bool {
        side == Side::Caller || side == Side::Leg(talk.leg)
    }

    /// One of two leaves, and the other stands alone as the caller.
    fn depart(&mut self, talk: &Talk, by: Side) {
        self.leave_agent();
        match by {
            Side::Caller => {
                self.become_caller(talk);
                self.act_each(
                    talk.joined
                        .iter()
                        .map(|(leg, _)| LegAction::CancelLeg(*leg)),
                );
            }
            Side::Leg(_) => self.act_each(talk.legs().map(LegAction::CancelLeg)),
        }
        self.alerted = false;
    }

    fn become_caller(&mut self, talk: &Talk) {
        self.act(LegAction::BecomeCaller(talk.leg));
        let user = match talk.with {
            Party::User(user) => self.config.user(user),
            _ => None,
        };
        self.request.from = user.map(|s| s.place.id);
        self.request.caller = match (talk.with, user) {
            (Party::Outside(number), _) => Caller::external(number),
            (Party::User(id), Some(s)) => {
                let (number, extension) = (s.user.number, s.user.extension);
                Caller {
                    number,
                    extension,
                    user: Some(id),
                    withheld: false,
                }
            }
            _ => Caller::unavailable(),
        };
    }
}
