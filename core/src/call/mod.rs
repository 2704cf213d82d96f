//! The call machine: sans-IO. Inputs are facts of the past, actions are imperative; the same machine drives live calls,
//! the browser's previews and the tests. It holds one snapshot from its first step to its last.

mod action;
mod attend;
mod code;
mod find_me;
mod gather;
mod guests;
mod hunt;
mod identity;
mod legs;
mod listen;
mod mailbox;
mod outgoing;
mod queue;
mod reach;
mod talk;
mod text;
mod treat;

pub use crate::service::Delivery;
pub use action::{
    Action, Adopted, Connected, Input, LegAction, LineAction, MailboxAction, Manner, MediaAction,
    QueueAction, Request, ServiceAction, Side, SignalAction, Sound,
};
pub(crate) use guests::{cycle, plain_member, without_inhibitor};
pub use legs::{Endpoint, LegId};
pub use talk::Origin;
pub use text::{Detail, write_trace};
pub(crate) use treat::verdict_for_user;

use crate::caller::Caller;
use crate::id::UserId;
use crate::snapshot::{CompiledLocation, Snapshot};
use crate::time::Timestamp;
use crate::trace::{Cause, Party, Step, What};
use action::Next;
use legs::Legs;
use std::sync::Arc;

/// How often a call may be diverted (routing § 1).
pub const MAX_DIVERSIONS: usize = 10;
/// Room for the trace of most calls.
const USUAL_STEPS: usize = 12;
/// How long a phone rings at most, in seconds, when no service ends the ringing.
pub const RING_LIMIT_SECONDS: u32 = 180;

/// One call.
#[derive(Clone)]
pub struct Call {
    config: Arc<Snapshot>,
    request: Request,
    state: State,
    legs: Legs,
    alerted: bool,
    answered: bool,
    role: CallRole,
    /// Which of the alternate numbers of whom it reached was dialled.
    alternate: Option<u8>,
    /// How often it was sent on, by forwarding or by a menu.
    hops: usize,
    /// Who causes what it reaches next: who dialled, forwarded, transferred, or whose menu or group it is.
    caused_by: Option<UserId>,
    diverted_by: Vec<UserId>,
    /// Why it reaches whom it reaches now.
    origin: Origin,
    /// The transfer that is under way.
    transfer: Option<talk::Transfer>,
    /// Who holds is not heard as music, in this call (`*60`).
    music_off: bool,
    /// Since when it waits in queues.
    queued_since: Option<Timestamp>,
    /// The position or the minutes of which the caller was told last, and at which call center.
    told: Option<(UserId, u32)>,
    /// The agent who has it from a queue.
    served: Option<queue::Served>,
    timeout: Option<Timestamp>,
    actions: Vec<Action>,
    trace: Vec<Step>,
    now: Timestamp,
}

/// What the machine runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CallRole {
    /// A call of its own.
    Call,
    /// The part of a group call that calls one member: the user whose line that is, when it is somebody's.
    GroupInvitation(Option<UserId>),
}

