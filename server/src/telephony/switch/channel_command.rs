//! Commands for the task of a call: the actions of the call machine with every channel and file resolved.

use super::Phones;
use super::prompts::media;
use super::running_call::RunningCall;
use crate::telephony::accounts::language;
use crate::telephony::ari::{ChannelId, HangupCause, Media, Originate, PlaybackId};
use centrale_core::call::{
    Delivery, LegAction, LegId, MailboxAction, MediaAction, Side, SignalAction, Sound,
};
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::organisation::{Clip, Language};
use centrale_core::passcode::Typed;
use centrale_core::service::ServiceId;
use centrale_core::snapshot::Subscriber;
use centrale_core::trace::{Cause, What};
use serde_json::Value;

/// One thing to do with the channels, the mailbox or the settings of a call.
#[derive(Debug)]
pub(super) enum ChannelCommand {
    /// Tells the caller that it rings.
    Alert(ChannelId),
    /// Tells the caller that the call is being forwarded (SIP: 181).
    ForwardingNotice(ChannelId),
    Answer(ChannelId),
    /// Rings a leg.
    Ring(LegId, Box<Originate>),
    /// Lets a phone play a short ring.
    RingSplash(Box<Originate>),
    HangUp(ChannelId, HangupCause),
    /// Tells a phone whether the transfer which it asked for is done.
    ReportTransfer(ChannelId, bool),
    /// Connects these; the first is answered if it is not yet.
    Bridge(ChannelId, ChannelId),
    /// Takes these out of the bridge.
    Unbridge(ChannelId, ChannelId),
    /// Plays to the channel of a side, in a language.
    Play(Side, ChannelId, PlaybackId, Vec<Media>, &'static str),
    StopPlaying(PlaybackId),
    /// Plays the music of a class until something else is to be heard.
    Music(ChannelId, String),
    /// Plays ringback until something else is to be heard.
    Ringback(ChannelId),
    /// Stops music and ringback.
    Silence(ChannelId),
    /// Records a message.
    Record(ChannelId),
    /// Plays the messages of a user's mailbox, in a language.
    PlayMessages(UserId, ChannelId, &'static str),
    /// Counts the messages of a user's mailbox.
    CountMessages(UserId),
    /// Checks what was keyed in as the passcode of a user's mailbox.
    CheckPasscode(UserId, Typed),
    /// Shows the caller this number and name instead of who answers; withheld when the last is true.
    ShowConnected(ChannelId, String, String, bool),
    /// Tells how long what was recorded for a user is.
    MeasureMessage(UserId),
    /// Delivers the message that this caller left.
    DeliverMessage(UserId, Caller, Box<Delivery>),
    /// Marks all messages of a user's mailbox as heard.
    ClearMessages(UserId),
    /// Saves the settings of a service.
    SaveSettings(UserId, ServiceId, Value),
}

impl RunningCall {
    /// Rings, connects and lets go; the leg, when there is no way to it.
    pub(super) fn leg_action(&mut self, action: &LegAction, phones: &Phones) -> Result<(), LegId> {
        let caller = self.channel(Side::Caller);
        match action {
            LegAction::Ring {
                leg,
                endpoint,
                manner,
            } => return self.ring(*leg, *endpoint, manner, phones),
            LegAction::CancelLeg(leg) => {
                if let Some(channel) = self.sides.remove(&Side::Leg(*leg)) {
                    let elsewhere = self.answered_elsewhere;
                    let cause = if elsewhere {
                        HangupCause::ANSWERED_ELSEWHERE
                    } else {
                        HangupCause::NORMAL
                    };
                    self.let_go(channel, cause);
                }
            }
            LegAction::Bridge(leg) | LegAction::Conference(leg) => {
                if let (Some(caller), Some(leg)) = (caller, self.channel(Side::Leg(*leg))) {
                    self.send(ChannelCommand::Bridge(caller, leg));
                }
            }
            LegAction::Unbridge(leg) => {
                if let (Some(caller), Some(leg)) = (caller, self.channel(Side::Leg(*leg))) {
                    self.send(ChannelCommand::Unbridge(caller, leg));
                }
            }
            LegAction::BecomeCaller(leg) => {
                if let Some(channel) = self.sides.remove(&Side::Leg(*leg)) {
                    // Who transferred is let go.
                    if let Some(before) = self.sides.insert(Side::Caller, channel) {
                        self.let_go(before, HangupCause::NORMAL);
                    }
                }
            }
            LegAction::Release(cause) => {
                if let Some(channel) = self.sides.remove(&Side::Caller) {
                    self.let_go(channel, release_cause(*cause));
                }
            }
        }
        Ok(())
    }

    /// Signals to phones.
    pub(super) fn signal_action(&mut self, action: &SignalAction, phones: &Phones) {
        match action {
            SignalAction::Alert => self.at_caller(ChannelCommand::Alert),
            SignalAction::Answer => self.at_caller(ChannelCommand::Answer),
            SignalAction::ForwardingNotice => self.at_caller(ChannelCommand::ForwardingNotice),
            SignalAction::RingSplash(user) => self.splash(*user, phones),
            SignalAction::Connected(shown) => {
                let extension = shown.extension.map(|e| e.to_string());
                let number = extension
                    .or_else(|| shown.number.map(|n| n.to_string()))
                    .unwrap_or_default();
                let (name, hidden) = (shown.name.clone(), shown.withheld);
                self.at_caller(|channel| {
                    ChannelCommand::ShowConnected(channel, number, name, hidden)
                });
            }
        }
    }

    /// Lets caller and legs hear something, or stops it.
    pub(super) fn media_action(&mut self, action: &MediaAction, phones: &Phones) {
        match action {
            MediaAction::Play(sounds) => self.play(Side::Caller, sounds, phones),
            MediaAction::PlayTo(leg, sounds) => self.play(Side::Leg(*leg), sounds, phones),
            MediaAction::StopPlaying => {
                if let Some(playback) = self.playing.remove(&Side::Caller) {
                    self.send(ChannelCommand::StopPlaying(playback));
                }
            }
            MediaAction::Music(clips) => self.music(Side::Caller, clips, phones),
            MediaAction::MusicTo(leg, clips) => self.music(Side::Leg(*leg), clips, phones),
            MediaAction::Ringback => self.at_caller(ChannelCommand::Ringback),
            MediaAction::Silence => self.at_caller(ChannelCommand::Silence),
            MediaAction::SilenceTo(leg) => self.at_side(Side::Leg(*leg), ChannelCommand::Silence),
        }
    }

    /// Records, measures, delivers and plays messages, and checks who may hear them.
    pub(super) fn mailbox_action(&mut self, action: &MailboxAction) {
        match action {
            MailboxAction::Record(_) => self.at_caller(ChannelCommand::Record),
            MailboxAction::Listen(user) => {
                let prompt_language = self.prompt_language();
                self.at_caller(|channel| {
                    ChannelCommand::PlayMessages(*user, channel, prompt_language)
                });
            }
            MailboxAction::Deliver { user, how } => {
                self.send(ChannelCommand::DeliverMessage(
                    *user,
                    self.machine.caller(),
                    how.clone(),
                ));
            }
            MailboxAction::AskMessage(user) => self.send(ChannelCommand::MeasureMessage(*user)),
            MailboxAction::AskMailbox(user) => self.send(ChannelCommand::CountMessages(*user)),
            MailboxAction::CheckPasscode { user, typed } => {
                self.send(ChannelCommand::CheckPasscode(*user, typed.clone()));
            }
        }
    }

    fn at_caller(&self, command: impl FnOnce(ChannelId) -> ChannelCommand) {
        self.at_side(Side::Caller, command);
    }

    fn at_side(&self, side: Side, command: impl FnOnce(ChannelId) -> ChannelCommand) {
        if let Some(channel) = self.channel(side) {
            self.send(command(channel));
        }
    }

    fn music(&self, side: Side, clips: &[Clip], phones: &Phones) {
        let class = phones.sounds.class(clips);
        self.at_side(side, |channel| ChannelCommand::Music(channel, class));
    }

    fn play(&mut self, side: Side, sounds: &[Sound], phones: &Phones) {
        let Some(channel) = self.channel(side) else {
            return;
        };
        let playback = self.names.playback(self.count());
        self.playing.insert(side, playback.clone());
        let media = sounds
            .iter()
            .flat_map(|sound| media(sound, &self.config, &phones.sounds))
            .collect();
        self.send(ChannelCommand::Play(
            side,
            channel,
            playback,
            media,
            self.prompt_language(),
        ));
    }

    /// Callers of ours hear their own language, others that of whom they call.
    fn prompt_language(&self) -> &'static str {
        let reached = self
            .machine
            .trace()
            .iter()
            .find_map(|step| match step.what {
                What::Arrives { user } => Some(user),
                _ => None,
            });
        let known = self
            .request
            .caller
            .user
            .or(reached)
            .and_then(|user| self.config.user(user));
        language(known.map_or(Language::default(), Subscriber::language))
    }
}

fn release_cause(cause: Cause) -> HangupCause {
    match cause {
        Cause::Normal | Cause::CallerGone => HangupCause::NORMAL,
        Cause::Busy => HangupCause::BUSY,
        Cause::NoAnswer => HangupCause::NO_ANSWER,
        Cause::Rejected => HangupCause::REJECTED,
        Cause::Unreachable => HangupCause::ABSENT,
        Cause::NotInUse => HangupCause::UNALLOCATED,
    }
}
