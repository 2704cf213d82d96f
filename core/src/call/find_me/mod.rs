//! Reaching a person (routing § 1, 8 to 12): the line, the phones that ring, and what follows when nobody answers.
//! `plan` settles what rings, `search` rings numbers one after the other.

mod plan;
mod search;

use super::{
    Call, Endpoint, Input, LegAction, LegId, LineAction, MediaAction, RING_LIMIT_SECONDS, Side,
    Sound, State,
};
use crate::announcement::Announcement;
use crate::id::UserId;
use crate::number::Destination;
use crate::outcome::LineFact;
use crate::service::{SearchPhone, Stage};
use crate::snapshot::Role;
use crate::time::Timestamp;
use crate::trace::{Cause, FindMeStep, LegFailure, LineFound, Party, What};
pub(super) use plan::phones;

use plan::Base;
use search::Search;
use std::collections::VecDeque;

/// How long somebody who answered has to press the key that confirms it, in seconds.
const CONFIRM_SECONDS: i64 = 10;
/// The key by which an answer is confirmed.
const CONFIRM_KEY: char = '1';

/// How far the search for a user is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FindMe {
    user: UserId,
    /// What waits until the lines that were asked for are known.
    asking: Option<Asking>,
    asked: Vec<UserId>,
    /// The lines of others, as far as they are known.
    lines: Vec<LineFact>,
    found: LineFound,
    rung: Vec<Rung>,
    /// How the phones of the user failed: one that is busy, or whose user declines, makes the line busy.
    base: LegFailure,
    /// Something rang, answered or was busy.
    reached: bool,
    /// Somebody answered and did not take the call.
    declined: bool,
    /// The numbers still to try one after the other.
    left: VecDeque<SearchPhone>,
    skippable: bool,
    search: Option<Search>,
    since: Timestamp,
    until: Timestamp,
    patience: Patience,
}

/// What is to ring once lines are known.
#[derive(Clone, Debug, PartialEq)]
enum Asking {
    /// The user's phones, and those that ring along.
    Base(Base),
    /// The next number.
    Next(SearchPhone),
}

/// A leg that rings, or whose answer is to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rung {
    leg: LegId,
    by: Party,
    /// It is a phone of the user, or stands in for them.
    base: bool,
    confirm: Confirm,
}

/// Whether an answer is to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Confirm {
    No,
    Needed,
    /// It was answered; the key has to come before this moment.
    Until(Timestamp),
}

/// What the end of the ringing time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    /// The services get their turn.
    Services,
    /// The network gives up.
    Network,
}

impl FindMe {
    fn new(user: UserId, now: Timestamp) -> Self {
        Self {
            user,
            asking: None,
            asked: Vec::new(),
            lines: Vec::new(),
            found: LineFound::Busy,
            rung: Vec::new(),
            base: LegFailure::Unreachable,
            reached: false,
            declined: false,
            left: VecDeque::new(),
            skippable: false,
            search: None,
            since: now,
            until: now,
            patience: Patience::Services,
        }
    }

    fn leg(&mut self, leg: LegId) -> Option<&mut Rung> {
        self.rung.iter_mut().find(|rung| rung.leg == leg)
    }

    /// When the first key of those who have to confirm is due.
    fn confirm_until(&self) -> Option<Timestamp> {
        let due = self.rung.iter().filter_map(|rung| match rung.confirm {
            Confirm::Until(due) => Some(due),
            Confirm::No | Confirm::Needed => None,
        });
        due.min()
    }

    /// When something is to be done. Whoever is about to confirm is waited for.
    fn deadline(&self) -> Option<Timestamp> {
        if self.asking.is_some() {
            return None;
        }
        let announcement = self.search.as_ref().and_then(|search| search.announce_at);
        announcement
            .into_iter()
            .chain(Some(self.confirm_until().unwrap_or(self.until)))
            .min()
    }
}

impl Call {
    /// Looks for a user whose arrival services left the call alone.
    pub(super) fn find(&mut self, user: UserId) {
        self.state = State::Locating(user);
        self.act(LineAction::AskLine(user));
    }

    /// The line of the user is known.
    pub(super) fn located(&mut self, line: &LineFact) {
        self.plan(Box::new(FindMe::new(line.user, self.now)), Some(line));
    }

