//! The way to the switch from elsewhere: commands of agents and admins go in, what happens comes out.

use centrale_core::acd;
use centrale_core::exchange::LineView;
use centrale_core::id::UserId;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use tokio::sync::{broadcast, mpsc};

/// How many happenings a slow listener may be behind before it misses some.
const BEHIND: usize = 1024;
/// How many commands may wait.
const COMMANDS: usize = 256;

/// What somebody wants of agents and queues.
#[derive(Debug)]
pub enum Command {
    /// An agent or a supervisor did something.
    Agent(acd::Input),
}

/// What happened, for those who watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "live")]
pub enum Happening {
    /// A line is not what it was.
    Line {
        /// Whose.
        user: UserId,
        /// What it is now.
        state: LineView,
    },
    /// The state of an agent changed.
    Agent {
        /// Whose.
        user: UserId,
        /// What it is now.
        state: acd::AgentState,
    },
    /// Calls came into a queue or left it, or a service of it was forced.
    Queue {
        /// The call center.
        center: UserId,
        /// Calls that wait.
        waiting: u16,
        /// Agents who are joined and signed in.
        staffed: u16,
    },
}

/// Live calls, agents and queues, for those who watch and those who command.
#[derive(Clone)]
pub struct Calls {
    commands: mpsc::Sender<Command>,
    happenings: broadcast::Sender<Happening>,
    now: Arc<RwLock<Now>>,
}

/// Everything as it is now, by whom it is about.
#[derive(Clone, Debug, Default)]
struct Now {
    lines: BTreeMap<UserId, Happening>,
    agents: BTreeMap<UserId, Happening>,
    queues: BTreeMap<UserId, Happening>,
}

impl Calls {
    /// A way to a switch, and the end at which it reads commands.
    pub fn new() -> (Self, mpsc::Receiver<Command>) {
        let (commands, wanted) = mpsc::channel(COMMANDS);
        (Self { commands, happenings: broadcast::Sender::new(BEHIND), now: Arc::default() }, wanted)
    }

    /// Commands something. False: the switch is gone.
    pub async fn command(&self, command: Command) -> bool {
        self.commands.send(command).await.is_ok()
    }

    /// Everything as it is, and then what happens.
    pub fn watch(&self) -> (Vec<Happening>, broadcast::Receiver<Happening>) {
        // Listening begins before the state is read: a change between the two is told twice and never missed.
        let happenings = self.happenings.subscribe();
        let now = self.now.read().map(|now| now.clone()).unwrap_or_default();
        let all = [now.lines, now.agents, now.queues].into_iter().flat_map(BTreeMap::into_values);
        (all.collect(), happenings)
    }

    pub(super) fn tell(&self, happening: Happening) {
        if let Ok(mut now) = self.now.write() {
            let (list, about) = match &happening {
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

impl Happening {
    /// Whom it is about.
    pub fn about(&self) -> UserId {
        match self {
            Self::Line { user, .. } | Self::Agent { user, .. } => *user,
            Self::Queue { center, .. } => *center,
        }
    }
}
