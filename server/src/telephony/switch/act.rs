//! Carries out the actions of the call machine on Asterisk's channels.

use super::super::accounts::{TRUNK, language, shown};
use super::super::ari::{
    AriError, ChannelId, EndpointState, HangupCause, Media, Originate, PlayOn, Recording,
};
use super::live_call::{LiveCall, Mailbox};
use centrale_core::call::facts::LineFact;
use centrale_core::call::{Action, Endpoint, Input, LegId, Manner, Sound};
use centrale_core::id::{DeviceId, UserId};
use centrale_core::organisation::{DeviceKind, Language};
use centrale_core::service::Announcement;
use centrale_core::trace::{Cause, LegFailure};
use std::collections::BTreeMap;

/// How long the short ring of a reminder lasts, in seconds.
const SPLASH_SECONDS: u32 = 1;
/// The longest message, in seconds.
const MESSAGE_SECONDS: u32 = 300;
/// A message ends after so many seconds of silence.
const SILENCE_SECONDS: u32 = 10;

impl LiveCall {
    pub(super) async fn act(&mut self, action: Action) {
        match action {
            Action::AskLine(user) => {
                let line = self.line(user).await;
                self.own.push_back(line);
            }
            Action::Alert => {
                self.tried(self.ground.ari.ring(&self.caller).await, "tell the caller that it rings");
            }
            Action::Ring { leg, endpoint, manner } => {
                if self.ring(leg, endpoint, &manner).await {
                    self.legs.insert(leg);
                } else {
                    self.own.push_back(Input::LegFailed(leg, LegFailure::Unreachable));
                }
            }
            Action::CancelLeg(leg) => {
                self.legs.remove(&leg);
                let elsewhere = self.answered_elsewhere;
                let cause = if elsewhere { HangupCause::ANSWERED_ELSEWHERE } else { HangupCause::NORMAL };
                self.hang_up(&self.named.leg(leg), cause).await;
            }
            Action::RingSplash(user) => self.splash(user).await,
            Action::Bridge(leg) => self.bridge(leg).await,
            Action::Answer => {
                self.tried(self.ground.ari.answer(&self.caller).await, "answer the caller");
            }
            Action::Play(sounds) => {
                if !self.play(&sounds).await {
                    self.own.push_back(Input::Finished);
                }
            }
            Action::Record(user) => self.greet(user).await,
            Action::Release(cause) => self.hang_up(&self.caller, release_cause(cause)).await,
            other => tracing::error!(?other, "cannot be carried out"),
        }
    }

    /// Asks which phones of a user are registered, and whether one of them is on a call.
    async fn line(&self, user: UserId) -> Input {
        let (mut devices, mut calls) = (Vec::new(), 0);
        for (device, account) in self.phones(user) {
            match self.ground.ari.endpoint(&account).await {
                Ok(endpoint) => {
                    calls += endpoint.channel_ids.iter().filter(|channel| **channel != self.caller).count();
                    if endpoint.state == EndpointState::Online {
                        devices.push(device);
                    }
                }
                // An account that was never used has no phone.
                Err(error) if error.is_gone() => {}
                Err(error) => tracing::warn!(%error, "a phone could not be asked for"),
            }
        }
        Input::Line(LineFact { user, devices, calls: u16::try_from(calls).unwrap_or(u16::MAX) })
    }

    fn phones(&self, user: UserId) -> Vec<(DeviceId, String)> {
        let found = self.config.user(user);
        found.map_or_else(Vec::new, |s| s.user.devices.iter().map(|d| (d.id, d.account.clone())).collect())
    }