    /// The line of somebody counts as busy, whatever it is. What rings then gets its turn before the busy treatment.
    pub(super) fn find_busy(&mut self, user: UserId) {
        if self
            .config
            .user(user)
            .is_some_and(|s| matches!(s.role, Role::Person))
        {
            self.plan(Box::new(FindMe::new(user, self.now)), None);
        } else {
            self.busy(user);
        }
    }

    pub(super) fn find_me_input(&mut self, mut state: Box<FindMe>, input: Input) {
        match input {
            Input::Line(line) if state.asked.contains(&line.user) => {
                return self.line_told(state, line);
            }
            Input::LegRinging(leg) if state.leg(leg).is_some() => {
                state.reached = true;
                self.leg_ringing(leg);
            }
            Input::LegAnswered(leg) => return self.phone_answered(state, leg),
            Input::Key(Side::Leg(leg), key) if key.sign() == CONFIRM_KEY => {
                if let Some(Rung {
                    confirm: Confirm::Until(_),
                    by,
                    ..
                }) = state.leg(leg).copied()
                {
                    return self.reached_by(&state, leg, by);
                }
            }
            Input::Key(Side::Caller, key) => return self.search_key(state, key),
            Input::LegFailed(leg, cause) => return self.phone_failed(state, leg, cause),
            Input::LegHungUp(leg) => {
                if let Some(Rung {
                    confirm: Confirm::Until(_),
                    ..
                }) = state.leg(leg)
                {
                    self.not_confirmed(&mut state, leg);
                    return self.go_on(state);
                }
            }
            Input::Finished => self.search_announced(&mut state),
            Input::TimerElapsed => return self.time_is_up(state),
            _ => {}
        }
        self.keep(state);
    }

    fn keep(&mut self, state: Box<FindMe>) {
        self.timeout = state.deadline();
        self.state = State::FindingMe(state);
    }

    /// Asks for the lines of others that matter for what is to ring, and does it once they are known.
    fn ask(&mut self, mut state: Box<FindMe>, numbers: &[Destination], then: Asking) {
        for number in numbers {
            if let Some(owner) = self.whose_line(state.user, number)
                && !state.asked.contains(&owner)
            {
                state.lines.retain(|line| line.user != owner);
                state.asked.push(owner);
                self.act(LineAction::AskLine(owner));
            }
        }
        state.asking = Some(then);
        if state.asked.is_empty() {
            self.lines_known(state);
        } else {
            self.keep(state);
        }
    }

    fn line_told(&mut self, mut state: Box<FindMe>, line: LineFact) {
        state.asked.retain(|user| *user != line.user);
        state.lines.push(line);
        if state.asked.is_empty() {
            self.lines_known(state);
        } else {
            self.keep(state);
        }
    }

    fn lines_known(&mut self, mut state: Box<FindMe>) {
        match state.asking.take() {
            Some(Asking::Base(base)) => self.ring_base(state, &base),
            Some(Asking::Next(phone)) => self.ring_next(state, phone),
            None => self.keep(state),
        }
    }

    /// Asks an endpoint to ring.
    fn ring_leg(
        &mut self,
        state: &mut FindMe,
        endpoint: Endpoint,
        by: Party,
        base: bool,
        confirm: bool,
    ) {
        let leg = self.legs.add();
        let mut manner = Box::new(self.manner(endpoint));
        if base
            && let Endpoint::Device(user, _) = endpoint
            && user == state.user
        {
            manner.pattern = self.dialled_pattern(user);
        }
        manner.call_waiting = base && state.found == LineFound::CallWaiting;
        if let Endpoint::Outside(_) = endpoint {
            manner.diverted_by = Some(state.user).filter(|user| self.shows_number(*user));
            manner.caused_by = Some(state.user);
        }
        let confirm = if confirm {
            Confirm::Needed
        } else {
            Confirm::No
        };
        state.rung.push(Rung {
            leg,
            by,
            base,
            confirm,
        });
        self.act(LegAction::Ring {
            leg,
            endpoint,
            manner,
        });
    }

