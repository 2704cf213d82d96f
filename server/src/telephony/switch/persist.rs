//! Stores what outlives a restart, in a task that stores one thing after the other, so that the last state stays.

use super::Switch;
use crate::clock::{Clock, Daily};
use crate::store::Store;
use centrale_core::acd::Interval;
use centrale_core::exchange::PersistedExchange;
use centrale_core::history::Entry;
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The key under which the state of the exchange is stored.
pub(in crate::telephony) const EXCHANGE_KEY: &str = "exchange";

/// What is to be stored.
pub(super) enum PersistCommand {
    /// What agents chose, callbacks, the memory of hunt groups.
    Exchange(PersistedExchange),
    /// What was counted of call centers and agents, if anything was. Once a day what is too old is deleted.
    Statistics(Vec<(UserId, Vec<Interval>)>),
    /// What calls that are over were to those who had part in them.
    Calls(Vec<Entry>),
    /// Somebody waits until all before is stored.
    Flush(oneshot::Sender<()>),
}

/// The most entries of histories that wait while they cannot be stored.
const MOST_CALLS: usize = 10_000;

/// What waits to be stored.
struct Unsaved {
    store: Store,
    clock: Arc<dyn Clock>,
    /// The last state only: it holds all before it.
    exchange: Option<PersistedExchange>,
    counted: Vec<(UserId, Vec<Interval>)>,
    calls: Vec<Entry>,
    /// Who waits until all is stored, or was tried.
    waiting: Vec<oneshot::Sender<()>>,
    cleanup: Daily,
}

/// Stores until the switch is gone. What cannot be stored is reported, and tried again with what comes next; while a try
/// lasts, what comes is put together, so that it does not grow while the database is away.
pub(super) async fn run(
    store: Store,
    clock: Arc<dyn Clock>,
    mut commands: mpsc::UnboundedReceiver<PersistCommand>,
) {
    let mut unsaved = Unsaved {
        store,
        clock,
        exchange: None,
        counted: Vec::new(),
        calls: Vec::new(),
        waiting: Vec::new(),
        cleanup: Daily::default(),
    };
    while let Some(command) = commands.recv().await {
        let mut check_age = unsaved.add(command);
        while let Ok(command) = commands.try_recv() {
            check_age |= unsaved.add(command);
        }
        unsaved.save().await;
        if check_age {
            unsaved.delete_old().await;
        }
        for waiting in unsaved.waiting.drain(..) {
            waiting.send(()).ok();
        }
    }
}

impl Unsaved {
    /// Adds what is to be stored. True: statistics came, which is when it is looked whether something is too old.
    fn add(&mut self, command: PersistCommand) -> bool {
        match command {
            PersistCommand::Exchange(kept) => self.exchange = Some(kept),
            PersistCommand::Calls(more) => self.calls.extend(more),
            PersistCommand::Flush(waiting) => self.waiting.push(waiting),
            PersistCommand::Statistics(more) => {
                self.counted.extend(more);
                return true;
            }
        }
        false
    }

    /// Stores all of it. What cannot be stored stays, is reported, and is tried again with what comes next.
    async fn save(&mut self) {
        if let Some(kept) = &self.exchange {
            match self.store.keep(EXCHANGE_KEY, kept).await {
                Ok(()) => self.exchange = None,
                Err(error) => {
                    tracing::error!(%error, "the state of agents and queues could not be kept");
                }
            }
        }
        if !self.counted.is_empty() {
            match self.store.add_intervals(&self.counted).await {
                Ok(()) => self.counted.clear(),
                Err(error) => tracing::error!(%error, "statistics could not be stored"),
            }
        }
        if !self.calls.is_empty() {
            match self.store.add_calls(&self.calls).await {
                Ok(()) => self.calls.clear(),
                Err(error) => {
                    let lost = self.calls.len().saturating_sub(MOST_CALLS);
                    self.calls.drain(..lost);
                    tracing::error!(%error, lost, "calls could not be added to histories");
                }
            }
        }
    }

    /// Deletes what is too old, once a day.
    async fn delete_old(&mut self) {
        let now = self.clock.now();
        if self.cleanup.is_due(now) {
            match delete_old(&self.store, now).await {
                Ok(()) => self.cleanup.done(now),
                Err(error) => tracing::error!(%error, "what is too old could not be removed"),
            }
        }
    }
}

async fn delete_old(store: &Store, now: Timestamp) -> crate::store::Result<()> {
    store.forget_intervals(now).await?;
    store.forget_calls(now).await?;
    Ok(())
}

impl Switch {
    /// Has stored what was counted since the last time.
    pub(super) fn persist_statistics(&mut self) {
        let now = self.now();
        let counted = self.exchange.acd_mut().take_statistics(now, now.plus_ms(1));
        self.persist_commands
            .send(PersistCommand::Statistics(counted))
            .ok();
    }

    /// Has stored what outlives a restart, when it changed, and what calls that ended were to users.
    pub(super) fn persist(&mut self) {
        if !self.history.is_empty() {
            self.persist_commands
                .send(PersistCommand::Calls(std::mem::take(&mut self.history)))
                .ok();
        }
        let kept = self.exchange.persisted();
        if kept == self.persisted {
            return;
        }
        self.persisted = kept.clone();
        self.persist_commands
            .send(PersistCommand::Exchange(kept))
            .ok();
    }
}
