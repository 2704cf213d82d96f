//! The task of one call: does what the switch commands, one thing after the other, and reports what came of it.

use super::channel_command::ChannelCommand;
use super::channel_names::ChannelNames;
use super::messages::{self, MAX_MESSAGES, Message};
use super::{Phones, Report, SwitchDeps, mwi, passcode};
use crate::store::Actor;
use crate::telephony::ari::{AriError, ChannelId, HangupCause, Media, PlayOn, Recording};
use centrale_core::api::services::Change;
use centrale_core::call::{Input, Side};
use centrale_core::id::{CallRef, UserId};
use centrale_core::outcome::MailboxFact;
use centrale_core::service::ServiceId;
use serde_json::Value;
use std::collections::HashSet;
use tokio::sync::mpsc;

/// The longest message, in seconds.
const MESSAGE_SECONDS: u32 = 300;
/// A message ends after so many seconds of silence.
const SILENCE_SECONDS: u32 = 10;
/// How often a save by a code is tried when somebody else saves at the same time.
const TRIES: usize = 3;

/// What the task of a call holds between two commands.
pub(super) struct CallTask {
    pub(super) deps: SwitchDeps,
    pub(super) phones: Phones,
    call: CallRef,
    pub(super) names: ChannelNames,
    reports: mpsc::UnboundedSender<Report>,
    bridged: bool,
    /// Channels that hear music or ringback until something else is to be heard.
    hears_music: HashSet<ChannelId>,
    /// Messages that were played. Asterisk fetches them by their names, so they are renamed when the call is over.
    heard: Vec<Message>,
    /// The user whose mailbox they are in.
    mailbox: Option<UserId>,
    /// What the caller said after the beep, until it is delivered.
    pub(super) recording: Option<Vec<u8>>,
}

impl CallTask {
    pub(super) fn new(
        deps: SwitchDeps,
        phones: Phones,
        call: CallRef,
        names: ChannelNames,
        reports: mpsc::UnboundedSender<Report>,
    ) -> Self {
        Self {
            deps,
            phones,
            call,
            names,
            reports,
            bridged: false,
            hears_music: HashSet::new(),
            heard: Vec::new(),
            mailbox: None,
            recording: None,
        }
    }

    /// The task of a call whose bridge was made before this server started.
    pub(super) fn bridged(self) -> Self {
        Self {
            bridged: true,
            ..self
        }
    }

    pub(super) async fn run(mut self, mut commands: mpsc::UnboundedReceiver<ChannelCommand>) {
        while let Some(command) = commands.recv().await {
            self.execute(command).await;
        }
        if self.recording.is_some() {
            self.drop_recording().await;
        }
        messages::mark_heard(&self.heard).await;
        if let Some(user) = self.mailbox {
            mwi::show(&self.deps, user).await;
        }
        if self.bridged {
            self.log_failure(
                self.phones.ari.destroy_bridge(&self.names.bridge()).await,
                "destroy the bridge",
            );
        }
    }