    fn phone_answered(&mut self, mut state: Box<FindMe>, leg: LegId) {
        let (user, due) = (state.user, self.now.plus_seconds(CONFIRM_SECONDS));
        match state.leg(leg) {
            Some(&mut Rung {
                by,
                confirm: Confirm::No,
                ..
            }) => return self.reached_by(&state, leg, by),
            Some(
                rung @ Rung {
                    confirm: Confirm::Needed,
                    ..
                },
            ) => {
                rung.confirm = Confirm::Until(due);
                let by = rung.by;
                state.reached = true;
                self.note(What::FindMe(FindMeStep::AsksConfirmation { user, by }));
                self.act(MediaAction::PlayTo(
                    leg,
                    vec![Sound::Said(Announcement::ConfirmAnswer)],
                ));
            }
            Some(Rung {
                confirm: Confirm::Until(_),
                ..
            })
            | None => {}
        }
        self.keep(state);
    }

    fn reached_by(&mut self, state: &FindMe, leg: LegId, by: Party) {
        self.stop_announcing(state);
        self.connect(leg, by);
    }

    fn phone_failed(&mut self, mut state: Box<FindMe>, leg: LegId, cause: LegFailure) {
        let Some(rung) = state.leg(leg).copied() else {
            return self.keep(state);
        };
        let busy = cause == LegFailure::Busy;
        if rung.base {
            state.base = state.base.max(cause);
        }
        state.reached |= busy;
        state.rung.retain(|other| other.leg != leg);
        self.legs.forget(leg);
        self.go_on(state);
    }

    /// Somebody answered, and did not press the key.
    fn not_confirmed(&mut self, state: &mut FindMe, leg: LegId) {
        let Some(Rung { by, .. }) = state.leg(leg).copied() else {
            return;
        };
        self.note(What::FindMe(FindMeStep::NotConfirmed {
            user: state.user,
            by,
        }));
        state.declined = true;
        state.rung.retain(|rung| rung.leg != leg);
        self.legs.forget(leg);
    }

    /// Waits for those that still ring, if any do.
    fn go_on(&mut self, state: Box<FindMe>) {
        if state.rung.is_empty() {
            self.nothing_rings(state);
        } else {
            self.keep(state);
        }
    }

    fn time_is_up(&mut self, mut state: Box<FindMe>) {
        let late = |rung: &Rung| matches!(rung.confirm, Confirm::Until(due) if due <= self.now);
        let late: Vec<LegId> = state
            .rung
            .iter()
            .filter(|rung| late(rung))
            .map(|rung| rung.leg)
            .collect();
        for leg in late {
            self.not_confirmed(&mut state, leg);
            self.act(LegAction::CancelLeg(leg));
        }
        self.announce_search(&mut state);
        if state.rung.is_empty() && state.asking.is_none() {
            self.nothing_rings(state);
        } else if state.asking.is_none()
            && state.until <= self.now
            && state.confirm_until().is_none()
        {
            self.ringing_over(state);
        } else {
            self.keep(state);
        }
    }

    /// Everything that was asked to ring failed, or nothing could be asked.
    fn nothing_rings(&mut self, state: Box<FindMe>) {
        let user = state.user;
        self.timeout = None;
        if state.search.is_some() || !state.left.is_empty() {
            return self.search_next(state);
        }
        if state.found == LineFound::Busy {
            return self.busy(user);
        }
        if state.declined {
            return self.no_answer(user);
        }
        let cause = state.base;
        if state.found != LineFound::Unreachable {
            self.note(What::LegsFailed {
                user: Some(user),
                cause,
            });
        }
        match cause {
            LegFailure::Busy => self.busy(user),
            LegFailure::Unreachable => self.not_reachable(user),
        }
    }

    /// The time to answer is over.
    fn ringing_over(&mut self, mut state: Box<FindMe>) {
        let user = state.user;
        state.reached = true;
        if state.search.is_some() || !state.left.is_empty() {
            return self.search_next(state);
        }
        self.note(What::NotAnswered { user: Some(user) });
        if state.found == LineFound::Busy {
            self.cancel_ringing();
            return self.busy(user);
        }
        if state.patience == Patience::Network {
            return self.release(Cause::NoAnswer);
        }
        if !self.consult(user, Stage::NoAnswer) {
            state.patience = Patience::Network;
            state.until = state.since.plus_seconds(i64::from(RING_LIMIT_SECONDS));
            self.keep(state);
        }
    }

    /// The no-answer treatment when nothing rings on.
    fn no_answer(&mut self, user: UserId) {
        self.note(What::NotAnswered { user: Some(user) });
        if !self.consult(user, Stage::NoAnswer) {
            self.release(Cause::NoAnswer);
        }
    }
}
