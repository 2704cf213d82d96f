//! The lamps of line monitoring (manual § 10.1, requirement C21): what a phone is told of the lines and queues that its
//! user monitors. Asterisk keeps a device state for each lamp, and tells it to whoever subscribed to it (RFC 4235).

use crate::telephony::ari::{Ari, DeviceState};
use centrale_core::acd::QueueView;
use centrale_core::exchange::{Exchange, Lamp, LineView, monitored};
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;
use std::collections::BTreeMap;
use tokio::sync::mpsc;

/// What is to be told of a lamp; none: it is no more.
type Told = (String, Option<DeviceState>);

/// The lamps of all phones.
pub(super) struct Lamps {
    /// The lamps that show a user or virtual user.
    of: BTreeMap<UserId, Vec<String>>,
    /// What each shows.
    shown: BTreeMap<String, DeviceState>,
    /// Tells Asterisk, one after the other; none: there are no phones.
    told: Option<mpsc::UnboundedSender<Told>>,
}

impl Lamps {
    pub(super) fn new(ari: Option<Ari>) -> Self {
        let told = ari.map(|ari| {
            let (told, lamps) = mpsc::unbounded_channel();
            tokio::spawn(tell(ari, lamps));
            told
        });
        Self { of: BTreeMap::new(), shown: BTreeMap::new(), told }
    }

    /// Takes in who monitors whom.
    pub(super) fn configure(&mut self, config: &Snapshot, exchange: &Exchange) {
        self.of.clear();
        for watcher in config.users().map(|subscriber| subscriber.user.id) {
            for watched in monitored(config, watcher) {
                if let Some(name) = name(config, watcher, watched) {
                    self.of.entry(watched).or_default().push(name);
                }
            }
        }
        let before = std::mem::take(&mut self.shown);
        for (watched, lamps) in &self.of {
            let state = state(exchange.lamp(config, *watched));
            for lamp in lamps {
                if before.get(lamp) != Some(&state) {
                    self.tell(lamp, Some(state));
                }
                self.shown.insert(lamp.clone(), state);
            }
        }
        for lamp in before.keys().filter(|lamp| !self.shown.contains_key(*lamp)) {
            self.tell(lamp, None);
        }
    }

    /// A line or a queue is not what it was.
    pub(super) fn changed(&mut self, watched: UserId, config: &Snapshot, exchange: &Exchange) {
        let Some(lamps) = self.of.get(&watched) else { return };
        let state = state(exchange.lamp(config, watched));
        for lamp in lamps {
            if self.shown.insert(lamp.clone(), state) != Some(state) {
                self.tell(lamp, Some(state));
            }
        }
    }

    /// Asterisk has begun anew, or was out of sight.
    pub(super) fn tell_all(&self) {
        for (lamp, state) in &self.shown {
            self.tell(lamp, Some(*state));
        }
    }

    fn tell(&self, lamp: &str, state: Option<DeviceState>) {
        if let Some(told) = &self.told {
            // It lives as long as this.
            told.send((lamp.to_owned(), state)).ok();
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

async fn tell(ari: Ari, mut lamps: mpsc::UnboundedReceiver<Told>) {
    while let Some((lamp, state)) = lamps.recv().await {
        let told = match state {
            Some(state) => ari.set_device_state(&lamp, state).await,
            None => ari.forget_device_state(&lamp).await,
        };
        match told {
            Err(error) if !error.is_gone() => tracing::warn!(%error, lamp, "a lamp could not be set"),
            _ => {}
        }
    }
}
