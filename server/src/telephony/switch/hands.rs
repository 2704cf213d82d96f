//! A call's own task: does what the switch asks, one thing after the other, and reports what came of it.

use super::deeds::Deed;
use super::messages::{self, MAX_MESSAGES, Message};
use super::names::Named;
use super::{Ground, Phones, Report, lamps, passcode};
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

pub(super) struct Hands {
    pub(super) ground: Ground,
    pub(super) phones: Phones,
    call: CallRef,
    pub(super) named: Named,
    reports: mpsc::UnboundedSender<Report>,
    bridged: bool,
    /// Channels that hear music or ringback until something else is to be heard.
    entertained: HashSet<ChannelId>,
    /// Messages that were played. Asterisk fetches them by their names, so they are renamed when the call is over.
    heard: Vec<Message>,
    /// Whose they are.
    listened: Option<UserId>,
    /// What the caller said after the beep, until it is delivered.
    pub(super) recording: Option<Vec<u8>>,
}

impl Hands {
    pub(super) fn new(
        ground: Ground,
        phones: Phones,
        call: CallRef,
        named: Named,
        reports: mpsc::UnboundedSender<Report>,
    ) -> Self {
        Self {
            ground,
            phones,
            call,
            named,
            reports,
            bridged: false,
            entertained: HashSet::new(),
            heard: Vec::new(),
            listened: None,
            recording: None,
        }
    }

    /// A call whose bridge was made before this server started.
    pub(super) fn bridged(self) -> Self {
        Self {
            bridged: true,
            ..self
        }
    }

    pub(super) async fn run(mut self, mut deeds: mpsc::UnboundedReceiver<Deed>) {
        while let Some(deed) = deeds.recv().await {
            self.do_it(deed).await;
        }
        if self.recording.is_some() {
            self.drop_recording().await;
        }
        messages::heard(&self.heard).await;
        if let Some(user) = self.listened {
            lamps::show(&self.ground, user).await;
        }
        if self.bridged {
            self.tried(
                self.phones.ari.destroy_bridge(&self.named.bridge()).await,
                "destroy the bridge",
            );
        }
    }

    async fn do_it(&mut self, deed: Deed) {
        let ari = self.phones.ari.clone();
        match deed {
            Deed::Alert(channel) => {
                self.tried(ari.ring(&channel).await, "tell the caller that it rings");
            }
            Deed::Forwarding(channel) => {
                self.tried(
                    ari.forwarding(&channel).await,
                    "tell the caller of a forwarding",
                );
            }
            Deed::Answer(channel) => self.tried(ari.answer(&channel).await, "answer the caller"),
            Deed::Ring(leg, originate) => {
                let rung = ari.originate(&originate).await;
                if rung.is_err() {
                    self.report(Report::NotRung(self.call, leg));
                }
                self.tried(rung.map(drop), "ring a leg");
            }
            Deed::Splash(originate) => {
                self.tried(ari.originate(&originate).await.map(drop), "splash a ring");
            }
            Deed::HangUp(channel, cause) => {
                self.tried(ari.hangup(&channel, cause).await, "hang up");
            }
            Deed::Transferred(channel, done) => {
                self.tried(ari.transferred(&channel, done).await, "tell of a transfer");
            }
            Deed::Bridge(caller, leg) => self.bridge(&caller, &leg).await,
            Deed::Unbridge(caller, leg) => {
                for channel in [&caller, &leg] {
                    let removed = ari.remove_from_bridge(&self.named.bridge(), channel).await;
                    self.tried(removed, "take a channel out of the bridge");
                }
            }
            Deed::Play(side, channel, id, media, tongue) => {
                let played = if media.is_empty() {
                    Err(AriError::Gone("nothing to play".into()))
                } else {
                    ari.play(PlayOn::Channel(&channel), &id, &media, tongue)
                        .await
                };
                if played.is_err() {
                    self.played(side);
                }
                self.tried(played, "play");
            }
            Deed::Stop(playback) => self.tried(ari.stop_playback(&playback).await, "stop playing"),
            Deed::Music(channel, class) => {
                self.silence(&channel).await;
                self.tried(ari.start_music(&channel, &class).await, "play music");
                self.entertained.insert(channel);
            }
            Deed::Ringback(channel) => {
                self.silence(&channel).await;
                self.tried(ari.ring(&channel).await, "play ringback");
                self.entertained.insert(channel);
            }
            Deed::Silence(channel) => self.silence(&channel).await,
            Deed::Record(channel) => self.record(&channel).await,
            Deed::Listen(user, channel, tongue) => self.listen(user, &channel, tongue).await,
            Deed::Mailbox(user) => {
                let count = messages::list(&self.phones.messages, user).await;
                let fact = MailboxFact {
                    new_messages: count.new,
                    old_messages: count.old,
                    full: usize::from(count.new) + usize::from(count.old) >= MAX_MESSAGES,
                };
                self.fact(Input::Mailbox(fact));
            }
            Deed::Passcode(user, typed) => {
                let verdict = passcode::verdict(&self.ground, user, typed).await;
                self.fact(Input::Passcode(verdict));
            }
            Deed::Clear(user) => {
                messages::clear(&self.phones.messages, user).await;
                lamps::show(&self.ground, user).await;
            }
            Deed::Connected(channel, number, name, hidden) => {
                let presentation = if hidden { "prohib" } else { "allowed" };
                for (part, value) in [
                    ("num", number.as_str()),
                    ("name", name.as_str()),
                    ("pres", presentation),
                ] {
                    let variable = format!("CONNECTEDLINE({part},i)");
                    self.tried(
                        ari.set_variable(&channel, &variable, value).await,
                        "show who is connected",
                    );
                }
            }
            Deed::Measure(user) => {
                let ms = self.measure(user).await;
                self.fact(Input::Recorded(ms));
            }
            Deed::Deliver(user, caller, how) => {
                self.deliver(user, caller, &how).await;
                lamps::show(&self.ground, user).await;
            }
            Deed::Change(user, service, settings) => {
                let saved = self.change(user, service, settings).await;
                self.fact(Input::Changed(saved));
            }
        }
    }