    async fn ring(&mut self, leg: LegId, endpoint: Endpoint, manner: &Manner) -> bool {
        let target = match endpoint {
            Endpoint::Device(user, device) => {
                self.phones(user).into_iter().find(|(id, _)| *id == device).map(|(_, account)| account)
            }
            Endpoint::Mobile(_, number) | Endpoint::Outside(number) => self.outside(&number.to_string()),
            Endpoint::Emergency(number) => self.outside(&number.to_string()),
        };
        let Some(target) = target else { return false };
        // The bridge is there before anybody can answer.
        if !self.bridged {
            let made = self.ground.ari.create_bridge(&self.named.bridge()).await;
            self.bridged = made.is_ok();
            self.tried(made, "make a bridge");
        }
        let leg = Originate {
            id: self.named.leg(leg),
            endpoint: target,
            args: "leg".into(),
            caller_id: Some(caller_id(manner)),
            timeout: None,
            originator: Some(self.caller.clone()),
            variables: self.variables(manner),
        };
        let rung = self.ground.ari.originate(&leg).await;
        let ok = rung.is_ok();
        self.tried(rung.map(drop), "ring a leg");
        ok
    }

    fn outside(&self, number: &str) -> Option<String> {
        self.ground.accounts.has_trunk().then(|| format!("{number}@{TRUNK}"))
    }

    fn variables(&self, manner: &Manner) -> BTreeMap<String, String> {
        let mut variables = BTreeMap::new();
        if manner.withheld {
            variables.insert("CALLERID(pres)".into(), "prohib".into());
        } else if manner.number.is_none() && manner.extension.is_none() {
            variables.insert("CALLERID(pres)".into(), "unavailable".into());
        }
        if let Some(by) = manner.diverted_by.and_then(|user| self.config.user(user)) {
            let number = by.user.number.map(|n| n.to_string()).or(by.user.extension.map(|e| e.to_string()));
            if let Some(number) = number {
                let header = format!("<sip:{number}@127.0.0.1>;reason=unknown");
                variables.insert("PJSIP_HEADER(add,Diversion)".into(), header);
            }
        }
        variables
    }

    async fn splash(&mut self, user: UserId) {
        let Some(subscriber) = self.config.user(user).cloned() else { return };
        for device in subscriber.user.devices.iter().filter(|d| d.kind == DeviceKind::Desk) {
            let online = match self.ground.ari.endpoint(&device.account).await {
                Ok(endpoint) => endpoint.state == EndpointState::Online && endpoint.channel_ids.is_empty(),
                Err(_) => false,
            };
            if !online {
                continue;
            }
            self.splashes += 1;
            let ring = Originate {
                id: self.named.splash(self.splashes),
                endpoint: device.account.clone(),
                args: "splash".into(),
                caller_id: Some(self.own_id()),
                timeout: Some(SPLASH_SECONDS),
                originator: None,
                variables: BTreeMap::from([(
                    "PJSIP_HEADER(add,Alert-Info)".into(),
                    "<http://127.0.0.1/splash>;info=ring-splash".into(),
                )]),
            };
            self.tried(self.ground.ari.originate(&ring).await.map(drop), "splash a ring");
        }
    }

    async fn bridge(&mut self, leg: LegId) {
        self.talking = Some(leg);
        let (ari, bridge, channel) = (&self.ground.ari, self.named.bridge(), self.named.leg(leg));
        self.tried(ari.add_to_bridge(&bridge, &[&channel]).await, "bridge the leg");
        self.tried(ari.answer(&self.caller).await, "answer the caller");
        self.tried(ari.add_to_bridge(&bridge, &[&self.caller]).await, "bridge the caller");
    }

    /// The caller as colleagues see them.
    fn own_id(&self) -> String {
        let caller = &self.request.caller;
        let name =
            caller.user.and_then(|user| self.config.user(user)).map(|s| s.user.name()).unwrap_or_default();
        let extension = caller.extension.map(|e| e.to_string());
        shown(&name, &extension.or_else(|| caller.number.map(|n| n.to_string())).unwrap_or_default())
    }

    async fn play(&mut self, sounds: &[Sound]) -> bool {
        self.playbacks += 1;
        let id = self.named.playback(self.playbacks);
        let media: Vec<Media> = sounds.iter().filter_map(media).collect();
        let played = self.ground.ari.play(PlayOn::Channel(&self.caller), &id, &media, self.tongue()).await;
        let ok = played.is_ok();
        self.tried(played, "play an announcement");
        ok
    }