    async fn execute(&mut self, command: ChannelCommand) {
        let ari = self.phones.ari.clone();
        match command {
            ChannelCommand::Alert(channel) => {
                self.log_failure(ari.ring(&channel).await, "tell the caller that it rings");
            }
            ChannelCommand::ForwardingNotice(channel) => {
                self.log_failure(
                    ari.forwarding(&channel).await,
                    "tell the caller of a forwarding",
                );
            }
            ChannelCommand::Answer(channel) => {
                self.log_failure(ari.answer(&channel).await, "answer the caller");
            }
            ChannelCommand::Ring(leg, originate) => {
                let rung = ari.originate(&originate).await;
                if rung.is_err() {
                    self.report(Report::NotRung(self.call, leg));
                }
                self.log_failure(rung.map(drop), "ring a leg");
            }
            ChannelCommand::RingSplash(originate) => {
                self.log_failure(ari.originate(&originate).await.map(drop), "splash a ring");
            }
            ChannelCommand::HangUp(channel, cause) => {
                self.log_failure(ari.hangup(&channel, cause).await, "hang up");
            }
            ChannelCommand::ReportTransfer(channel, done) => {
                self.log_failure(ari.transferred(&channel, done).await, "tell of a transfer");
            }
            ChannelCommand::Bridge(caller, leg) => self.bridge(&caller, &leg).await,
            ChannelCommand::Unbridge(caller, leg) => {
                for channel in [&caller, &leg] {
                    let removed = ari.remove_from_bridge(&self.names.bridge(), channel).await;
                    self.log_failure(removed, "take a channel out of the bridge");
                }
            }
            ChannelCommand::Play(side, channel, id, media, prompt_language) => {
                let played = if media.is_empty() {
                    Err(AriError::Gone("nothing to play".into()))
                } else {
                    ari.play(PlayOn::Channel(&channel), &id, &media, prompt_language)
                        .await
                };
                if played.is_err() {
                    self.playback_over(side);
                }
                self.log_failure(played, "play");
            }
            ChannelCommand::StopPlaying(playback) => {
                self.log_failure(ari.stop_playback(&playback).await, "stop playing");
            }
            ChannelCommand::Music(channel, class) => {
                self.silence(&channel).await;
                self.log_failure(ari.start_music(&channel, &class).await, "play music");
                self.hears_music.insert(channel);
            }
            ChannelCommand::Ringback(channel) => {
                self.silence(&channel).await;
                self.log_failure(ari.ring(&channel).await, "play ringback");
                self.hears_music.insert(channel);
            }
            ChannelCommand::Silence(channel) => self.silence(&channel).await,
            ChannelCommand::Record(channel) => self.record(&channel).await,
            ChannelCommand::PlayMessages(user, channel, prompt_language) => {
                self.listen(user, &channel, prompt_language).await;
            }
            ChannelCommand::CountMessages(user) => {
                let count = messages::count(&self.phones.messages, user).await;
                let fact = MailboxFact {
                    new_messages: count.new,
                    old_messages: count.old,
                    full: usize::from(count.new) + usize::from(count.old) >= MAX_MESSAGES,
                };
                self.fact(Input::Mailbox(fact));
            }
            ChannelCommand::CheckPasscode(user, typed) => {
                let verdict = passcode::verdict(&self.deps, user, typed).await;
                self.fact(Input::Passcode(verdict));
            }
            ChannelCommand::ClearMessages(user) => {
                messages::clear(&self.phones.messages, user).await;
                mwi::show(&self.deps, user).await;
            }
            ChannelCommand::ShowConnected(channel, number, name, hidden) => {
                let presentation = if hidden { "prohib" } else { "allowed" };
                for (part, value) in [
                    ("num", number.as_str()),
                    ("name", name.as_str()),
                    ("pres", presentation),
                ] {
                    let variable = format!("CONNECTEDLINE({part},i)");
                    self.log_failure(
                        ari.set_variable(&channel, &variable, value).await,
                        "show who is connected",
                    );
                }
            }
            ChannelCommand::MeasureMessage(user) => {
                let ms = self.measure(user).await;
                self.fact(Input::Recorded(ms));
            }
            ChannelCommand::DeliverMessage(user, caller, how) => {
                self.deliver(user, caller, &how).await;
                mwi::show(&self.deps, user).await;
            }
            ChannelCommand::SaveSettings(user, service, settings) => {
                let saved = self.change(user, service, settings).await;
                self.fact(Input::Changed(saved));
            }
        }
    }

    /// Ends music and ringback: neither ends by itself when the channel is bridged.
    async fn silence(&mut self, channel: &ChannelId) {
        if self.hears_music.remove(channel) {
            self.log_failure(self.phones.ari.stop_music(channel).await, "stop music");
            self.log_failure(self.phones.ari.stop_ring(channel).await, "stop ringback");
        }
    }

