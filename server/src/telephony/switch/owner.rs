//! The owner of live state: shows core's exchange every fact and every action of every call, and carries out what both
//! say, in their order.

mod keep;
mod phones;
mod told;

use super::deeds::Deed;
use super::hands::Hands;
use super::keeper::{self, Keep};
use super::names::{CallId, Named};
use super::running::Running;
use super::watch::{Calls, Command};
use super::{Ground, Phones, Report, Seat, caller, lamps, monitor, texts};
use crate::mail::CallNotice;
use crate::telephony::ari::{ChannelId, Signal};
use crate::telephony::incoming::Incoming;
use centrale_core::api::live::Happening;
use centrale_core::call::{
    Action, Call, Detail, Input, LegAction, Request, ServiceAction, Side, write_trace,
};
use centrale_core::exchange::{
    Exchange, ExchangeEffect, ExchangeInput, Pending, PersistedExchange,
};
use centrale_core::history::{Entry, entries};
use centrale_core::id::{CallRef, DeviceId, UserId};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::LegFailure;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

pub(super) struct Switch {
    pub(super) ground: Ground,
    pub(super) exchange: Exchange,
    pub(super) calls: BTreeMap<CallRef, Running>,
    pub(super) channels: HashMap<ChannelId, Seat>,
    pub(super) reports: mpsc::UnboundedSender<Report>,
    watchers: Calls,
    config: Arc<Snapshot>,
    /// The first configuration was taken in.
    configured: bool,
    /// Ids of calls begin with the moment of the start, so that those of an earlier run cannot be mistaken for ours.
    pub(super) epoch: i64,
    count: u64,
    /// Facts that calls are still to be told.
    facts: Pending,
    /// Who is to be called once their own phone answers (automatic callback), by the channel that rings.
    pub(super) callbacks: HashMap<ChannelId, (UserId, UserId)>,
    kept: PersistedExchange,
    /// What calls that are over were to users, until it is handed to the keeper.
    history: Vec<Entry>,
    keeper: mpsc::UnboundedSender<Keep>,
    /// The calls from before this server started were learnt.
    pub(super) learnt: bool,
    /// What phones show of lines and queues.
    pub(super) monitor: monitor::Lamps,
    /// Phones that can be reached, by user.
    devices: BTreeMap<UserId, Vec<DeviceId>>,
}

impl Switch {
    pub(super) fn new(
        ground: Ground,
        kept: PersistedExchange,
        reports: mpsc::UnboundedSender<Report>,
        watchers: Calls,
    ) -> Self {
        let epoch = ground.clock.now().0;
        let config = ground.live.view().snapshot.clone();
        let (keeper, keep) = mpsc::unbounded_channel();
        tokio::spawn(keeper::run(
            ground.store.clone(),
            ground.clock.clone(),
            keep,
        ));
        let monitor = monitor::Lamps::new(ground.phones.as_ref().map(|phones| phones.ari.clone()));
        Self {
            monitor,
            exchange: Exchange::new(epoch.unsigned_abs(), kept.clone()),
            ground,
            calls: BTreeMap::new(),
            channels: HashMap::new(),
            reports,
            watchers,
            config,
            configured: false,
            epoch,
            count: 0,
            facts: Pending::default(),
            callbacks: HashMap::new(),
            kept,
            history: Vec::new(),
            keeper,
            learnt: false,
            devices: BTreeMap::new(),
        }
    }

    fn now(&self) -> Timestamp {
        self.ground.clock.now()
    }

    /// Takes in the configuration as it is now: what changed in it since it was taken in last.
    pub(super) fn configure(&mut self) {
        let before = std::mem::replace(&mut self.config, self.ground.live.view().snapshot.clone());
        let changed = if self.configured {
            self.config.changed_users(&before)
        } else {
            self.config
                .users()
                .map(|subscriber| subscriber.user.id)
                .collect()
        };
        self.configured = true;
        lamps::follow(&self.ground, &before, &self.config, &changed);
        let mut effects = Vec::new();
        let all = self
            .exchange
            .reconfigure(self.now(), &self.config, &changed, &mut effects);
        self.follow(effects);
        self.monitor
            .configure(&self.config, &self.exchange, &changed);
        if all {
            self.tell_all();
        }
    }