    /// Callers of ours hear their own language, others that of whom they call.
    fn tongue(&self) -> &'static str {
        let user = self.request.caller.user.or(self.mailbox.map(|(user, _)| user));
        let reached = self.machine.trace().iter().find_map(|step| match step.what {
            centrale_core::trace::What::Arrives { user } => Some(user),
            _ => None,
        });
        let known = user.or(reached).and_then(|user| self.config.user(user));
        language(known.map_or(Language::default(), |s| s.user.language))
    }

    async fn greet(&mut self, user: UserId) {
        self.mailbox = Some((user, Mailbox::Greeting));
        self.tried(self.ground.ari.answer(&self.caller).await, "answer the caller");
        if !self.play(&[Sound::Said(Announcement::MailboxGreeting)]).await {
            self.own.push_back(Input::Finished);
        }
    }

    /// An announcement is over: a greeting goes on to the recording.
    pub(super) async fn played(&mut self) -> Option<Input> {
        let Some((user, Mailbox::Greeting)) = self.mailbox else { return Some(Input::Finished) };
        let recording = Recording {
            name: self.named.message(),
            max_seconds: MESSAGE_SECONDS,
            max_silence: SILENCE_SECONDS,
            beep: true,
            end_digit: Some("#".into()),
        };
        let begun = self.ground.ari.record(&self.caller, &recording).await;
        if begun.is_ok() {
            self.mailbox = Some((user, Mailbox::Recording));
            return None;
        }
        self.tried(begun, "record a message");
        Some(Input::Finished)
    }

    pub(super) fn recorded(&mut self) -> Option<Input> {
        let (user, _) = self.mailbox?;
        self.mailbox = Some((user, Mailbox::Complete));
        Some(Input::Finished)
    }

    /// Writes a complete message to the folder of its mailbox.
    pub(super) async fn keep_message(&mut self) {
        let Some((user, Mailbox::Complete)) = self.mailbox else { return };
        let name = self.named.message();
        let folder = self.ground.messages.join(user.to_string());
        let file = folder.join(format!("{}.wav", name.0));
        match self.ground.ari.recording(&name).await {
            Ok(sound) => {
                let written = async {
                    tokio::fs::create_dir_all(&folder).await?;
                    tokio::fs::write(&file, sound).await
                };
                if let Err(error) = written.await {
                    tracing::error!(%error, user = user.0, "a message could not be kept");
                    return;
                }
                self.tried(self.ground.ari.delete_recording(&name).await, "delete a recording");
            }
            // Nothing was said before the caller hung up.
            Err(error) => tracing::debug!(%error, "no message"),
        }
    }

    pub(super) async fn hang_up(&self, channel: &ChannelId, cause: HangupCause) {
        self.tried(self.ground.ari.hangup(channel, cause).await, "hang up");
    }

    /// A party may be gone before the request arrives: that is no fault, and its event follows.
    pub(super) fn tried(&self, result: Result<(), AriError>, what: &str) {
        match result {
            Err(error) if !error.is_gone() => tracing::warn!(%error, call = ?self.named, "could not {what}"),
            _ => {}
        }
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

/// What a phone is shown.
fn caller_id(manner: &Manner) -> String {
    let extension = manner.extension.map(|e| e.to_string());
    shown(&manner.name, &extension.or_else(|| manner.number.map(|n| n.to_string())).unwrap_or_default())
}

/// The sound file of what is said.
fn media(sound: &Sound) -> Option<Media> {
    match sound {
        Sound::Said(Announcement::AnonymousRejected) => {
            Some(Media::Sound("centrale/anonymous-refused".into()))
        }
        Sound::Said(Announcement::NumberNotInUse) => Some(Media::Sound("centrale/not-in-service".into())),
        Sound::Said(Announcement::MailboxGreeting) => {
            Some(Media::Sound("centrale/voicemail-greeting".into()))
        }
        _ => None,
    }
}