    async fn bridge(&mut self, caller: &ChannelId, leg: &ChannelId) {
        let (ari, bridge) = (self.phones.ari.clone(), self.names.bridge());
        if !self.bridged {
            let made = ari.create_bridge(&bridge).await;
            self.bridged = made.is_ok();
            self.log_failure(made, "make a bridge");
        }
        for channel in [leg, caller] {
            self.silence(channel).await;
        }
        self.log_failure(ari.add_to_bridge(&bridge, &[leg]).await, "bridge the leg");
        // Who picked a call up is a leg that called in itself and was not answered yet.
        for channel in [leg, caller] {
            self.log_failure(ari.answer(channel).await, "answer");
        }
        self.log_failure(
            ari.add_to_bridge(&bridge, &[caller]).await,
            "bridge the caller",
        );
    }

    async fn record(&mut self, channel: &ChannelId) {
        let recording = Recording {
            name: self.names.message(),
            max_seconds: MESSAGE_SECONDS,
            max_silence: SILENCE_SECONDS,
            beep: true,
            end_digit: Some("#".into()),
        };
        let begun = self.phones.ari.record(channel, &recording).await;
        if begun.is_err() {
            self.fact(Input::Finished);
        }
        self.log_failure(begun, "record a message");
    }

    /// Plays the messages of a mailbox, new ones first; all of them count as heard.
    async fn listen(&mut self, user: UserId, channel: &ChannelId, prompt_language: &'static str) {
        let files = messages::files(&self.phones.messages, user).await;
        let media: Vec<Media> = files
            .iter()
            .filter_map(|file| file.sound(&self.phones.served))
            .map(Media::Sound)
            .collect();
        let id = self.names.mailbox();
        let played = if media.is_empty() {
            Err(AriError::Gone("no message".into()))
        } else {
            self.phones
                .ari
                .play(PlayOn::Channel(channel), &id, &media, prompt_language)
                .await
        };
        if played.is_ok() {
            self.heard.extend(files);
            self.mailbox = Some(user);
        } else {
            self.fact(Input::Finished);
        }
        self.log_failure(played, "play messages");
    }

    /// Saves what a code changed, as the portal would, in the name of whoever's phone it is.
    async fn change(&self, user: UserId, service: ServiceId, settings: Value) -> bool {
        let live = &self.deps.live;
        for _ in 0..TRIES {
            let Some(member) = live.view().directory.user(user).cloned() else {
                return false;
            };
            let version = member.versions.get(service.0).copied().unwrap_or(0);
            let actor = Actor {
                account: 0,
                name: member.user.name(),
            };
            let change = Change {
                service,
                version,
                settings: settings.clone(),
            };
            match live
                .save_services(&actor, self.deps.clock.now(), user, vec![change])
                .await
            {
                Ok(_) => return true,
                Err(crate::store::SaveError::Stale(_)) => {}
                Err(error) => {
                    tracing::error!(%error, user = user.0, service = service.0, "a code could not be saved");
                    return false;
                }
            }
        }
        false
    }

    fn playback_over(&self, side: Side) {
        self.fact(match side {
            Side::Caller => Input::Finished,
            Side::Leg(leg) => Input::LegFinished(leg),
        });
    }

    fn fact(&self, input: Input) {
        self.report(Report::Fact(self.call, input));
    }

    fn report(&self, report: Report) {
        // The switch may be gone already: then nobody is left to be told.
        self.reports.send(report).ok();
    }

    /// A party may be gone before the request arrives: that is no fault, and its event follows.
    fn log_failure(&self, result: Result<(), AriError>, what: &str) {
        match result {
            Err(error) if !error.is_gone() => {
                tracing::warn!(%error, call = ?self.names, "could not {what}");
            }
            _ => {}
        }
    }
}

/// Ends a channel that nobody waits for.
pub(super) fn hang_up_stray(phones: &Phones, channel: ChannelId) {
    let ari = phones.ari.clone();
    tokio::spawn(async move {
        if let Err(error) = ari.hangup(&channel, HangupCause::NORMAL).await
            && !error.is_gone()
        {
            tracing::warn!(%error, "a stray channel could not be hung up");
        }
    });
}
