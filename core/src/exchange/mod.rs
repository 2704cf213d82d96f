//! The live state that calls share: who is on which call, registered phones, parked calls, callbacks, what hunt groups
//! remember, agents and queues. One owner drives it: it shows the exchange every fact that a call is told and every action that a call
//! wants, and carries out the effects in their order. Sans-IO: time and configuration are arguments.

mod adopt;
mod ask;
mod callback;
mod distribute;
mod live;
mod outside;
mod park;
mod pending;
mod perform;
mod persisted;
mod pickup;
mod seats;
mod view;

pub use callback::{CALLBACK_SECONDS, Callback};
pub use outside::Stop;
pub use pending::Pending;
pub use persisted::{HuntMemory, PersistedExchange};
pub use view::{Lamp, LineView, listed, monitored};

use crate::acd::{self, Acd};
use crate::call::{Action, Endpoint, Input, LegAction, LegId, ServiceAction, Side};
use crate::caller::Caller;
use crate::id::{CallRef, DeviceId, UserId};
use crate::snapshot::Snapshot;
use crate::time::Timestamp;
use crate::trace::Limit;
use live::Live;
use outside::Outside;
use park::ParkedCall;
use std::collections::{BTreeMap, BTreeSet};

/// What happened.
#[derive(Debug)]
pub enum ExchangeInput<'a> {
    /// These phones of a user can be reached from now on, and no others.
    Registered {
        /// The user whose phones they are.
        user: UserId,
        /// The phones that can be reached; none: the user has no reachable phone.
        devices: Vec<DeviceId>,
    },
    /// A call is about to start.
    Began {
        /// Its name.
        call: CallRef,
        /// Who calls.
        caller: Caller,
        /// What was dialled.
        dialled: &'a str,
    },
    /// A call is about to be told a fact.
    Told {
        /// Which call.
        call: CallRef,
        /// The fact.
        input: &'a Input,
    },
    /// A call wants something done.
    Acts {
        /// Which call.
        call: CallRef,
        /// What it wants done.
        action: &'a Action,
    },
    /// A side of a call transfers the other to whom it talks with in another call. Nothing follows when they are not
    /// in both.
    Joins {
        /// The call that goes on.
        call: CallRef,
        /// Who transfers.
        by: Side,
        /// The call with the new party.
        other: CallRef,
    },
    /// A call is over.
    Ended(CallRef),
    /// The phone that [`ExchangeEffect::CallBack`] rang rings no more: it was answered, or given up.
    CallbackOver {
        /// Whose phone.
        caller: UserId,
    },
    /// An agent or a supervisor did something. Lines, calls and timers are told by the exchange itself.
    Agent(acd::Input),
    /// The moment of [`Exchange::next_timeout`] has come.
    TimerElapsed,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeEffect {
    /// Tell a call a fact, in the order of [`Pending`].
    Tell(CallRef, Input),
    /// The phone at a side of one call is a leg of another from now on; no longer part of the first.
    Move {
        /// The call that loses it.
        from: CallRef,
        /// At which side.
        side: Side,
        /// The call that gets it.
        to: CallRef,
        /// As which leg.
        leg: LegId,
    },
    /// Ring the phone of a user, and then call the other: both are free now (automatic callback). Their line is taken
    /// until [`ExchangeInput::CallbackOver`].
    CallBack {
        /// Who waited.
        caller: UserId,
        /// The user who is called once the caller answers.
        callee: UserId,
    },
    /// Show a user for so many seconds where they parked a call.
    ShowParked {
        /// The user who parked it.
        parker: UserId,
        /// At whose extension.
        at: UserId,
        /// How long, 2 to 15.
        seconds: u8,
    },
    /// Tell a user that a call is parked at their phone.
    NotifyParked {
        /// The user at whose extension it is parked.
        at: UserId,
        /// Who parked it.
        parker: UserId,
    },
    /// Somebody went over a limit of the calls that leave: an alarm.
    OverLimit {
        /// Who; `None`: all users together.
        user: Option<UserId>,
        /// Which limit.
        limit: Limit,
        /// They cause no calls that leave until an administrator lifts it.
        stopped: bool,
    },
    /// Something to know of agents and call centers: a change, or an alert.
    Notice(acd::Effect),
    /// The line of a user is not what it was: tell who watches it.
    LineChanged(UserId),
}

