//! The switch: the one owner of live state. It runs core's call machine for each call and core's exchange for what calls
//! share, in one task that never waits: what takes time is done by a task of each call (`hands`), which reports back.
//! What happens to a call is core's to say; here are only channels, bridges and clocks.

mod caller;
mod deeds;
mod deliver;
mod events;
mod hands;
mod keeper;
mod lamps;
mod messages;
mod monitor;
mod names;
mod owner;
mod passcode;
mod relearn;
mod running;
mod sounds;
mod texts;
mod watch;

pub(super) use keeper::NAME as KEPT;
pub use watch::{Calls, Command};

use super::accounts::AccountBook;
use super::ari::{Ari, ChannelId, Signal};
use super::own_sounds::OwnSounds;
use crate::clock::Clock;
use crate::live::Live;
use crate::mail::Mailer;
use crate::store::Store;
use centrale_core::call::{Input, LegId, Side};
use centrale_core::exchange::PersistedExchange;
use centrale_core::id::CallRef;
use owner::Switch;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How often what outlives a restart is looked at, to be kept when it changed.
const KEEP_EVERY: Duration = Duration::from_secs(1);
/// How often what was counted is stored: what a crash loses at most.
const COUNT_EVERY: Duration = Duration::from_mins(1);

/// What the switch stands on.
#[derive(Clone)]
pub(super) struct Ground {
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

/// The phones.
#[derive(Clone)]
pub(super) struct Phones {
    /// Asterisk.
    pub(super) ari: Ari,
    /// Whose phones there are.
    pub(super) accounts: Arc<AccountBook>,
    /// Where messages that callers leave are kept.
    pub(super) messages: PathBuf,
    /// The address at which Asterisk finds that folder.
    pub(super) served: String,
    /// Uploads and links, as Asterisk finds them.
    pub(super) sounds: Arc<OwnSounds>,
    /// Whose turn it is to set a message-waiting lamp.
    pub(super) lamps: lamps::Turn,
}

/// What a call's own task reports.
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
    Learnt(relearn::Learnt),
}

/// Serves calls, agents and queues until nobody holds the other end of the commands.
pub(super) async fn serve(
    ground: Ground,
    kept: PersistedExchange,
    mut signals: Option<mpsc::Receiver<Signal>>,
    mut commands: mpsc::Receiver<Command>,
    calls: Calls,
) {
    let (reports, mut reported) = mpsc::unbounded_channel();
    let mut changed = ground.live.changes();
    let mut keep = tokio::time::interval(KEEP_EVERY);
    keep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut count = tokio::time::interval(COUNT_EVERY);
    count.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let stood = calls.clone();
    let mut switch = Switch::new(ground, kept, reports, calls);
    switch.configure();
    loop {
        let wait = switch.wait();
        tokio::select! {
            Some(report) = reported.recv() => switch.reported(report),
            signal = next(&mut signals) => match signal {
                // The calls are another's now, with their histories and all that is kept: this server is done with them.
                Some(Signal::Replaced) => {
                    tracing::error!("another server has taken over the calls: this one stands down until it is started anew");
                    return stood.stand_down();
                }
                Some(signal) => switch.signal(signal),
                None => return,
            },
            command = commands.recv() => match command {
                Some(command) => switch.command(command),
                None => return,
            },
            Ok(()) = changed.changed() => switch.configure(),
            _ = keep.tick() => switch.keep(),
            _ = count.tick() => switch.keep_statistics(),
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
type Seat = (CallRef, Side);
