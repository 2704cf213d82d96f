//! Busy lamp fields (BLF), the lamps of line monitoring (manual § 10.1, requirement C21): what a phone is told of the lines and queues that its
//! user monitors. Asterisk keeps a device state for each lamp, and tells it to whoever subscribed to it (RFC 4235).

use crate::telephony::ari::{Ari, DeviceState};
use centrale_core::acd::QueueView;
use centrale_core::exchange::{Exchange, Lamp, LineView, listed, monitored};
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::mpsc;

/// A lamp and its new state; `None`: the lamp is gone.
type Update = (String, Option<DeviceState>);

/// The lamps of all phones.
#[derive(Default)]
pub(super) struct BusyLampField {
    /// The lamps that show a user or virtual user.
    of: BTreeMap<UserId, Vec<String>>,
    /// The lamps that a watcher has, each with whom it shows.
    had_by: BTreeMap<UserId, Vec<(UserId, String)>>,
    /// Whom each watcher wants to monitor, whether or not they may.
    lists: BTreeMap<UserId, Vec<UserId>>,
    /// The same the other way round.
    listed_by: BTreeMap<UserId, BTreeSet<UserId>>,
    /// The state that each lamp shows.
    shown: BTreeMap<String, DeviceState>,
    /// The way to the task that tells Asterisk, in this order; `None`: there are no phones.
    updates: Option<mpsc::UnboundedSender<Update>>,
}

impl BusyLampField {
    pub(super) fn new(ari: Option<Ari>) -> Self {
        let updates = ari.map(|ari| {
            let (updates, lamps) = mpsc::unbounded_channel();
            tokio::spawn(set_states(ari, lamps));
            updates
        });
        Self {
            updates,
            ..Self::default()
        }
    }

    /// Takes in who monitors whom, where these users are not what they were.
    pub(super) fn configure(&mut self, config: &Snapshot, exchange: &Exchange, changed: &[UserId]) {
        for watcher in changed {
            self.list(*watcher, listed(config, *watcher));
        }
        // What a watcher sees is also the watched one's to say.
        let mut watchers: BTreeSet<UserId> = changed.iter().copied().collect();
        watchers.extend(
            changed
                .iter()
                .filter_map(|watched| self.listed_by.get(watched))
                .flatten(),
        );
        for watcher in watchers {
            self.watch(watcher, config, exchange);
        }
        for watched in changed {
            self.changed(*watched, config, exchange);
        }
    }

    /// Notes whom a watcher wants to monitor.
    fn list(&mut self, watcher: UserId, users: &[UserId]) {
        let before = if users.is_empty() {
            self.lists.remove(&watcher)
        } else {
            self.lists.insert(watcher, users.to_vec())
        };
        for watched in before.into_iter().flatten() {
            if let Some(watchers) = self.listed_by.get_mut(&watched) {
                watchers.remove(&watcher);
                if watchers.is_empty() {
                    self.listed_by.remove(&watched);
                }
            }
        }
        for watched in users {
            self.listed_by.entry(*watched).or_default().insert(watcher);
        }
    }

    /// Gives a watcher the lamps that they have now.
    fn watch(&mut self, watcher: UserId, config: &Snapshot, exchange: &Exchange) {
        let before = self.had_by.remove(&watcher).unwrap_or_default();
        for (watched, lamp) in &before {
            if let Some(lamps) = self.of.get_mut(watched) {
                lamps.retain(|one| one != lamp);
                if lamps.is_empty() {
                    self.of.remove(watched);
                }
            }
        }
        let names = |watched| Some((watched, name(config, watcher, watched)?));
        let now: Vec<_> = monitored(config, watcher)
            .into_iter()
            .filter_map(names)
            .collect();
        for (watched, lamp) in &now {
            self.of.entry(*watched).or_default().push(lamp.clone());
            let state = state(exchange.lamp(config, *watched));
            if self.shown.insert(lamp.clone(), state) != Some(state) {
                self.tell(lamp, Some(state));
            }
        }
        for (_, lamp) in before {
            if !now.iter().any(|(_, there)| *there == lamp) && self.shown.remove(&lamp).is_some() {
                self.tell(&lamp, None);
            }
        }
        if !now.is_empty() {
            self.had_by.insert(watcher, now);
        }
    }

    /// A line or a queue is not what it was.
    pub(super) fn changed(&mut self, watched: UserId, config: &Snapshot, exchange: &Exchange) {
        let Some(lamps) = self.of.get(&watched) else {
            return;
        };
        let state = state(exchange.lamp(config, watched));
        for lamp in lamps {
            if self.shown.insert(lamp.clone(), state) != Some(state) {
                self.tell(lamp, Some(state));
            }
        }
    }

    /// Tells Asterisk every state: it was restarted, or the connection to it was lost.
    pub(super) fn tell_all(&self) {
        for (lamp, state) in &self.shown {
            self.tell(lamp, Some(*state));
        }
    }

    fn tell(&self, lamp: &str, state: Option<DeviceState>) {
        if let Some(updates) = &self.updates {
            // The task runs as long as this sender lives.
            updates.send((lamp.to_owned(), state)).ok();
        }
    }
}

/// The lamp at which a watcher sees somebody: as the dial plan names it (`watch-…`), by what its phones dial.
fn name(config: &Snapshot, watcher: UserId, watched: UserId) -> Option<String> {
    let user = &config.user(watched)?.user;
    let dialled = user.extension.map(|extension| extension.to_string());
    let dialled = dialled.or_else(|| user.number.map(|number| number.to_string()))?;
    Some(format!("watch-{watcher}-{dialled}"))
}

fn state(lamp: Lamp) -> DeviceState {
    match lamp {
        Lamp::Line(LineView::Free) | Lamp::Queue(QueueView::Empty) => DeviceState::NotInUse,
        Lamp::Line(LineView::Rings) | Lamp::Queue(QueueView::Alert) => DeviceState::Ringing,
        Lamp::Line(LineView::Busy) | Lamp::Queue(QueueView::Waits) => DeviceState::InUse,
        Lamp::Line(LineView::Parked) => DeviceState::OnHold,
        Lamp::Line(LineView::Away) => DeviceState::Unavailable,
    }
}

async fn set_states(ari: Ari, mut lamps: mpsc::UnboundedReceiver<Update>) {
    while let Some((lamp, state)) = lamps.recv().await {
        let told = match state {
            Some(state) => ari.set_device_state(&lamp, state).await,
            None => ari.forget_device_state(&lamp).await,
        };
        match told {
            Err(error) if !error.is_gone() => {
                tracing::warn!(%error, lamp, "a lamp could not be set");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
