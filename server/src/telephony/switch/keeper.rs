//! Stores what outlives a restart, one thing after the other, so that the last state is the one that stays.

use crate::clock::{Clock, Daily};
use crate::store::Store;
use centrale_core::acd::Interval;
use centrale_core::exchange::PersistedExchange;
use centrale_core::history::Entry;
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The name under which the exchange is kept.
pub(in crate::telephony) const NAME: &str = "exchange";

/// What is to be stored.
pub(super) enum Keep {
    /// What agents chose, callbacks, the memory of hunt groups.
    Exchange(PersistedExchange),
    /// What was counted of call centers and agents, if anything was. Once a day what is too old goes.
    Statistics(Vec<(UserId, Vec<Interval>)>),
    /// What calls that are over were to those who had part in them.
    Calls(Vec<Entry>),
    /// Somebody waits until all before is stored.
    Then(oneshot::Sender<()>),
}

/// How many entries of histories wait at most while they cannot be stored.
const MOST_CALLS: usize = 10_000;

/// What waits to be stored.
struct Pile {
    store: Store,
    clock: Arc<dyn Clock>,
    /// The last state only: it holds all before it.
    exchange: Option<PersistedExchange>,
    counted: Vec<(UserId, Vec<Interval>)>,
    calls: Vec<Entry>,
    /// Who waits until all is stored, or was tried.
    waiting: Vec<oneshot::Sender<()>>,
    forgets: Daily,
}

/// Stores until the switch is gone. What cannot be stored is reported, and tried again with what comes next; while a try
/// lasts, what comes is put together, so that it does not grow while the database is away.
pub(super) async fn run(
    store: Store,
    clock: Arc<dyn Clock>,
    mut wanted: mpsc::UnboundedReceiver<Keep>,
) {
    let mut pile = Pile {
        store,
        clock,
        exchange: None,
        counted: Vec::new(),
        calls: Vec::new(),
        waiting: Vec::new(),
        forgets: Daily::default(),
    };
    while let Some(keep) = wanted.recv().await {
        let mut forget = pile.put(keep);
        while let Ok(keep) = wanted.try_recv() {
            forget |= pile.put(keep);
        }
        pile.clear().await;
        if forget {
            pile.forget().await;
        }
        for waiting in pile.waiting.drain(..) {
            waiting.send(()).ok();
        }
    }
}

impl Pile {
    /// Puts something on the pile. True: it is a good moment to see whether something is too old.
    fn put(&mut self, keep: Keep) -> bool {
        match keep {
            Keep::Exchange(kept) => self.exchange = Some(kept),
            Keep::Calls(more) => self.calls.extend(more),
            Keep::Then(waiting) => self.waiting.push(waiting),
            Keep::Statistics(more) => {
                self.counted.extend(more);
                return true;
            }
        }
        false
    }

    async fn clear(&mut self) {
        if let Some(kept) = &self.exchange {
            match self.store.keep(NAME, kept).await {
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

    /// Once a day what is too old goes.
    async fn forget(&mut self) {
        let now = self.clock.now();
        if self.forgets.is_due(now) {
            match forget(&self.store, now).await {
                Ok(()) => self.forgets.done(now),
                Err(error) => tracing::error!(%error, "what is too old could not be removed"),
            }
        }
    }
}

async fn forget(store: &Store, now: Timestamp) -> crate::store::Result<()> {
    store.forget_intervals(now).await?;
    store.forget_calls(now).await?;
    Ok(())
}
