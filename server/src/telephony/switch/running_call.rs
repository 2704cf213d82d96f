//! A call that runs: its machine, its channels, and what plays to them.

use super::channel_command::ChannelCommand;
use super::channel_names::ChannelNames;
use crate::telephony::ari::{ChannelId, HangupCause, PlaybackId};
use centrale_core::call::{Call, Request, Side};
use centrale_core::snapshot::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::mpsc;

/// A call, with the snapshot it began with.
pub(super) struct RunningCall {
    pub(super) machine: Call,
    pub(super) config: Arc<Snapshot>,
    pub(super) request: Request,
    pub(super) names: ChannelNames,
    /// The channel at each side.
    pub(super) sides: BTreeMap<Side, ChannelId>,
    /// What plays at each side, whose end is to be told.
    pub(super) playing: BTreeMap<Side, PlaybackId>,
    /// How many playbacks and splashes were named.
    pub(super) counted: u32,
    /// The leg that is connected last: the others are given up because it was answered.
    pub(super) answered_elsewhere: bool,
    /// The channels of legs that were answered.
    pub(super) answered: BTreeSet<ChannelId>,
    /// Whose phone asked for a transfer and does not know yet what came of it.
    pub(super) transfers: Option<ChannelId>,
    /// The way to the task of the call.
    pub(super) commands: mpsc::UnboundedSender<ChannelCommand>,
}

impl RunningCall {
    /// Tells the phone that asked for a transfer what came of it, once.
    pub(super) fn tell_transfer(&mut self, done: bool) {
        if let Some(by) = self.transfers.take() {
            self.send(ChannelCommand::ReportTransfer(by, done));
        }
    }

    /// Hangs up a channel of this call. Who transferred is let go because it is done.
    pub(super) fn let_go(&mut self, channel: ChannelId, cause: HangupCause) {
        if self.transfers.as_ref() == Some(&channel) {
            self.tell_transfer(true);
        }
        self.send(ChannelCommand::HangUp(channel, cause));
    }

    /// Gives a command to the task of the call; when that is gone, so is the call.
    pub(super) fn send(&self, command: ChannelCommand) {
        self.commands.send(command).ok();
    }

    pub(super) fn channel(&self, side: Side) -> Option<ChannelId> {
        self.sides.get(&side).cloned()
    }

    /// The next number for a name.
    pub(super) fn count(&mut self) -> u32 {
        self.counted += 1;
        self.counted
    }
}
