//! What Asterisk tells, as facts of the call to which the channel belongs.

use super::call_task::hang_up_stray;
use super::channel_names::CallId;
use super::{Report, Switch};
use crate::telephony::ari::{ChannelId, EndpointState, Event, HangupCause, ReferTo};
use crate::telephony::incoming::{Incoming, Presentation};
use centrale_core::call::{Input, Side};
use centrale_core::organisation::Key;
use centrale_core::trace::LegFailure;

impl Switch {
    pub(super) fn event(&mut self, event: Event) {
        match event {
            Event::StasisStart { channel, args } => match Incoming::from_args(&args) {
                Some(incoming) => self.incoming_call(channel.id, &incoming),
                None => self.answered(channel.id),
            },
            Event::ChannelStateChange { channel } if channel.is_ringing() => {
                if let Some((call, Side::Leg(leg))) = self.channels.get(&channel.id).copied() {
                    self.tell(call, Input::LegRinging(leg));
                }
            }
            Event::ChannelHangupRequest { channel, cause } if is_incoming(&channel.id) => {
                self.channel_gone(&channel.id, cause.unwrap_or(HangupCause::NORMAL));
            }
            // An incoming leg just leaves the application when its caller gives up.
            Event::StasisEnd { channel } if is_incoming(&channel.id) => {
                self.channel_gone(&channel.id, HangupCause::NORMAL);
            }
            Event::ChannelDestroyed { channel, cause } => self.channel_gone(&channel.id, cause),
            Event::ChannelDtmfReceived { channel, digit, .. } => {
                if let (Some((call, side)), Some(key)) =
                    (self.channels.get(&channel.id).copied(), Key::new(digit))
                {
                    self.tell(call, Input::Key(side, key));
                }
            }
            Event::ChannelHold { channel } => self.holds(&channel.id, true),
            Event::ChannelUnhold { channel } => self.holds(&channel.id, false),
            Event::ChannelTransfer {
                refer_to,
                referred_by,
                state: None,
            } => {
                self.transfer(&referred_by.source_channel.id, *refer_to);
            }
            Event::PlaybackFinished { playback } => self.played(&playback.id),
            Event::RecordingFinished { recording } | Event::RecordingFailed { recording } => {
                let recorded = self
                    .calls
                    .iter()
                    .find(|(_, r)| r.names.message() == recording.name);
                if let Some(call) = recorded.map(|(call, _)| *call) {
                    self.tell(call, Input::Finished);
                }
            }
            Event::EndpointStateChange { endpoint } => {
                self.accounts(&[(endpoint.resource, endpoint.state == EndpointState::Online)]);
            }
            Event::ContactStatusChange { endpoint, .. } => self.ask_account(endpoint.resource),
            _ => {}
        }
    }

    fn answered(&mut self, channel: ChannelId) {
        if let Some((caller, callee)) = self.callbacks.get(&channel).copied() {
            self.called_back(channel.clone(), caller, callee);
            return self.callback_gone(&channel);
        }
        match self.channels.get(&channel).copied() {
            Some((call, Side::Leg(leg))) => {
                if let Some(running) = self.calls.get_mut(&call) {
                    running.answered.insert(channel);
                }
                self.tell(call, Input::LegAnswered(leg));
            }
            Some((_, Side::Caller)) => {}
            // A short ring that somebody picked up all the same, or a leg just given up.
            None => self
                .phones()
                .iter()
                .for_each(|phones| hang_up_stray(phones, channel.clone())),
        }
    }

    /// A phone that was called back calls the other, as if they had dialled themselves.
    fn called_back(
        &mut self,
        channel: ChannelId,
        caller: centrale_core::id::UserId,
        callee: centrale_core::id::UserId,
    ) {
        let config = self.deps.live.view().snapshot.clone();
        let Some(phones) = self.phones() else { return };
        let account = config
            .user(caller)
            .and_then(|s| s.user.devices.first().map(|d| d.account.clone()));
        let number = config.user(callee).and_then(|s| {
            s.user
                .number
                .map(|n| n.to_string())
                .or_else(|| s.user.extension.map(|e| e.to_string()))
        });
        match (account, number) {
            (Some(account), Some(dialed)) => {
                let presentation = Presentation::Allowed;
                self.incoming_call(
                    channel,
                    &Incoming {
                        account,
                        presentation,
                        number: String::new(),
                        dialed,
                    },
                );
            }
            _ => hang_up_stray(&phones, channel),
        }
    }

