//! The call machine: sans-IO. Inputs are facts of the past, actions are imperative; the same machine drives live calls,
//! the browser's previews and the tests. It holds one snapshot from its first step to its last.

mod legs;
mod text;
mod treat;

pub use legs::{Endpoint, LegId};
pub use text::write_trace;

use crate::caller::Caller;
use crate::dial::{Target, dial};
use crate::id::{DeviceId, LocationId, UserId};
use crate::number::{Destination, Resolved};
use crate::service::{Announcement, Stage};
use crate::snapshot::{Place, Snapshot};
use crate::time::Timestamp;
use crate::trace::{Cause, LegFailure, LineFound, Party, Step, What};
use legs::Legs;
use std::sync::Arc;

/// How often a call may be diverted (routing § 1).
pub const MAX_DIVERSIONS: usize = 10;
/// Room for the trace of most calls.
const USUAL_STEPS: usize = 8;
/// How long a phone rings at most, in seconds, when no service ends the ringing.
pub const RING_LIMIT_SECONDS: u32 = 180;

/// A call as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who calls.
    pub caller: Caller,
    /// What was dialled.
    pub dialled: String,
    /// The location at whose phone it was dialled; `None`: it comes from the public network.
    pub from: Option<LocationId>,
    /// The caller asked that nobody forwards the call (`*80`).
    pub diversion_inhibited: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The call came in. Always the first input, and given once.
    Start,
    /// The answer to [`Action::AskLine`].
    Line {
        /// Whose line.
        user: UserId,
        /// The registered phones that can be reached.
        devices: Vec<DeviceId>,
        /// The calls the user is on.
        calls: u16,
    },
    /// A leg rings.
    LegRinging(LegId),
    /// A leg was answered.
    LegAnswered(LegId),
    /// A leg failed before an answer.
    LegFailed(LegId, LegFailure),
    /// A leg that had answered hung up.
    LegHungUp(LegId),
    /// The caller hung up.
    CallerHungUp,
    /// What [`Action::Play`] or [`Action::Record`] asked for is done.
    Finished,
    /// The moment of [`Call::next_timeout`] has come.
    TimerElapsed,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Find out what the line of a user is; answer with [`Input::Line`].
    AskLine(UserId),
    /// Tell the caller that it rings.
    Alert,
    /// Call an endpoint.
    Ring {
        /// The name of the leg from now on.
        leg: LegId,
        /// What to call.
        endpoint: Endpoint,
        /// The party that forwarded the call to it, if one did.
        diverted_by: Option<UserId>,
    },
    /// Give up a leg, answered or not.
    CancelLeg(LegId),
    /// Let the desk phones of a user play a short ring.
    RingSplash(UserId),
    /// Connect the caller with a leg.
    Bridge(LegId),
    /// Play an announcement to the caller; report [`Input::Finished`].
    Play(Announcement),
    /// Play the greeting of a mailbox and record a message; report [`Input::Finished`].
    Record(UserId),
    /// End the call of the caller.
    Release(Cause),
}

/// One call.
pub struct Call {
    config: Arc<Snapshot>,
    request: Request,
    state: State,
    legs: Legs,
    alerted: bool,
    diverted_by: Vec<UserId>,
    timeout: Option<Timestamp>,
    actions: Vec<Action>,
    trace: Vec<Step>,
    now: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    AskingLine { user: UserId },
    Ringing { user: UserId, since: Timestamp, patience: Patience },
    RingingOutside { party: Party },
    Announcing { then: Cause },
    Recording,
    Connected { leg: LegId },
    Ended,
}

/// What the end of the ringing time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    /// The no-answer services get their turn.
    Services,
    /// The network gives up.
    Network,
}

impl Call {
    /// A call that has not started.
    pub fn new(config: Arc<Snapshot>, request: Request) -> Self {
        Self {
            config,
            request,
            state: State::New,
            legs: Legs::default(),
            alerted: false,
            diverted_by: Vec::new(),
            timeout: None,
            actions: Vec::new(),
            trace: Vec::with_capacity(USUAL_STEPS),
            now: Timestamp(0),
        }
    }

