//! The switch: one task a call, each with core's call machine; events are handed to the call they belong to.
//! What happens to a call is core's to say; here are only channels, bridges and clocks.

mod act;
mod caller;
mod live_call;
mod names;

use super::accounts::AccountBook;
use super::ari::{Ari, ChannelId, Event, HangupCause, Signal};
use super::incoming::Incoming;
use crate::clock::Clock;
use crate::live::Live;
use live_call::{Fact, LiveCall};
use names::CallId;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;

/// What every call is given.
#[derive(Clone)]
pub(super) struct Ground {
    /// Asterisk.
    pub(super) ari: Ari,
    /// The configuration; a call takes the snapshot of the moment it comes in.
    pub(super) live: Arc<Live>,
    /// Whose phones there are.
    pub(super) accounts: Arc<AccountBook>,
    /// Tells the time.
    pub(super) clock: Arc<dyn Clock>,
    /// Where messages that callers leave are kept.
    pub(super) messages: PathBuf,
}

struct Running {
    facts: mpsc::UnboundedSender<Fact>,
    caller: ChannelId,
}

/// Serves calls until the stream of signals ends.
pub(super) async fn serve(ground: Ground, mut signals: mpsc::Receiver<Signal>) {
    let mut switch = Switch::new(ground);
    let (ended, mut over) = mpsc::unbounded_channel();
    loop {
        tokio::select! {
            signal = signals.recv() => match signal {
                Some(Signal::Connected) => switch.resume().await,
                Some(Signal::Event(event)) => switch.event(*event, &ended),
                Some(Signal::Disconnected) => tracing::warn!("Asterisk's events have stopped; calls that last go on"),
                None => return,
            },
            Some(call) = over.recv() => switch.forget(call),
        }
    }
}

struct Switch {
    ground: Ground,
    calls: HashMap<CallId, Running>,
    callers: HashMap<ChannelId, CallId>,
    /// Ids of calls begin with the moment of the start, so that those of an earlier run cannot be mistaken for ours.
    epoch: i64,
    count: u64,
}

impl Switch {
    fn new(ground: Ground) -> Self {
        let epoch = ground.clock.now().0;
        Self { ground, calls: HashMap::new(), callers: HashMap::new(), epoch, count: 0 }
    }

    fn event(&mut self, event: Event, ended: &mpsc::UnboundedSender<CallId>) {
        match event {
            Event::StasisStart { channel, args } => match Incoming::from_args(&args) {
                Some(incoming) => self.begin(channel.id, incoming, ended),
                None => self.tell(&channel.id, Fact::Answered),
            },
            Event::ChannelStateChange { channel } if channel.is_ringing() => {
                self.tell(&channel.id, Fact::Ringing);
            }
            Event::ChannelHangupRequest { channel, cause } if self.callers.contains_key(&channel.id) => {
                self.tell(&channel.id, |channel| Fact::Gone(channel, cause.unwrap_or(HangupCause::NORMAL)));
            }
            // An incoming leg just leaves the application when its caller gives up.
            Event::StasisEnd { channel } if self.callers.contains_key(&channel.id) => {
                self.tell(&channel.id, |channel| Fact::Gone(channel, HangupCause::NORMAL));
            }
            Event::ChannelDestroyed { channel, cause } => {
                self.tell(&channel.id, |channel| Fact::Gone(channel, cause));
            }
            Event::PlaybackFinished { playback } => self.tell_named(&playback.id.0, Fact::Played),
            Event::RecordingFinished { recording } | Event::RecordingFailed { recording } => {
                self.tell_named(&recording.name.0, Fact::Recorded);
            }
            Event::ApplicationReplaced => {
                tracing::error!("another server has taken over the calls of this one");
            }
            _ => {}
        }
    }

    fn begin(&mut self, caller: ChannelId, incoming: Incoming, ended: &mpsc::UnboundedSender<CallId>) {
        self.count += 1;
        let id = CallId { epoch: self.epoch, number: self.count };
        let (facts, inbox) = mpsc::unbounded_channel();
        self.callers.insert(caller.clone(), id);
        self.calls.insert(id, Running { facts, caller: caller.clone() });
        let (ground, ended) = (self.ground.clone(), ended.clone());
        tokio::spawn(async move {
            LiveCall::new(ground, id, caller, &incoming).run(inbox).await;
            // The switch may be gone already: then nobody is left to be told.
            ended.send(id).ok();
        });
    }

    fn tell(&self, channel: &ChannelId, fact: impl FnOnce(ChannelId) -> Fact) {
        let call = self.callers.get(channel).copied().or_else(|| CallId::of(&channel.0));
        self.deliver(call, fact(channel.clone()));
    }

    fn tell_named(&self, name: &str, fact: Fact) {
        self.deliver(CallId::of(name), fact);
    }

    /// Facts of calls that are over, or of an earlier run, find nobody and do not matter.
    fn deliver(&self, call: Option<CallId>, fact: Fact) {
        if let Some(running) = call.and_then(|id| self.calls.get(&id)) {
            running.facts.send(fact).ok();
        }
    }

    fn forget(&mut self, call: CallId) {
        if let Some(running) = self.calls.remove(&call) {
            self.callers.remove(&running.caller);
        }
    }

    /// After a break of the stream: channels that ended meanwhile are told to their calls.
    async fn resume(&mut self) {
        tracing::info!(calls = self.calls.len(), "connected to Asterisk");
        // Asterisk lists the accounts when it starts, which may have been before we could tell it.
        if let Err(error) = self.ground.ari.reload_accounts().await {
            tracing::error!(%error, "the accounts could not be listed anew");
        }
        match self.ground.ari.channels().await {
            Ok(channels) => {
                let alive: HashSet<ChannelId> = channels.into_iter().map(|channel| channel.id).collect();
                for running in self.calls.values() {
                    running.facts.send(Fact::Alive(alive.clone())).ok();
                }
            }
            Err(error) => tracing::error!(%error, "the channels that live could not be asked for"),
        }
    }
}