    /// A channel is gone: a caller or a leg hung up, or a leg could not be reached.
    pub(super) fn channel_gone(&mut self, channel: &ChannelId, cause: HangupCause) {
        self.callback_gone(channel);
        let Some((call, side)) = self.channels.remove(channel) else {
            return;
        };
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        running.sides.remove(&side);
        running.playing.remove(&side);
        let answered = running.answered.contains(channel);
        let input = match side {
            Side::Caller => Input::CallerHungUp,
            Side::Leg(leg) if answered => Input::LegHungUp(leg),
            Side::Leg(leg) if cause.is_unreachable() || cause == HangupCause::NO_ANSWER => {
                Input::LegFailed(leg, LegFailure::Unreachable)
            }
            Side::Leg(leg) => Input::LegFailed(leg, LegFailure::Busy),
        };
        self.tell(call, input);
    }

    /// A phone sends its call elsewhere: to digits, or to whom it talks with in another call.
    fn transfer(&mut self, by: &ChannelId, to: ReferTo) {
        let Some((call, side)) = self.channels.get(by).copied() else {
            return;
        };
        let Some(running) = self.calls.get_mut(&call) else {
            return;
        };
        running.transfers = Some(by.clone());
        let consulted = to
            .destination_channel
            .and_then(|channel| self.channels.get(&channel.id).copied());
        match (consulted, to.requested_destination.destination) {
            (Some((other, _)), _) => self.join(call, side, other),
            (None, Some(to)) => self.tell(
                call,
                Input::Transfer {
                    by: side,
                    to,
                    consulted: false,
                },
            ),
            (None, None) => tracing::warn!("a transfer to nowhere"),
        }
        // All that follows has happened by now: who was not let go is refused.
        if let Some(running) = self.calls.get_mut(&call) {
            running.tell_transfer(false);
        }
    }

    fn holds(&mut self, channel: &ChannelId, holds: bool) {
        if let Some((call, side)) = self.channels.get(channel).copied() {
            self.tell(call, Input::Held(side, holds));
        }
    }

    fn played(&mut self, playback: &crate::telephony::ari::PlaybackId) {
        let found = self.calls.iter().find_map(|(call, running)| {
            if running.names.mailbox() == *playback {
                return Some((*call, Side::Caller, true));
            }
            let side = running
                .playing
                .iter()
                .find(|(_, id)| *id == playback)
                .map(|(side, _)| *side)?;
            Some((*call, side, false))
        });
        let Some((call, side, mailbox)) = found else {
            return;
        };
        if !mailbox && let Some(running) = self.calls.get_mut(&call) {
            running.playing.remove(&side);
        }
        self.tell(
            call,
            match side {
                Side::Caller => Input::Finished,
                Side::Leg(leg) => Input::LegFinished(leg),
            },
        );
    }

    /// Asterisk counts several contacts of an account together: it is asked how the account as a whole is.
    fn ask_account(&self, account: String) {
        let (Some(phones), reports) = (self.phones(), self.reports.clone()) else {
            return;
        };
        tokio::spawn(async move {
            let online = match phones.ari.endpoint(&account).await {
                Ok(endpoint) => endpoint.state == EndpointState::Online,
                // An account that was never used has no phone.
                Err(error) if error.is_gone() => false,
                Err(error) => return tracing::warn!(%error, "a phone could not be asked for"),
            };
            reports.send(Report::Accounts(vec![(account, online)])).ok();
        });
    }
}

/// It called in, whatever side of a call it is at by now; we did not ring it.
fn is_incoming(channel: &ChannelId) -> bool {
    CallId::from_name(&channel.0).is_none()
}