/// What the call waits for.
#[derive(Clone)]
enum State {
    New,
    /// A user whose line is asked for.
    Locating(UserId),
    /// A user's line, or what rings in its place.
    FindingMe(Box<find_me::FindMe>),
    /// A number outside, the emergency services, or whom a transferring side had called already.
    RingingOutside {
        party: Party,
    },
    /// A member of a hunt group.
    Hunting(hunt::Hunt),
    /// The members of a group call.
    Gathering(gather::Gathering),
    /// A caller in an auto attendant.
    Attending(attend::Attending),
    /// A caller in a call center.
    Queued(queue::Queued),
    /// An announcement, and then something else.
    Announcing {
        then: Next,
    },
    /// A caller in a mailbox.
    AtMailbox(mailbox::AtMailbox),
    /// A caller who listens to a mailbox.
    Listening(listen::Listening),
    /// A feature access code.
    Coding(code::Coding),
    /// Caller and leg talk, or one of them waits for the other.
    Talking(talk::Talk),
    /// The caller waits, parked or for a busy line.
    Waiting(talk::Waiting),
    Ended,
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
            answered: false,
            role: CallRole::Call,
            alternate: None,
            hops: 0,
            caused_by: None,
            diverted_by: Vec::new(),
            origin: Origin::Dialled,
            transfer: None,
            music_off: false,
            queued_since: None,
            told: None,
            served: None,
            timeout: None,
            actions: Vec::new(),
            trace: Vec::with_capacity(USUAL_STEPS),
            now: Timestamp(0),
        }
    }

    /// A call that is answered already: one that outlived the server that began it.
    pub fn resume(
        config: Arc<Snapshot>,
        request: Request,
        leg: LegId,
        with: Party,
        now: Timestamp,
    ) -> Self {
        let mut call = Self::new(config, request);
        call.now = now;
        call.answered = true;
        call.legs.resume(leg);
        let dialled = call.request.dialled.clone();
        call.note(What::Calls {
            caller: call.request.caller,
            dialled,
        });
        call.note(What::Answered { by: with });
        call.state = State::Talking(talk::Talk::new(leg, with));
        call
    }

    /// Takes a fact and says what to do. Facts that no longer matter, such as those of a leg given up, are ignored.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Action> {
        self.now = now;
        let Some(input) = self.without_refusal(input) else {
            return std::mem::take(&mut self.actions);
        };
        match (std::mem::replace(&mut self.state, State::Ended), input) {
            (State::Ended, _) => {}
            (State::New, Input::Start) => self.start(),
            (state, Input::CallerHungUp) => self.caller_hung_up(state),
            (state, Input::TakenBy(user)) => self.taken(state, user),
            (State::Talking(talk), Input::BargedInBy(user)) => self.join(talk, user),
            (state, Input::BargedInBy(user)) => self.not_taken(state, user),
            (state, Input::TimerElapsed) if self.transfer_is_over() => {
                self.recall_transferred(state);
            }
            (state, Input::Recall { to, last }) if self.may_be_recalled(&state) => {
                self.recall_parked(state, to, last);
            }
            (State::Locating(user), Input::Line(line)) if line.user == user => self.located(&line),
            (State::FindingMe(state), input) => self.find_me_input(state, input),
            (State::RingingOutside { party }, input) => self.outside_input(party, &input),
            (State::Hunting(state), input) => self.hunt_input(state, input),
            (State::Gathering(state), input) => self.gather_input(state, input),
            (State::Attending(state), input) => self.attend_input(state, &input),
            (State::Queued(state), input) => self.queue_input(state, input),
            (State::Announcing { then }, Input::Finished) => self.next(then),
            (State::AtMailbox(state), input) => self.mailbox_input(state, input),
            (State::Listening(state), input) => self.listen_input(state, input),
            (State::Coding(state), input) => self.code_input(state, input),
            (State::Talking(state), Input::Withdrawn) => self.taken_back(state),
            (State::Talking(state), input) => self.talk_input(state, input),
            (State::Waiting(state), input) => self.waiting_input(state, input),
            (state @ (State::New | State::Locating(_) | State::Announcing { .. }), _) => {
                self.state = state;
            }
        }
        self.settle_transfer();
        std::mem::take(&mut self.actions)
    }

    /// When [`Input::TimerElapsed`] is to be given, if nothing else happens before.
    pub fn next_timeout(&self) -> Option<Timestamp> {
        let deadline = self.transfer.and_then(talk::Transfer::deadline);
        self.timeout.into_iter().chain(deadline).min()
    }

    /// Everything that was considered and done so far.
    pub fn trace(&self) -> &[Step] {
        &self.trace
    }

    /// Who calls: after a transfer somebody else than at first.
    pub fn caller(&self) -> Caller {
        self.request.caller
    }

    /// The version of the configuration that the call goes by.
    pub fn config_version(&self) -> u64 {
        self.config.version
    }

    /// The call is over.
    pub fn ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    fn leg_ringing(&mut self, leg: LegId) {
        if self.legs.knows(leg) && !self.alerted {
            self.alerted = true;
            if self.answered {
                self.act(MediaAction::Ringback);
            } else {
                self.act(SignalAction::Alert);
            }
        }
    }

    /// A leg was answered and gets the call; whatever else rings is given up.
    fn connect(&mut self, leg: LegId, by: Party) {
        self.legs.forget(leg);
        self.cancel_ringing();
        self.note(What::Answered { by });
        self.answered = true;
        self.state = State::Talking(talk::Talk::new(leg, by));
        self.show_answerer(by);
        self.act(LegAction::Bridge(leg));
    }

    fn caller_hung_up(&mut self, state: State) {
        let state = match state {
            State::Talking(talk) if talk.is_shared() => return self.caller_leaves(talk),
            State::AtMailbox(state) => return self.leave_mailbox(state),
            state => state,
        };
        let cause = self.leave(state);
        self.end(cause);
    }

    /// Lets go of everything that a state holds. Tells how the call ends when its caller hangs up in it.
    fn leave(&mut self, state: State) -> Cause {
        let cause = match state {
            State::Talking(talk) => {
                self.act_each(talk.legs().map(LegAction::CancelLeg));
                Cause::Normal
            }
            State::AtMailbox(_)
            | State::Attending(_)
            | State::Listening(_)
            | State::Coding(_)
            | State::Waiting(_) => Cause::Normal,
            State::Queued(queued) => {
                self.leave_queue(&queued);
                Cause::CallerGone
            }
            State::Gathering(gathering) => self.leave_gathering(gathering),
            _ => Cause::CallerGone,
        };
        self.cancel_ringing();
        cause
    }

    /// Notes a step. What is beyond the edge of the configuration is told before it is gone by: whose settings are hidden,
    /// and nothing more once something is not known.
    fn note(&mut self, what: What) {
        if let Some(edge) = self.config.edge() {
            if edge.is_met() {
                return;
            }
            let hidden = edge.newly_hidden().into_iter();
            self.trace.extend(hidden.map(|user| Step {
                at: self.now,
                what: What::Hidden { user },
            }));
        }
        self.trace.push(Step { at: self.now, what });
    }

    fn act(&mut self, action: impl Into<Action>) {
        self.actions.push(action.into());
    }

    fn act_each<A: Into<Action>>(&mut self, actions: impl Iterator<Item = A>) {
        self.actions.extend(actions.map(Into::into));
    }

    fn cancel_ringing(&mut self) {
        self.timeout = None;
        self.actions
            .extend(self.legs.drain().map(LegAction::CancelLeg).map(Action::Leg));
    }

    fn release(&mut self, cause: Cause) {
        self.cancel_ringing();
        if self.comes_back(cause) {
            return;
        }
        self.act(LegAction::Release(cause));
        self.end(cause);
    }

    fn end(&mut self, cause: Cause) {
        self.leave_agent();
        self.note(What::Ended { cause });
        self.state = State::Ended;
        self.timeout = None;
    }

    /// Answers the caller, once.
    fn answer(&mut self) {
        if !std::mem::replace(&mut self.answered, true) {
            self.act(SignalAction::Answer);
        }
    }

    /// What comes after an announcement.
    fn next(&mut self, next: Next) {
        match next {
            Next::Release(cause) => self.release(cause),
            Next::Forward { from, to, stage } => self.divert(from, stage, &to),
            Next::Busy(user) => self.busy(user),
            Next::Ring(center) => self.keep_ringing(center),
        }
    }

    fn place_of(&self, user: UserId) -> Option<Arc<CompiledLocation>> {
        self.config.user(user).map(|s| s.place.clone())
    }
}
