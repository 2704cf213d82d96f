//! What somebody else's phone does to a call: it takes the ringing or parked call (manual § 24, 25), or joins the talk
//! (barge-in). Who may do that is for the exchange to say.

use super::{Talk, Waiting};
use crate::call::{Action, Adopted, Call, State};
use crate::id::UserId;
use crate::trace::{Party, TalkStep, What};

impl Call {
    /// It rings somewhere, or is parked. A group call has no one phone that could be answered for another.
    pub(in crate::call) fn may_be_taken(&self, state: &State) -> bool {
        match state {
            State::Waiting(Waiting::Parked { .. }) => true,
            State::FindingMe(_) | State::Hunting(_) | State::Queued(_) => self.legs.is_ringing(),
            _ => false,
        }
    }

    pub(in crate::call) fn taken(&mut self, state: State, user: UserId) {
        self.leave(state);
        self.note(What::Talk(TalkStep::TakenBy { user }));
        let leg = self.legs.answered();
        self.act(Action::Adopt { leg, who: Adopted::Phone(user) });
        self.connect(leg, Party::User(user));
    }

    pub(super) fn join(&mut self, mut talk: Talk, user: UserId) {
        if !talk.is_apart() {
            self.note(What::Talk(TalkStep::JoinedBy { user }));
            let leg = self.legs.answered();
            talk.joined.push((leg, Party::User(user)));
            self.act(Action::Adopt { leg, who: Adopted::Phone(user) });
            self.act(Action::Conference(leg));
        }
        self.state = State::Talking(talk);
    }
}
