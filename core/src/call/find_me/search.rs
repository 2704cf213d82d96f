//! Sequential ring (requirement C17): numbers ring one after the other while the caller is told that the search goes on.

use super::{Asking, Call, FindMe, MediaAction, Sound};
use crate::announcement::Announcement;
use crate::organisation::Key;
use crate::service::SearchPhone;
use crate::service::ring_count::RING_SECONDS;
use crate::time::Timestamp;
use crate::trace::{FindMeStep, LineFound, What};

/// How long after one announcement the next one comes, in seconds.
const ANNOUNCE_SECONDS: i64 = 20;
/// The key by which a caller ends the search.
const SKIP_KEY: char = '#';

/// A caller who waits while numbers are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Search {
    /// When the next announcement comes; `None` while one plays.
    pub(super) announce_at: Option<Timestamp>,
}

impl Call {
    /// Goes on to the next number.
    pub(super) fn search_next(&mut self, mut state: Box<FindMe>) {
        self.cancel_ringing();
        state.rung.clear();
        match state.left.pop_front() {
            Some(phone) => self.ask(state, &[phone.number], Asking::Next(phone)),
            None => self.search_over(&state),
        }
    }

    pub(super) fn ring_next(&mut self, mut state: Box<FindMe>, phone: SearchPhone) {
        let (user, number, rings) = (state.user, phone.number, phone.rings);
        let (by, endpoints) = match self.phones_of(&state, &number) {
            Ok(found) => found,
            Err(because) => {
                self.not_rung(user, number, because);
                return self.search_next(state);
            }
        };
        self.note(What::FindMe(FindMeStep::RingsNext {
            user,
            number,
            rings,
        }));
        if state.search.is_none() {
            // From now on the caller hears us, and no longer the network's ringback.
            self.alerted = true;
            self.answer();
            state.search = Some(Search {
                announce_at: Some(self.now),
            });
            self.announce_search(&mut state);
        }
        for endpoint in endpoints {
            self.ring_leg(&mut state, endpoint, by, false, phone.confirm);
        }
        state.until = self
            .now
            .plus_seconds(i64::from(u32::from(rings) * RING_SECONDS));
        self.keep(state);
    }

    /// Tells the caller that the search goes on, when it is time to.
    pub(super) fn announce_search(&mut self, state: &mut FindMe) {
        let due = |search: &&mut Search| search.announce_at.is_some_and(|at| at <= self.now);
        let Some(search) = state.search.as_mut().filter(due) else {
            return;
        };
        search.announce_at = None;
        let skippable = state.skippable.then_some(Announcement::SearchSkippable);
        let said = [Announcement::StillSearching].into_iter().chain(skippable);
        self.act(MediaAction::Play(said.map(Sound::Said).collect()));
    }

    pub(super) fn search_announced(&mut self, state: &mut FindMe) {
        if let Some(search @ Search { announce_at: None }) = &mut state.search {
            search.announce_at = Some(self.now.plus_seconds(ANNOUNCE_SECONDS));
            self.act(MediaAction::Ringback);
        }
    }

    /// Stops an announcement that still plays.
    pub(in crate::call) fn stop_announcing(&mut self, state: &FindMe) {
        if let Some(Search { announce_at: None }) = state.search {
            self.act(MediaAction::StopPlaying);
        }
    }

    pub(super) fn search_key(&mut self, state: Box<FindMe>, key: Key) {
        if key.sign() != SKIP_KEY || !state.skippable || state.search.is_none() {
            return self.keep(state);
        }
        self.note(What::FindMe(FindMeStep::SearchEnded { user: state.user }));
        self.cancel_ringing();
        self.search_over(&state);
    }

    /// All numbers were tried, or the caller had enough.
    fn search_over(&mut self, state: &FindMe) {
        if let Some(Search { announce_at: None }) = state.search {
            self.act(MediaAction::StopPlaying);
            self.act(MediaAction::Ringback);
        }
        // A busy line was reached, whatever became of the search (routing § 7).
        if state.reached || state.found == LineFound::Busy {
            self.no_answer(state.user);
        } else {
            self.not_reachable(state.user);
        }
    }
}
