//! The state of the switch, what changes it from outside, and when it is to be woken.

use super::handle::{Command, SwitchHandle};
use super::persist::{self, PersistCommand};
use super::running_call::RunningCall;
use super::{CallSide, Phones, Report, SwitchDeps, blf, mwi};
use crate::telephony::ari::{ChannelId, Signal};
use centrale_core::call::Input;
use centrale_core::exchange::{Exchange, ExchangeInput, Pending, PersistedExchange};
use centrale_core::history::Entry;
use centrale_core::id::{CallRef, DeviceId, UserId};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::LegFailure;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// The one owner of live state: gives core's exchange every fact and every action of every call, and carries out what both
/// want, in their order.
pub(super) struct Switch {
    pub(super) deps: SwitchDeps,
    pub(super) exchange: Exchange,
    pub(super) calls: BTreeMap<CallRef, RunningCall>,
    pub(super) channels: HashMap<ChannelId, CallSide>,
    pub(super) reports: mpsc::UnboundedSender<Report>,
    pub(super) watchers: SwitchHandle,
    pub(super) config: Arc<Snapshot>,
    /// The first configuration was taken in.
    pub(super) configured: bool,
    /// Ids of calls begin with the moment of the start, so that those of an earlier run cannot be mistaken for ours.
    pub(super) epoch: i64,
    pub(super) count: u64,
    /// Facts that calls are still to be told.
    pub(super) facts: Pending,
    /// Who is to be called once their own phone answers (automatic callback), by the channel that rings.
    pub(super) callbacks: HashMap<ChannelId, (UserId, UserId)>,
    /// What outlives a restart, as it was persisted last.
    pub(super) persisted: PersistedExchange,
    /// What calls that are over were to users, until it is given to the task that persists.
    pub(super) history: Vec<Entry>,
    pub(super) persist_commands: mpsc::UnboundedSender<PersistCommand>,
    /// The calls from before this server started were recovered.
    pub(super) recovered: bool,
    /// What phones show of lines and queues.
    pub(super) blf: blf::BusyLampField,
    /// Phones that can be reached, by user.
    pub(super) devices: BTreeMap<UserId, Vec<DeviceId>>,
}

impl Switch {
    pub(super) fn new(
        deps: SwitchDeps,
        kept: PersistedExchange,
        reports: mpsc::UnboundedSender<Report>,
        watchers: SwitchHandle,
    ) -> Self {
        let epoch = deps.clock.now().0;
        let config = deps.live.view().snapshot.clone();
        let (persist_commands, received) = mpsc::unbounded_channel();
        tokio::spawn(persist::run(
            deps.store.clone(),
            deps.clock.clone(),
            received,
        ));
        let blf = blf::BusyLampField::new(deps.phones.as_ref().map(|phones| phones.ari.clone()));
        Self {
            blf,
            exchange: Exchange::new(epoch.unsigned_abs(), kept.clone()),
            deps,
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
            persisted: kept,
            history: Vec::new(),
            persist_commands,
            recovered: false,
            devices: BTreeMap::new(),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.deps.clock.now()
    }

    /// Takes in the configuration as it is now: what changed in it since it was taken in last.
    pub(super) fn configure(&mut self) {
        let before = std::mem::replace(&mut self.config, self.deps.live.view().snapshot.clone());
        let changed = if self.configured {
            self.config.changed_users(&before)
        } else {
            self.config
                .users()
                .map(|subscriber| subscriber.user.id)
                .collect()
        };
        self.configured = true;
        mwi::configure(&self.deps, &before, &self.config, &changed);
        let mut effects = Vec::new();
        let all = self
            .exchange
            .reconfigure(self.now(), &self.config, &changed, &mut effects);
        self.follow(effects);
        self.blf.configure(&self.config, &self.exchange, &changed);
        if all {
            self.tell_all();
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
        let due =
            |running: &RunningCall| running.machine.next_timeout().is_some_and(|due| due <= now);
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
                self.persist();
            }
            Command::Persist(done) => {
                self.persist();
                self.persist_statistics();
                self.persist_commands.send(PersistCommand::Flush(done)).ok();
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
            Report::Recovered(recovered) => self.recover(&recovered),
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
        self.deps.phones.clone()
    }
}