    /// Tells of every queue and every agent.
    fn tell_all(&mut self) {
        for center in self.config.clone().call_centers() {
            self.tell_queue(center.id);
        }
        let agents: Vec<_> = self
            .exchange
            .acd()
            .agents()
            .map(|agent| agent.user)
            .collect();
        for agent in agents {
            self.tell_agent(agent);
        }
    }

    /// How long until something is due.
    pub(super) fn wait(&self) -> Option<Duration> {
        let calls = self
            .calls
            .values()
            .filter_map(|running| running.machine.next_timeout());
        let due = calls.chain(self.exchange.next_timeout()).min()?;
        Some(Duration::from_millis(
            due.since(self.now()).max(0).unsigned_abs(),
        ))
    }

    /// Something is due: the exchange's affairs, or those of some calls.
    pub(super) fn elapsed(&mut self) {
        let now = self.now();
        if self.exchange.next_timeout().is_some_and(|due| due <= now) {
            self.exchange_takes(ExchangeInput::TimerElapsed);
        }
        let due = |running: &Running| running.machine.next_timeout().is_some_and(|due| due <= now);
        let late: Vec<_> = self
            .calls
            .iter()
            .filter(|(_, running)| due(running))
            .map(|(call, _)| *call)
            .collect();
        for call in late {
            self.facts.push(call, Input::TimerElapsed);
        }
        self.settle();
    }

    pub(super) fn command(&mut self, command: Command) {
        match command {
            Command::Agent(input) => self.exchange_takes(ExchangeInput::Agent(input)),
            Command::Ask(question) => {
                let now = self.now();
                question(self.exchange.acd_mut(), now);
            }
            Command::Stops(asked) => {
                // Who asked may have gone meanwhile.
                drop(asked.send(self.exchange.stops().collect()));
            }
            Command::Lift(user, done) => {
                // Who asked may have gone meanwhile.
                done.send(self.exchange.lift(user)).ok();
                self.keep();
            }
            Command::Keep(done) => {
                self.keep();
                self.keep_statistics();
                self.keeper.send(Keep::Then(done)).ok();
            }
        }
        self.settle();
    }

    pub(super) fn reported(&mut self, report: Report) {
        match report {
            Report::Fact(call, input) => self.tell(call, input),
            Report::NotRung(call, leg) => {
                self.tell(call, Input::LegFailed(leg, LegFailure::Unreachable));
            }
            Report::NotCalledBack(channel) => self.callback_gone(&channel),
            Report::Accounts(accounts) => self.accounts(&accounts),
            Report::Learnt(learnt) => self.learn(&learnt),
        }
    }

