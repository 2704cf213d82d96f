//! The handle of the switch: commands of agents and administrators go in, events come out.

use crate::telephony::guard::Failures;
use crate::telephony::phone_failures::PhoneFailure;
use centrale_core::acd::{self, Acd};
use centrale_core::api::live::Happening;
use centrale_core::exchange::Stop;
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, broadcast, mpsc, oneshot, watch};
use tokio::time::timeout;

/// How many events a slow listener may be behind before it misses some.
const BACKLOG: usize = 1024;
/// How long an answer to a request waits for what it changed to be stored.
const PERSIST_WAIT: Duration = Duration::from_millis(1500);
/// How many commands may wait.
const COMMANDS: usize = 256;

/// Looks at agents and queues as they are at a moment.
type Question = Box<dyn FnOnce(&mut Acd, Timestamp) + Send>;

/// What somebody wants of agents and queues, or wants to know. Commands are carried out in their order.
pub enum Command {
    /// An agent or a supervisor did something.
    Agent(acd::Input),
    /// Somebody asks how agents and queues are.
    Ask(Question),
    /// Somebody asks who causes no calls that leave.
    Stops(oneshot::Sender<Vec<Stop>>),
    /// A user, or the enterprise, is to cause calls that leave again; answered with whether they were stopped.
    Lift(Option<UserId>, oneshot::Sender<bool>),
    /// Everything that outlives a restart is to be stored; answered once it is.
    Persist(oneshot::Sender<()>),
}

/// The handle of the switch: commands it, asks it, and watches its lines, agents and queues. Cheap to clone.
#[derive(Clone)]
pub struct SwitchHandle {
    commands: mpsc::Sender<Command>,
    happenings: broadcast::Sender<Happening>,
    now: Arc<RwLock<Now>>,
    closed: watch::Sender<bool>,
    /// Another server has the calls now.
    stood_down: Arc<AtomicBool>,
    /// Passwords of phones were renewed.
    accounts: Arc<Notify>,
    /// Phones that failed to say who they are.
    failures: Failures,
}

/// Everything as it is now, by whom it is about.
#[derive(Clone, Debug, Default)]
struct Now {
    lines: BTreeMap<UserId, Happening>,
    agents: BTreeMap<UserId, Happening>,
    queues: BTreeMap<UserId, Happening>,
}

impl SwitchHandle {
    /// A handle, and the receiver from which the switch is to read its commands.
    pub fn new() -> (Self, mpsc::Receiver<Command>) {
        let (commands, received) = mpsc::channel(COMMANDS);
        let happenings = broadcast::Sender::new(BACKLOG);
        (
            Self {
                commands,
                happenings,
                now: Arc::default(),
                closed: watch::Sender::new(false),
                stood_down: Arc::default(),
                accounts: Arc::default(),
                failures: Failures::default(),
            },
            received,
        )
    }

    /// Tells that passwords of phones were renewed.
    pub fn accounts_changed(&self) {
        self.accounts.notify_one();
    }

    /// What tells when this server renewed passwords of phones.
    pub(in crate::telephony) fn accounts_changing(&self) -> Arc<Notify> {
        self.accounts.clone()
    }

    /// What phones failed to register or call within an hour, the last first; with no Asterisk there is none.
    pub fn phone_failures(&self, now: Timestamp) -> Vec<PhoneFailure> {
        self.failures.list(now)
    }

    /// Where such phones are noted.
    pub(in crate::telephony) fn failures(&self) -> Failures {
        self.failures.clone()
    }

    /// Commands something. False: the switch is gone.
    pub async fn command(&self, command: Command) -> bool {
        self.commands.send(command).await.is_ok()
    }

    /// Asks how agents and queues are, after all that was commanded before. `None`: the switch is gone.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Acd, Timestamp) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        // Who asked may have gone meanwhile.
        let ask = move |acd: &mut Acd, now| drop(answer.send(question(acd, now)));
        self.command(Command::Ask(Box::new(ask))).await;
        answered.await.ok()
    }

    /// Who causes no calls that leave until an administrator lifts that. `None`: the switch is gone.
    pub async fn stops(&self) -> Option<Vec<Stop>> {
        let (answer, answered) = oneshot::channel();
        self.command(Command::Stops(answer)).await;
        answered.await.ok()
    }

    /// Lets a user, or the enterprise, cause calls that leave again; whether they were stopped. `None`: the switch is gone.
    pub async fn lift(&self, user: Option<UserId>) -> Option<bool> {
        let (answer, answered) = oneshot::channel();
        self.command(Command::Lift(user, answer)).await;
        answered.await.ok()
    }

    /// Another server has the calls now.
    pub(super) fn stand_down(&self) {
        self.stood_down.store(true, Ordering::SeqCst);
    }

    /// Whether another server has taken over the calls: this one knows nothing of them, and commands nothing.
    pub fn stood_down(&self) -> bool {
        self.stood_down.load(Ordering::SeqCst)
    }

    /// The same as [`Self::persist`], for somebody who waits for an answer: not for longer than a database that is away
    /// allows. What could not be stored in time is stored later.
    pub async fn persist_soon(&self) {
        timeout(PERSIST_WAIT, self.persist()).await.ok();
    }

    /// Has everything stored that outlives a restart. False: the switch is gone.
    pub async fn persist(&self) -> bool {
        let (persisted, done) = oneshot::channel();
        self.command(Command::Persist(persisted)).await && done.await.is_ok()
    }

    /// Nobody is to watch any more: the server stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Waits until nobody is to watch any more.
    pub async fn closed(&self) {
        self.closed
            .subscribe()
            .wait_for(|closed| *closed)
            .await
            .ok();
    }

    /// What happens from now on.
    pub fn happenings(&self) -> broadcast::Receiver<Happening> {
        self.happenings.subscribe()
    }

    /// Everything as it is.
    pub fn now(&self) -> Vec<Happening> {
        let now = self.now.read().map(|now| now.clone()).unwrap_or_default();
        let all = [now.lines, now.agents, now.queues]
            .into_iter()
            .flat_map(BTreeMap::into_values);
        all.collect()
    }

    pub(super) fn tell(&self, happening: Happening) {
        if let Ok(mut now) = self.now.write() {
            let (list, about) = match &happening {
                Happening::Anew => return,
                Happening::Line { user, .. } => (&mut now.lines, *user),
                Happening::Agent { user, .. } => (&mut now.agents, *user),
                Happening::Queue { center, .. } => (&mut now.queues, *center),
            };
            if list.insert(about, happening.clone()).as_ref() == Some(&happening) {
                return;
            }
        }
        // Nobody may be listening.
        self.happenings.send(happening).ok();
    }
}