    /// Ends music and ringback: neither ends by itself when the channel is bridged.
    async fn silence(&mut self, channel: &ChannelId) {
        if self.entertained.remove(channel) {
            self.tried(self.phones.ari.stop_music(channel).await, "stop music");
            self.tried(self.phones.ari.stop_ring(channel).await, "stop ringback");
        }
    }

    async fn bridge(&mut self, caller: &ChannelId, leg: &ChannelId) {
        let (ari, bridge) = (self.phones.ari.clone(), self.named.bridge());
        if !self.bridged {
            let made = ari.create_bridge(&bridge).await;
            self.bridged = made.is_ok();
            self.tried(made, "make a bridge");
        }
        for channel in [leg, caller] {
            self.silence(channel).await;
        }
        self.tried(ari.add_to_bridge(&bridge, &[leg]).await, "bridge the leg");
        // Who picked a call up is a leg that called in itself and was not answered yet.
        for channel in [leg, caller] {
            self.tried(ari.answer(channel).await, "answer");
        }
        self.tried(
            ari.add_to_bridge(&bridge, &[caller]).await,
            "bridge the caller",
        );
    }

    async fn record(&mut self, channel: &ChannelId) {
        let recording = Recording {
            name: self.named.message(),
            max_seconds: MESSAGE_SECONDS,
            max_silence: SILENCE_SECONDS,
            beep: true,
            end_digit: Some("#".into()),
        };
        let begun = self.phones.ari.record(channel, &recording).await;
        if begun.is_err() {
            self.fact(Input::Finished);
        }
        self.tried(begun, "record a message");
    }

    /// Plays the messages of a mailbox, new ones first; all of them count as heard.
    async fn listen(&mut self, user: UserId, channel: &ChannelId, tongue: &'static str) {
        let files = messages::files(&self.phones.messages, user).await;
        let media: Vec<Media> = files
            .iter()
            .filter_map(|file| file.sound(&self.phones.served))
            .map(Media::Sound)
            .collect();
        let id = self.named.mailbox();
        let played = if media.is_empty() {
            Err(AriError::Gone("no message".into()))
        } else {
            self.phones
                .ari
                .play(PlayOn::Channel(channel), &id, &media, tongue)
                .await
        };
        if played.is_ok() {
            self.heard.extend(files);
            self.listened = Some(user);
        } else {
            self.fact(Input::Finished);
        }
        self.tried(played, "play messages");
    }

    /// Saves what a code changed, as the portal would, in the name of whoever's phone it is.
    async fn change(&self, user: UserId, service: ServiceId, settings: Value) -> bool {
        let live = &self.ground.live;
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
                .save_services(&actor, self.ground.clock.now(), user, vec![change])
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

    fn played(&self, side: Side) {
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
    fn tried(&self, result: Result<(), AriError>, what: &str) {
        match result {
            Err(error) if !error.is_gone() => {
                tracing::warn!(%error, call = ?self.named, "could not {what}");
            }
            _ => {}
        }
    }
}

/// Ends a channel that nobody waits for.
pub(super) fn hang_up_astray(phones: &Phones, channel: ChannelId) {
    let ari = phones.ari.clone();
    tokio::spawn(async move {
        if let Err(error) = ari.hangup(&channel, HangupCause::NORMAL).await
            && !error.is_gone()
        {
            tracing::warn!(%error, "a stray channel could not be hung up");
        }
    });
}
