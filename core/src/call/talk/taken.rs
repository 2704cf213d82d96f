//! What somebody else's phone does to a call: it takes the ringing or parked call (manual § 24, 25), or joins the talk
//! (barge-in). Who may do that is for the exchange to say.

use super::{Talk, Waiting};
use crate::call::{Adopted, Call, LegAction, LineAction, MediaAction, State};
use crate::id::UserId;
use crate::trace::{Party, TalkStep, What};

impl Call {
    pub(in crate::call) fn taken(&mut self, state: State, user: UserId) {
        if !self.may_be_taken(&state) {
            return self.not_taken(state, user);
        }
        self.interrupt(state);
        self.note(What::Talk(TalkStep::TakenBy { user }));
        let leg = self.legs.answered();
        self.act(LineAction::Adopt {
            leg,
            who: Adopted::Phone(user),
        });
        self.connect(leg, Party::User(user));
    }

    /// It rings somewhere, is parked, or was transferred and is not answered yet. A group call has no one phone that
    /// could be answered for another.
    fn may_be_taken(&self, state: &State) -> bool {
        match state {
            State::Waiting(Waiting::Parked { .. }) => true,
            State::FindingMe(_) | State::Hunting(_) | State::Queued(_)
                if self.legs.is_ringing() =>
            {
                true
            }
            State::Locating(_)
            | State::FindingMe(_)
            | State::Hunting(_)
            | State::RingingOutside { .. }
            | State::Announcing { .. }
            | State::Waiting(_) => self.transfer.is_some(),
            _ => false,
        }
    }

    pub(in crate::call) fn not_taken(&mut self, state: State, user: UserId) {
        self.state = state;
        self.act(LineAction::NotTaken(user));
    }

    /// Lets go of everything that a state holds, because the call goes elsewhere.
    pub(in crate::call) fn interrupt(&mut self, state: State) {
        match &state {
            State::FindingMe(search) => self.stop_announcing(search),
            State::Announcing { .. } => self.act(MediaAction::StopPlaying),
            _ => {}
        }
        self.leave(state);
    }

    pub(in crate::call) fn join(&mut self, mut talk: Talk, user: UserId) {
        if talk.is_apart() {
            return self.not_taken(State::Talking(talk), user);
        }
        self.note(What::Talk(TalkStep::JoinedBy { user }));
        let leg = self.legs.answered();
        talk.joined.push((leg, Party::User(user)));
        self.act(LineAction::Adopt {
            leg,
            who: Adopted::Phone(user),
        });
        self.act(LegAction::Conference(leg));
        self.state = State::Talking(talk);
    }
}
