//! Stores what outlives a restart, one thing after the other, so that the last state is the one that stays.

use crate::store::Store;
use centrale_core::acd::Interval;
use centrale_core::exchange::Kept;
use centrale_core::id::UserId;
use tokio::sync::{mpsc, oneshot};

/// The name under which the exchange is kept.
pub(in crate::telephony) const NAME: &str = "exchange";

/// What is to be stored.
pub(super) enum Keep {
    /// What agents chose, callbacks, the memory of hunt groups.
    Exchange(Kept),
    /// What was counted of call centers and agents.
    Statistics(Vec<(UserId, Vec<Interval>)>),
    /// Somebody waits until all before is stored.
    Then(oneshot::Sender<()>),
}

/// Stores until the switch is gone. What cannot be stored is reported: the next state comes anyway, and what was
/// counted is tried again with what is counted next.
pub(super) async fn run(store: Store, mut wanted: mpsc::UnboundedReceiver<Keep>) {
    let mut counted = Vec::new();
    while let Some(keep) = wanted.recv().await {
        match keep {
            Keep::Exchange(kept) => {
                if let Err(error) = store.keep(NAME, &kept).await {
                    tracing::error!(%error, "the state of agents and queues could not be kept");
                }
            }
            Keep::Statistics(more) => {
                counted.extend(more);
                match store.add_intervals(&counted).await {
                    Ok(()) => counted.clear(),
                    Err(error) => tracing::error!(%error, "statistics could not be stored"),
                }
            }
            Keep::Then(done) => drop(done.send(())),
        }
    }
}
