//! Stores what outlives a restart, one thing after the other, so that the last state is the one that stays.

use crate::clock::{Clock, Daily};
use crate::store::Store;
use centrale_core::acd::Interval;
use centrale_core::exchange::Kept;
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
    Exchange(Kept),
    /// What was counted of call centers and agents, if anything was. Once a day what is too old goes.
    Statistics(Vec<(UserId, Vec<Interval>)>),
    /// What calls that are over were to those who had part in them.
    Calls(Vec<Entry>),
    /// Somebody waits until all before is stored.
    Then(oneshot::Sender<()>),
}

/// How many entries of histories wait at most while they cannot be stored.
const MOST_CALLS: usize = 10_000;

/// Stores until the switch is gone. What cannot be stored is reported: the next state comes anyway, and what was
/// counted and called is tried again with what comes next.
pub(super) async fn run(store: Store, clock: Arc<dyn Clock>, mut wanted: mpsc::UnboundedReceiver<Keep>) {
    let (mut counted, mut calls) = (Vec::new(), Vec::new());
    let mut forgets = Daily::default();
    while let Some(keep) = wanted.recv().await {
        match keep {
            Keep::Exchange(kept) => {
                if let Err(error) = store.keep(NAME, &kept).await {
                    tracing::error!(%error, "the state of agents and queues could not be kept");
                }
            }
            Keep::Statistics(more) => {
                counted.extend(more);
                if !counted.is_empty() {
                    match store.add_intervals(&counted).await {
                        Ok(()) => counted.clear(),
                        Err(error) => tracing::error!(%error, "statistics could not be stored"),
                    }
                }
                let now = clock.now();
                if forgets.is_due(now) {
                    match forget(&store, now).await {
                        Ok(()) => forgets.done(now),
                        Err(error) => tracing::error!(%error, "what is too old could not be removed"),
                    }
                }
            }
            Keep::Calls(more) => {
                calls.extend(more);
                store_calls(&store, &mut calls).await;
            }
            Keep::Then(done) => {
                if !calls.is_empty() {
                    store_calls(&store, &mut calls).await;
                }
                done.send(()).ok();
            }
        }
    }
}

/// Stores entries of histories; what cannot be stored now waits for those that come next.
async fn store_calls(store: &Store, calls: &mut Vec<Entry>) {
    match store.add_calls(calls).await {
        Ok(()) => calls.clear(),
        Err(error) => {
            let lost = calls.len().saturating_sub(MOST_CALLS);
            calls.drain(..lost);
            tracing::error!(%error, lost, "calls could not be added to histories");
        }
    }
}

async fn forget(store: &Store, now: Timestamp) -> crate::store::Result<()> {
    store.forget_intervals(now).await?;
    store.forget_calls(now).await?;
    Ok(())
}
