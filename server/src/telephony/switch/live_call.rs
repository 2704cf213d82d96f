//! One live call: facts go into core's machine, and its actions are carried out in order.

use super::super::ari::{ChannelId, HangupCause};
use super::super::incoming::Incoming;
use super::names::{CallId, Named};
use super::{Ground, caller};
use centrale_core::call::{Action, Call, Detail, Input, LegId, write_trace};
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;
use centrale_core::trace::LegFailure;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long a finished call waits for the last sounds of a message, so that it is kept.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What happened to something of this call.
#[derive(Clone, Debug)]
pub(super) enum Fact {
    /// A channel rings.
    Ringing(ChannelId),
    /// A channel was answered.
    Answered(ChannelId),
    /// A channel is gone.
    Gone(ChannelId, HangupCause),
    /// A playback is done.
    Played,
    /// A recording is done.
    Recorded,
    /// After a break: these channels still live.
    Alive(HashSet<ChannelId>),
}

/// A call with everything that was made for it.
pub(super) struct LiveCall {
    pub(super) ground: Ground,
    pub(super) named: Named,
    pub(super) config: Arc<Snapshot>,
    pub(super) caller: ChannelId,
    pub(super) request: centrale_core::call::Request,
    pub(super) machine: Call,
    /// The legs that were rung and are not gone.
    pub(super) legs: BTreeSet<LegId>,
    /// The leg that is connected.
    pub(super) talking: Option<LegId>,
    pub(super) bridged: bool,
    /// The legs that are given up now lost to another that was answered: no call was missed on them.
    pub(super) answered_elsewhere: bool,
    pub(super) playbacks: u32,
    pub(super) splashes: usize,
    /// The mailbox whose greeting plays, or into which is recorded.
    pub(super) mailbox: Option<(UserId, Mailbox)>,
    /// Facts that the actions themselves produced.
    pub(super) own: VecDeque<Input>,
}

/// How far a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mailbox {
    /// The greeting plays.
    Greeting,
    /// The message is recorded.
    Recording,
    /// The message is complete.
    Complete,
}

impl LiveCall {
    pub(super) fn new(ground: Ground, id: CallId, caller: ChannelId, incoming: &Incoming) -> Self {
        let config = ground.live.view().snapshot.clone();
        let request = caller::request(incoming, &ground.accounts, &config);
        Self {
            machine: Call::new(config.clone(), request.clone()),
            named: Named::new(id),
            ground,
            config,
            caller,
            request,
            legs: BTreeSet::new(),
            talking: None,
            bridged: false,
            answered_elsewhere: false,
            playbacks: 0,
            splashes: 0,
            mailbox: None,
            own: VecDeque::new(),
        }
    }

    pub(super) async fn run(mut self, mut facts: mpsc::UnboundedReceiver<Fact>) {
        self.feed(Input::Start).await;
        while !self.machine.ended() {
            let fact = tokio::select! {
                fact = facts.recv() => fact,
                () = until(self.wait()) => {
                    self.feed(Input::TimerElapsed).await;
                    continue;
                }
            };
            let Some(fact) = fact else { break };
            for input in self.read(fact).await {
                self.feed(input).await;
            }
        }
        self.close(&mut facts).await;
    }

    /// Gives a fact to the machine and does what it says, and what follows from that.
    async fn feed(&mut self, input: Input) {
        self.own.push_back(input);
        while let Some(input) = self.own.pop_front() {
            let actions = self.machine.handle(self.ground.clock.now(), input);
            self.answered_elsewhere = actions.iter().any(|action| matches!(action, Action::Bridge(_)));
            for action in actions {
                self.act(action).await;
            }
        }
    }

    fn wait(&self) -> Option<Duration> {
        let timeout = self.machine.next_timeout()?;
        let milliseconds = timeout.since(self.ground.clock.now()).max(0);
        Some(Duration::from_millis(milliseconds.unsigned_abs()))
    }

    async fn read(&mut self, fact: Fact) -> Vec<Input> {
        match fact {
            Fact::Ringing(channel) => self.leg(&channel).map(Input::LegRinging).into_iter().collect(),
            Fact::Answered(channel) => {
                if let Some(leg) = self.leg(&channel) {
                    return vec![Input::LegAnswered(leg)];
                }
                // A short ring that somebody picked up all the same, or a leg just given up.
                self.hang_up(&channel, HangupCause::NORMAL).await;
                Vec::new()
            }
            Fact::Gone(channel, _) if channel == self.caller => vec![Input::CallerHungUp],
            Fact::Gone(channel, cause) => self.gone(&channel, cause).into_iter().collect(),
            Fact::Played => self.played().await.into_iter().collect(),
            Fact::Recorded => self.recorded().into_iter().collect(),
            Fact::Alive(alive) => self.missing(&alive),
        }
    }

    fn leg(&self, channel: &ChannelId) -> Option<LegId> {
        self.named.leg_of(channel).filter(|leg| self.legs.contains(leg))
    }

    fn gone(&mut self, channel: &ChannelId, cause: HangupCause) -> Option<Input> {
        let leg = self.leg(channel)?;
        self.legs.remove(&leg);
        Some(if self.talking == Some(leg) {
            Input::LegHungUp(leg)
        } else if cause.is_unreachable() || cause == HangupCause::NO_ANSWER {
            Input::LegFailed(leg, LegFailure::Unreachable)
        } else {
            Input::LegFailed(leg, LegFailure::Busy)
        })
    }

    fn missing(&mut self, alive: &HashSet<ChannelId>) -> Vec<Input> {
        if !alive.contains(&self.caller) {
            return vec![Input::CallerHungUp];
        }
        let lost: Vec<_> =
            self.legs.iter().map(|leg| self.named.leg(*leg)).filter(|c| !alive.contains(c)).collect();
        lost.iter().filter_map(|channel| self.gone(channel, HangupCause::NORMAL)).collect()
    }

    /// Takes down what was made for the call, and keeps a message that is still being written.
    async fn close(&mut self, facts: &mut mpsc::UnboundedReceiver<Fact>) {
        if matches!(self.mailbox, Some((_, Mailbox::Recording))) {
            let last = async {
                while let Some(fact) = facts.recv().await {
                    if let Fact::Recorded = fact {
                        return;
                    }
                }
            };
            if tokio::time::timeout(LAST_WORDS, last).await.is_ok() {
                self.recorded();
            }
        }
        self.keep_message().await;
        for leg in std::mem::take(&mut self.legs) {
            self.hang_up(&self.named.leg(leg), HangupCause::NORMAL).await;
        }
        if self.bridged {
            self.tried(self.ground.ari.destroy_bridge(&self.named.bridge()).await, "destroy the bridge");
        }
        let mut trace = String::new();
        if write_trace(&mut trace, self.machine.trace(), &self.config, Detail::Full).is_ok() {
            tracing::debug!(version = self.machine.config_version(), "call over\n{trace}");
        }
    }
}

async fn until(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