/// The registry of lines and calls.
#[derive(Debug, Default)]
pub struct Exchange {
    /// Of this start.
    seed: u64,
    lines: BTreeMap<UserId, Line>,
    calls: BTreeMap<CallRef, Live>,
    parked: BTreeMap<UserId, ParkedCall>,
    callbacks: Vec<Callback>,
    hunts: BTreeMap<UserId, HuntMemory>,
    /// Calls that wait until a line is free, in the order in which they came.
    waits: Vec<(UserId, CallRef)>,
    /// Pickups under way: the call that is picked up, to the call of who picks it up. The first has been told and has not
    /// answered yet.
    taking: BTreeMap<CallRef, CallRef>,
    /// Who consulted whom in which other call, by the call that gets its far side.
    joining: BTreeMap<CallRef, (CallRef, UserId)>,
    outside: Outside,
    acd: Acd,
}

/// What is known of a user's line.
#[derive(Debug, Default)]
struct Line {
    devices: Vec<DeviceId>,
    calls: BTreeSet<CallRef>,
    /// Calls that are about to be told that they may have it.
    promised: BTreeSet<CallRef>,
    /// A phone rings for a callback.
    called_back: bool,
}

impl Line {
    /// On how many calls the user is, those counted that are about to ring.
    fn taken(&self) -> usize {
        self.calls.union(&self.promised).count() + usize::from(self.called_back)
    }
}

/// One step: the moment, the configuration, and where effects go.
struct Step<'a> {
    now: Timestamp,
    config: &'a Snapshot,
    effects: &'a mut Vec<ExchangeEffect>,
}

impl Step<'_> {
    fn tell(&mut self, call: CallRef, input: Input) {
        self.effects.push(ExchangeEffect::Tell(call, input));
    }
}

impl Exchange {
    /// Takes a fact and adds what follows from it to the effects.
    pub fn handle(
        &mut self,
        now: Timestamp,
        config: &Snapshot,
        input: ExchangeInput<'_>,
        effects: &mut Vec<ExchangeEffect>,
    ) {
        let mut step = Step {
            now,
            config,
            effects,
        };
        match input {
            ExchangeInput::Registered { user, devices } => {
                self.lines.entry(user).or_default().devices = devices;
                self.line_changed(user, &mut step);
                self.line_freed(user, &mut step);
            }
            ExchangeInput::Began {
                call,
                caller,
                dialled,
            } => {
                self.calls.insert(call, Live::new(&caller, dialled));
                self.seat(call, caller.user, &mut step);
            }
            ExchangeInput::Told { call, input } => self.told(call, input, &mut step),
            ExchangeInput::Acts { call, action } => self.acts(call, action, &mut step),
            ExchangeInput::Joins { call, by, other } => self.joins(call, by, other, &mut step),
            ExchangeInput::Ended(call) => self.ended(call, &mut step),
            ExchangeInput::CallbackOver { caller } => self.callback_over(caller, &mut step),
            ExchangeInput::Agent(input) => self.distribute(input, &mut step),
            ExchangeInput::TimerElapsed => {
                self.distribute(acd::Input::TimerElapsed, &mut step);
                self.recall_parked(&mut step);
                self.expire_callbacks(now);
            }
        }
    }

    /// When [`ExchangeInput::TimerElapsed`] is to be given.
    pub fn next_timeout(&self) -> Option<Timestamp> {
        let parked = self.parked.values().map(ParkedCall::due);
        parked
            .chain(self.callbacks.iter().map(Callback::expires))
            .chain(self.acd.next_timeout())
            .min()
    }