    pub(super) fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Connected => self.connected(),
            Signal::Event(event) => self.event(*event),
            Signal::Replaced => {}
            Signal::Disconnected => {
                tracing::warn!("Asterisk's events have stopped; calls that last go on");
            }
        }
    }

    pub(super) fn phones(&self) -> Option<Phones> {
        self.ground.phones.clone()
    }

    /// A channel called in.
    pub(super) fn begin(&mut self, channel: ChannelId, incoming: &Incoming) {
        let Some(phones) = self.phones() else { return };
        let mut request = caller::request(incoming, &phones.accounts, &self.config);
        let consults = request
            .caller
            .user
            .is_some_and(|user| self.exchange.inhibits(&self.config, user));
        request.diversion_inhibited |= consults;
        let call = self.start(request, &phones, false);
        self.seat(call, Side::Caller, channel);
        self.tell(call, Input::Start);
    }

    /// Makes a call that has not been told anything yet.
    pub(super) fn start(&mut self, request: Request, phones: &Phones, bridged: bool) -> CallRef {
        let call = self.next_call();
        self.hold(
            call,
            CallId {
                epoch: self.epoch,
                number: self.count,
            },
            request,
            phones,
            bridged,
        )
    }

    pub(super) fn next_call(&mut self) -> CallRef {
        self.count += 1;
        CallRef(self.count)
    }

    /// Makes a call under a name.
    pub(super) fn hold(
        &mut self,
        call: CallRef,
        id: CallId,
        request: Request,
        phones: &Phones,
        bridged: bool,
    ) -> CallRef {
        let named = Named::new(id);
        let (deeds, wanted) = mpsc::unbounded_channel();
        let hands = Hands::new(
            self.ground.clone(),
            phones.clone(),
            call,
            named,
            self.reports.clone(),
        );
        tokio::spawn(if bridged { hands.bridged() } else { hands }.run(wanted));
        let running = Running {
            machine: Call::new(self.config.clone(), request.clone()),
            config: self.config.clone(),
            named,
            sides: BTreeMap::new(),
            playing: BTreeMap::new(),
            counted: 0,
            answered_elsewhere: false,
            transfers: None,
            answered: std::collections::BTreeSet::new(),
            deeds,
            request,
        };
        let (caller, dialled) = (running.request.caller, running.request.dialled.clone());
        self.calls.insert(call, running);
        self.exchange_takes(ExchangeInput::Began {
            call,
            caller,
            dialled: &dialled,
        });
        call
    }

    pub(super) fn seat(&mut self, call: CallRef, side: Side, channel: ChannelId) {
        if let Some(running) = self.calls.get_mut(&call) {
            running.sides.insert(side, channel.clone());
            self.channels.insert(channel, (call, side));
        }
    }

    /// Tells a call a fact, and does all that follows.
    pub(super) fn tell(&mut self, call: CallRef, input: Input) {
        self.facts.push(call, input);
        self.settle();
    }

    /// Shows the exchange something of which no single call is told.
    pub(super) fn exchange_takes(&mut self, input: ExchangeInput<'_>) {
        let mut effects = Vec::new();
        self.exchange
            .handle(self.now(), &self.config, input, &mut effects);
        self.follow(effects);
    }

    /// A side of a call transfers it to whom they talk with in another.
    pub(super) fn join(&mut self, call: CallRef, by: Side, other: CallRef) {
        self.exchange_takes(ExchangeInput::Joins { call, by, other });
        self.settle();
    }

    fn settle(&mut self) {
        while let Some((call, input)) = self.facts.take() {
            if self.calls.contains_key(&call) {
                self.step(call, input);
            }
        }
    }

    /// One fact of one call, and its actions.
    fn step(&mut self, call: CallRef, input: Input) {
        let now = self.now();
        self.exchange_takes(ExchangeInput::Told {
            call,
            input: &input,
        });
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        let actions = running.machine.handle(now, input);
        running.answered_elsewhere = actions.iter().any(|action| {
            matches!(
                action,
                Action::Leg(LegAction::Bridge(_) | LegAction::Conference(_))
            )
        });
        for action in &actions {
            self.exchange_takes(ExchangeInput::Acts { call, action });
            // A leg that the exchange refuses is not rung; the call is told so.
            if let Action::Leg(LegAction::Ring { leg, .. }) = action
                && !self.exchange.has_leg(call, *leg)
            {
                continue;
            }
            self.act(call, action);
        }
        self.close_if_over(call);
    }

    fn act(&mut self, call: CallRef, action: &Action) {
        let Some(phones) = self.phones() else { return };
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        match action {
            Action::Leg(action) => self.leg_action(call, action, &phones),
            Action::Signal(action) => running.signal_action(action, &phones),
            Action::Media(action) => running.media_action(action, &phones),
            Action::Mailbox(action) => running.mailbox_action(action),
            Action::Service(ServiceAction::Change {
                user,
                service,
                settings,
            }) => running.send(Deed::Change(*user, *service, settings.clone())),
            Action::Service(ServiceAction::Perform { user, what, .. }) => {
                self.perform(call, *user, *what);
            }
            Action::Service(ServiceAction::Notify { user }) => self.notify(call, *user),
            // The exchange has carried these out.
            Action::Line(_) | Action::Queue(_) => {}
        }
    }

    fn leg_action(&mut self, call: CallRef, action: &LegAction, phones: &Phones) {
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        if let Err(leg) = running.leg_action(action, phones) {
            self.facts
                .push(call, Input::LegFailed(leg, LegFailure::Unreachable));
        }
        match action {
            LegAction::Ring { leg, .. } => {
                if let Some(channel) = running.channel(Side::Leg(*leg)) {
                    self.channels.insert(channel, (call, Side::Leg(*leg)));
                }
            }
            LegAction::BecomeCaller(_) => {
                // Its end is nothing to this call any more.
                self.channels.retain(|channel, seat| {
                    *seat != (call, Side::Caller)
                        || running.sides.values().any(|side| side == channel)
                });
                if let Some(channel) = running.channel(Side::Caller) {
                    self.channels.insert(channel, (call, Side::Caller));
                }
            }
            // A channel keeps its seat until it is gone.
            LegAction::CancelLeg(_)
            | LegAction::Bridge(_)
            | LegAction::Unbridge(_)
            | LegAction::Conference(_)
            | LegAction::Release(_) => {}
        }
    }

    /// Sends the notice of a call by mail.
    fn notify(&self, call: CallRef, user: UserId) {
        let Some(running) = self.calls.get(&call) else {
            return;
        };
        let called = CallNotice {
            config: &running.config,
            user,
            caller: running.machine.caller(),
            at: self.now(),
        };
        if let Some(mailer) = &self.ground.mail
            && let Some(email) = called.call()
        {
            mailer.enqueue(email);
        }
    }

    /// What the exchange leaves to its host.
    fn perform(&mut self, call: CallRef, user: UserId, what: centrale_core::feature::Perform) {
        use centrale_core::feature::Perform;
        use centrale_core::outcome::Performed;
        if what == Perform::VoicemailClear
            && let Some(running) = self.calls.get(&call)
        {
            running.send(Deed::Clear(user));
            self.facts.push(call, Input::Performed(Performed::Done));
        }
    }

    fn close_if_over(&mut self, call: CallRef) {
        if !self
            .calls
            .get(&call)
            .is_some_and(|running| running.machine.ended())
        {
            return;
        }
        let Some(running) = self.calls.remove(&call) else {
            return;
        };
        self.exchange_takes(ExchangeInput::Ended(call));
        for channel in running.sides.values() {
            self.channels.remove(channel);
            running.send(Deed::HangUp(
                channel.clone(),
                crate::telephony::ari::HangupCause::NORMAL,
            ));
        }
        self.history
            .extend(entries(running.machine.trace(), &running.config));
        let mut trace = String::new();
        if write_trace(
            &mut trace,
            running.machine.trace(),
            &running.config,
            Detail::Full,
        )
        .is_ok()
        {
            tracing::debug!(
                version = running.machine.config_version(),
                "call over\n{trace}"
            );
        }
    }

    fn follow(&mut self, effects: Vec<ExchangeEffect>) {
        for effect in effects {
            match effect {
                ExchangeEffect::Tell(call, input) => self.facts.push(call, input),
                ExchangeEffect::Move {
                    from,
                    side,
                    to,
                    leg,
                } => {
                    let channel = self
                        .calls
                        .get_mut(&from)
                        .and_then(|running| running.sides.remove(&side));
                    if let Some(channel) = channel {
                        self.calls.get_mut(&to).into_iter().for_each(|running| {
                            running.answered.insert(channel.clone());
                        });
                        self.seat(to, Side::Leg(leg), channel);
                    }
                }
                ExchangeEffect::CallBack { caller, callee } => self.call_back(caller, callee),
                ExchangeEffect::ShowParked {
                    parker,
                    at,
                    seconds,
                } => {
                    texts::parked_at(&self.ground, &self.config, parker, at, seconds);
                }
                ExchangeEffect::NotifyParked { at, parker } => {
                    texts::parked_here(&self.ground, &self.config, at, parker);
                }
                ExchangeEffect::OverLimit {
                    user,
                    limit,
                    stopped,
                } => self.alarm(user, limit, stopped),
                ExchangeEffect::Notice(notice) => self.notice(&notice),
                ExchangeEffect::LineChanged(user) => {
                    let state = self.exchange.state(user);
                    self.watchers.tell(Happening::Line { user, state });
                    self.monitor.changed(user, &self.config, &self.exchange);
                }
            }
        }
    }
}
