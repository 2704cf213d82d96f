//! Parked calls (manual § 24): a caller waits at somebody's extension until the call is retrieved or goes back.
//! The timers are the exchange's.

use super::hold::Wait;
use super::{Origin, Talk, Waiting};
use crate::call::{Call, LineAction, MediaAction, Side, State};
use crate::id::UserId;
use crate::snapshot::Role;
use crate::trace::{Party, TalkStep, What};

impl Call {
    pub(super) fn park(&mut self, talk: Talk, by: Side, at: UserId) {
        let party = self.party(&talk, by);
        let Some(Party::User(parker)) = party.filter(|_| Self::takes_part(&talk, by)) else {
            return self.state = State::Talking(talk);
        };
        self.depart(&talk, by);
        let music = self.music_of(party, Wait::Parked, self.request.caller.is_internal());
        self.note(What::Talk(TalkStep::Parked {
            by: party,
            at,
            music: music.is_some(),
        }));
        self.state = State::Waiting(Waiting::Parked { parker, at });
        self.act(music.map_or(MediaAction::Silence, MediaAction::Music));
    }

    /// It is parked, or was and now rings who shall get it first.
    pub(in crate::call) fn may_be_recalled(&self, state: &State) -> bool {
        match state {
            State::Waiting(Waiting::Parked { .. }) => true,
            State::Talking(_) | State::AtMailbox(_) | State::Listening(_) | State::Ended => false,
            _ => matches!(self.origin, Origin::ParkRecalled { last: false, .. }),
        }
    }

    pub(in crate::call) fn recall_parked(&mut self, state: State, to: UserId, last: bool) {
        let (parker, at) = match (&state, self.origin) {
            (State::Waiting(Waiting::Parked { parker, at }), _) => (*parker, *at),
            (_, Origin::ParkRecalled { parker, at, .. }) => (parker, at),
            _ => return self.state = state,
        };
        self.interrupt(state);
        self.note(What::Talk(TalkStep::ParkRecalled { to }));
        self.origin = Origin::ParkRecalled { parker, at, last };
        self.diverted_by.clear();
        self.hops = 0;
        self.alerted = false;
        match self.config.user(to).map(|s| &s.role) {
            Some(Role::Person) => self.find(to),
            _ => self.arrive(to, None),
        }
    }

    /// Who parked it is busy, cannot be reached or does not answer: it waits until it is somebody else's turn.
    pub(super) fn park_again(&mut self, parker: UserId, at: UserId) {
        self.note(What::Talk(TalkStep::ParkedAgain { at }));
        self.state = State::Waiting(Waiting::Parked { parker, at });
        let music = self.music_of(
            Some(Party::User(parker)),
            Wait::Parked,
            self.request.caller.is_internal(),
        );
        self.act(music.map_or(MediaAction::Silence, MediaAction::Music));
        self.act(LineAction::ParkedAgain { at });
    }
}
