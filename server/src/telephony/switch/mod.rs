//! The switch: the one owner of live state. It runs core's call machine for each call and core's exchange for what calls
//! share, in one task that never waits: what takes time is done by a task of each call (`call_task`), which reports back.
//! Core decides what happens to a call; the switch knows only channels, bridges and clocks.

mod actions;
mod blf;
mod call_request;
mod call_task;
mod calls;
mod channel_command;
mod channel_names;
mod deliver;
mod effects;
mod events;
mod handle;
mod messages;
mod mwi;
mod originate;
mod passcode;
mod persist;
mod phones;
mod prompts;
mod recovery;
mod running_call;
mod sip_message;
mod state;

pub use handle::{Command, SwitchHandle};
pub(super) use persist::EXCHANGE_KEY;

use super::accounts::AccountBook;
use super::ari::{Ari, ChannelId, Signal};
use super::look_ups::own_sounds::OwnSounds;
use crate::clock::Clock;
use crate::live::Live;
use crate::mail::Mailer;
use crate::store::Store;
use centrale_core::call::{Input, LegId, Side};
use centrale_core::exchange::PersistedExchange;
use centrale_core::id::CallRef;
use state::Switch;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How often what outlives a restart is looked at, and stored when it changed.
const PERSIST_EVERY: Duration = Duration::from_secs(1);
/// How often what was counted is stored: what a crash loses at most.
const COUNT_EVERY: Duration = Duration::from_mins(1);

/// The dependencies of the switch.
#[derive(Clone)]
pub(super) struct SwitchDeps {
    /// The configuration; a call takes the snapshot of the moment it comes in.
    pub(super) live: Arc<Live>,
    /// Where what outlives a restart is kept, and settings that codes change.
    pub(super) store: Store,
    /// Tells the time.
    pub(super) clock: Arc<dyn Clock>,
    /// Takes emails; none: mail is off.
    pub(super) mail: Option<Mailer>,
    /// The phones; none: agents and queues only.
    pub(super) phones: Option<Phones>,
}

/// Asterisk and what it needs to serve phones.
#[derive(Clone)]
pub(super) struct Phones {
    /// The client of Asterisk's REST interface.
    pub(super) ari: Ari,
    /// The SIP accounts, and whose phones they are.
    pub(super) accounts: Arc<AccountBook>,
    /// Where messages that callers leave are kept.
    pub(super) messages: PathBuf,
    /// The address at which Asterisk finds that folder.
    pub(super) served: String,
    /// Uploads and links, as Asterisk finds them.
    pub(super) sounds: Arc<OwnSounds>,
    /// Held by who sets a message-waiting lamp.
    pub(super) mwi: mwi::UpdateLock,
}

/// What the tasks of calls and phones report to the switch.
#[derive(Debug)]
pub(super) enum Report {
    /// A fact for the call.
    Fact(CallRef, Input),
    /// A leg could not be rung.
    NotRung(CallRef, LegId),
    /// A phone could not be rung for a callback.
    NotCalledBack(ChannelId),
    /// Where the phones of accounts are: each with whether it can be reached.
    Accounts(Vec<(String, bool)>),
    /// The channels that live, and which of them talk with each other.
    Recovered(recovery::Recovered),
}

/// Serves calls, agents and queues until nobody holds the other end of the commands.
pub(super) async fn serve(
    deps: SwitchDeps,
    kept: PersistedExchange,
    mut signals: Option<mpsc::Receiver<Signal>>,
    mut commands: mpsc::Receiver<Command>,
    handle: SwitchHandle,
) {
    let (reports, mut reported) = mpsc::unbounded_channel();
    let mut changed = deps.live.changes();
    let mut persist = tokio::time::interval(PERSIST_EVERY);
    persist.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut count = tokio::time::interval(COUNT_EVERY);
    count.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let own_handle = handle.clone();
    let mut switch = Switch::new(deps, kept, reports, handle);
    switch.configure();
    loop {
        let wait = switch.wait();
        tokio::select! {
            Some(report) = reported.recv() => switch.reported(report),
            signal = next(&mut signals) => match signal {
                // The calls are another's now, with their histories and all that is kept: this server is done with them.
                Some(Signal::Replaced) => {
                    tracing::error!("another server has taken over the calls: this one stands down until it is started anew");
                    return own_handle.stand_down();
                }
                Some(signal) => switch.signal(signal),
                None => return,
            },
            command = commands.recv() => match command {
                Some(command) => switch.command(command),
                None => return,
            },
            Ok(()) = changed.changed() => switch.configure(),
            _ = persist.tick() => switch.persist(),
            _ = count.tick() => switch.persist_statistics(),
            () = until(wait) => switch.elapsed(),
        }
    }
}

async fn next(signals: &mut Option<mpsc::Receiver<Signal>>) -> Option<Signal> {
    match signals {
        Some(signals) => signals.recv().await,
        None => std::future::pending().await,
    }
}

async fn until(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

/// The side of a call and its channel.
type CallSide = (CallRef, Side);