    /// Takes a fact and says what to do. Facts that no longer matter, such as those of a leg given up, are ignored.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Action> {
        self.now = now;
        match (self.state, input) {
            (State::Ended, _) => {}
            (State::New, Input::Start) => self.start(),
            (_, Input::CallerHungUp) => self.caller_hung_up(),
            (State::AskingLine { user }, Input::Line { user: of, devices, calls }) if user == of => {
                self.line_known(user, &devices, calls);
            }
            (State::Ringing { .. } | State::RingingOutside { .. }, Input::LegRinging(leg)) => {
                self.leg_ringing(leg);
            }
            (State::Ringing { .. } | State::RingingOutside { .. }, Input::LegAnswered(leg)) => {
                self.leg_answered(leg);
            }
            (State::Ringing { .. } | State::RingingOutside { .. }, Input::LegFailed(leg, cause)) => {
                self.leg_failed(leg, cause);
            }
            (State::Ringing { user, since, patience }, Input::TimerElapsed) => {
                self.ringing_over(user, since, patience);
            }
            (State::RingingOutside { .. }, Input::TimerElapsed) => {
                self.note(What::NotAnswered { user: None });
                self.release(Cause::NoAnswer);
            }
            (State::Connected { leg }, Input::LegHungUp(gone) | Input::LegFailed(gone, _)) if leg == gone => {
                self.release(Cause::Normal);
            }
            (State::Announcing { then }, Input::Finished) => self.release(then),
            (State::Recording, Input::Finished) => self.release(Cause::Normal),
            _ => {}
        }
        std::mem::take(&mut self.actions)
    }

    /// When [`Input::TimerElapsed`] is to be given, if nothing else happens before.
    pub fn next_timeout(&self) -> Option<Timestamp> {
        self.timeout
    }

    /// Everything that was considered and done so far.
    pub fn trace(&self) -> &[Step] {
        &self.trace
    }

    /// The version of the configuration that the call goes by.
    pub fn config_version(&self) -> u64 {
        self.config.version
    }

    /// The call is over.
    pub fn ended(&self) -> bool {
        self.state == State::Ended
    }

    fn start(&mut self) {
        let target = match self.request.from.and_then(|location| self.config.place(location)) {
            Some(place) => dial(&self.config, place, &self.request.dialled),
            None => self.dialled_from_outside(),
        };
        // From here on only the trace knows what was dialled.
        let dialled = std::mem::take(&mut self.request.dialled);
        self.note(What::Calls { caller: self.request.caller, dialled });
        match target {
            Target::User(user) => self.arrive(user),
            Target::Outside(number) => self.ring_outside(number, None),
            Target::Emergency => self.ring_emergency(),
            Target::NotInUse | Target::NotDiallable => {
                self.announce(Announcement::NumberNotInUse, Cause::NotInUse);
            }
        }
    }

    /// The public network hands over full numbers only, and only those of ours.
    fn dialled_from_outside(&self) -> Target {
        let country = self.config.places().next().map(|place| place.country).unwrap_or_default();
        let parsed = Destination::parse(&self.request.dialled).map(|d| d.resolve(country));
        let Ok(Ok(Resolved::Number(number))) = parsed else { return Target::NotDiallable };
        self.config.by_number(number).map_or(Target::NotInUse, Target::User)
    }

    fn arrive(&mut self, user: UserId) {
        self.note(What::Arrives { user });
        if self.config.user(user).is_some_and(|s| s.hidden) {
            self.note(What::Hidden { user });
        }
        if !self.consult(user, Stage::Arrival) {
            self.state = State::AskingLine { user };
            self.act(Action::AskLine(user));
        }
    }

    fn line_known(&mut self, user: UserId, devices: &[DeviceId], calls: u16) {
        let Some(subscriber) = self.config.user(user).cloned() else {
            return self.announce(Announcement::NumberNotInUse, Cause::NotInUse);
        };
        let profile = subscriber.user.profile;
        let mobile = subscriber.user.mobile.filter(|_| profile.rings_mobile());
        let devices = if profile.rings_devices() { devices } else { &[] };
        let state = match (calls, devices.is_empty() && mobile.is_none()) {
            (1.., _) => LineFound::Busy,
            (_, true) => LineFound::Unreachable,
            _ => LineFound::Idle,
        };
        self.note(What::Line { user, state });
        match state {
            LineFound::Busy => self.busy(user),
            LineFound::Unreachable => self.not_reachable(user),
            LineFound::Idle => self.ring(user, devices, mobile, subscriber.rings),
        }
    }

    fn leg_ringing(&mut self, leg: LegId) {
        if self.legs.knows(leg) && !self.alerted {
            self.alerted = true;
            self.act(Action::Alert);
        }
    }

    fn leg_answered(&mut self, leg: LegId) {
        if !self.legs.knows(leg) {
            return;
        }
        let by = match self.state {
            State::RingingOutside { party } => party,
            State::Ringing { user, .. } => Party::User(user),
            _ => return,
        };
        self.legs.forget(leg);
        self.cancel_ringing();
        self.note(What::Answered { by });
        self.state = State::Connected { leg };
        self.act(Action::Bridge(leg));
    }

    fn leg_failed(&mut self, leg: LegId, cause: LegFailure) {
        let Some(worst) = self.legs.fail(leg, cause) else { return };
        self.timeout = None;
        let user = match self.state {
            State::Ringing { user, .. } => Some(user),
            _ => None,
        };
        self.note(What::LegsFailed { user, cause: worst });
        match (user, worst) {
            (Some(user), LegFailure::Busy) => self.busy(user),
            (Some(user), LegFailure::Unreachable) => self.not_reachable(user),
            (None, LegFailure::Busy) => self.release(Cause::Busy),
            (None, LegFailure::Unreachable) => self.release(Cause::Unreachable),
        }
    }

    fn ringing_over(&mut self, user: UserId, since: Timestamp, patience: Patience) {
        self.note(What::NotAnswered { user: Some(user) });
        if patience == Patience::Network {
            return self.release(Cause::NoAnswer);
        }
        if !self.consult(user, Stage::NoAnswer) {
            self.state = State::Ringing { user, since, patience: Patience::Network };
            self.timeout = Some(since.plus_seconds(i64::from(RING_LIMIT_SECONDS)));
        }
    }

    fn caller_hung_up(&mut self) {
        if let State::Connected { leg } = self.state {
            self.actions.push(Action::CancelLeg(leg));
        }
        self.cancel_ringing();
        let cause = match self.state {
            State::Connected { .. } | State::Recording => Cause::Normal,
            _ => Cause::CallerGone,
        };
        self.end(cause);
    }

    fn note(&mut self, what: What) {
        self.trace.push(Step { at: self.now, what });
    }

    fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    fn cancel_ringing(&mut self) {
        self.timeout = None;
        self.actions.extend(self.legs.drain().map(Action::CancelLeg));
    }

    fn release(&mut self, cause: Cause) {
        self.cancel_ringing();
        self.act(Action::Release(cause));
        self.end(cause);
    }

    fn end(&mut self, cause: Cause) {
        self.note(What::Ended { cause });
        self.state = State::Ended;
        self.timeout = None;
    }

    fn place_of(&self, user: UserId) -> Option<Arc<Place>> {
        self.config.user(user).map(|s| s.place.clone())
    }
}