    /// The live calls, by their names.
    pub fn calls(&self) -> impl Iterator<Item = CallRef> + '_ {
        self.calls.keys().copied()
    }

    fn told(&mut self, call: CallRef, input: &Input, step: &mut Step<'_>) {
        let Some(live) = self.calls.get_mut(&call) else {
            return;
        };
        match input {
            Input::LegFailed(leg, _) | Input::LegHungUp(leg) => self.leg_gone(call, *leg, step),
            Input::CallerHungUp => {
                let caller = live.caller.take();
                self.unseat(call, caller, step);
            }
            Input::Held(side, holds) => {
                live.hold(*side, *holds);
                self.agent_holds(call, *side, *holds, step);
            }
            Input::Transfer { by, .. } => live.sent_on_by = live.user_at(*by).or(live.sent_on_by),
            Input::Parked { .. } => live.talking = false,
            Input::Offered(agents) => self.promises_end(call, agents),
            Input::Freed(user) => self.promises_end(call, &[*user]),
            _ => {}
        }
    }

    fn acts(&mut self, call: CallRef, action: &Action, step: &mut Step<'_>) {
        match action {
            Action::Leg(action) => self.leg_action(call, action, step),
            Action::Line(action) => self.line_action(call, *action, step),
            Action::Queue(action) => self.queue_action(call, *action, step),
            Action::Service(ServiceAction::Perform {
                user,
                what,
                about,
                digits,
            }) => self.perform(call, *user, *what, *about, digits, step),
            // Calls share nothing of these.
            Action::Signal(_)
            | Action::Media(_)
            | Action::Mailbox(_)
            | Action::Service(ServiceAction::Change { .. } | ServiceAction::Notify { .. }) => {}
        }
    }

    fn leg_action(&mut self, call: CallRef, action: &LegAction, step: &mut Step<'_>) {
        let Some(live) = self.calls.get_mut(&call) else {
            return;
        };
        match action {
            LegAction::Ring {
                leg,
                endpoint: Endpoint::Outside(_),
                manner,
            } => {
                let caused = (call, *leg);
                let begun = self.outside.begins(
                    caused,
                    manner.caused_by,
                    step.now,
                    step.config,
                    step.effects,
                );
                match begun {
                    Ok(()) => self.rings(call, *leg, None, step),
                    Err(limit) => step.tell(call, Input::LegRefused(*leg, limit)),
                }
            }
            LegAction::Ring { leg, endpoint, .. } => {
                let user = match endpoint {
                    Endpoint::Device(user, _) | Endpoint::Mobile(user, _) => Some(*user),
                    Endpoint::Outside(_) | Endpoint::Emergency(_) => None,
                };
                self.rings(call, *leg, user, step);
            }
            LegAction::CancelLeg(leg) => self.leg_gone(call, *leg, step),
            LegAction::Bridge(leg) | LegAction::Conference(leg) => {
                live.talks(*leg);
                let users = live.users().collect::<Vec<_>>();
                self.unpark(call, step);
                for user in users {
                    self.line_changed(user, step);
                }
            }
            LegAction::BecomeCaller(leg) => {
                let before = live.become_caller(*leg);
                self.unseat(call, before, step);
            }
            // Who is held is still on the call, and that a call is over is told by itself.
            LegAction::Unbridge(_) | LegAction::Release(_) => {}
        }
    }

    fn rings(&mut self, call: CallRef, leg: LegId, user: Option<UserId>, step: &mut Step<'_>) {
        if let Some(live) = self.calls.get_mut(&call) {
            live.add(leg, user, step.now, false);
        }
        self.waits.retain(|(_, waiting)| *waiting != call);
        self.seat(call, user, step);
    }

    /// Whether a call has a leg: one that it wanted to ring outside it may not have got.
    pub fn has_leg(&self, call: CallRef, leg: LegId) -> bool {
        self.calls.get(&call).is_some_and(|live| live.has(leg))
    }

    /// Who causes no calls that leave, until an administrator lifts that.
    pub fn stops(&self) -> impl Iterator<Item = Stop> + '_ {
        self.outside.stops()
    }

    /// Lets somebody, or the enterprise, cause calls that leave again. False: they are not stopped.
    pub fn lift(&mut self, user: Option<UserId>) -> bool {
        self.outside.lift(user)
    }

    fn leg_gone(&mut self, call: CallRef, leg: LegId, step: &mut Step<'_>) {
        self.outside.ends((call, leg));
        let user = self.calls.get_mut(&call).and_then(|live| live.remove(leg));
        self.unseat(call, user, step);
    }

    fn ended(&mut self, call: CallRef, step: &mut Step<'_>) {
        self.outside.call_ends(call);
        let Some(live) = self.calls.remove(&call) else {
            return;
        };
        self.unpark(call, step);
        self.waits.retain(|(_, waiting)| *waiting != call);
        self.not_taken(call, step);
        self.taking.retain(|_, asking| *asking != call);
        self.joining.retain(|to, _| *to != call);
        self.distribute(acd::Input::Leave { call }, step);
        for user in live.users().collect::<BTreeSet<_>>() {
            self.leaves(call, user, step);
        }
        self.promises_end(call, &live.promised);
        for user in &live.promised {
            self.line_freed(*user, step);
        }
    }
}
