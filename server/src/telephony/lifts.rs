//! Lifts stops of outside calls from the command line: the stops are in the switch's memory, so the command writes a
//! request to the database, and the server that has the calls carries it out.

use super::SwitchHandle;
use crate::store::{Result, Store};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How long a stop that was lifted may last at most.
const EVERY: Duration = Duration::from_secs(2);

/// Lifts what is asked for until the task is ended.
pub async fn follow_lifts(store: Store, switch: SwitchHandle) {
    let mut every = interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        if let Err(error) = lift_asked(&store, &switch).await {
            tracing::debug!(%error, "it is not known which stops are to be lifted; it is asked for again");
        }
    }
}

/// Lifts what is asked for now. A server without the calls leaves it to the one that has them.
pub async fn lift_asked(store: &Store, switch: &SwitchHandle) -> Result<()> {
    let mut done = BTreeSet::new();
    for who in store.lifts().await? {
        if switch.lift(who).await.is_some() {
            tracing::info!(
                user = who.map(|user| user.0),
                "outside calls are let go again, by the command line"
            );
            done.insert(who);
        }
    }
    if done.is_empty() {
        Ok(())
    } else {
        store.lifted(&done).await
    }
}
