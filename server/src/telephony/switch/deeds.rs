//! What a call's own task is asked to do, in terms of channels: the actions of the call machine with every name resolved.

use super::super::accounts::{TRUNK, language, shown};
use super::super::ari::{ChannelId, HangupCause, Media, Originate, PlaybackId};
use super::Phones;
use super::running::Running;
use super::sounds::media;
use centrale_core::call::{
    Delivery, Endpoint, LegAction, LegId, MailboxAction, Manner, MediaAction, Side, SignalAction,
    Sound,
};
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::organisation::{Clip, DeviceKind, Language};
use centrale_core::passcode::Typed;
use centrale_core::service::ServiceId;
use centrale_core::snapshot::Subscriber;
use centrale_core::trace::{Cause, What};
use serde_json::Value;
use std::collections::BTreeMap;

/// How long the short ring of a reminder lasts, in seconds.
const SPLASH_SECONDS: u32 = 1;

/// One thing to do.
#[derive(Debug)]
pub(super) enum Deed {
    Alert(ChannelId),
    Forwarding(ChannelId),
    Answer(ChannelId),
    Ring(LegId, Box<Originate>),
    Splash(Box<Originate>),
    HangUp(ChannelId, HangupCause),
    /// Tells a phone whether the transfer which it asked for is done.
    Transferred(ChannelId, bool),
    /// Connects these; the first is answered if it is not yet.
    Bridge(ChannelId, ChannelId),
    Unbridge(ChannelId, ChannelId),
    Play(Side, ChannelId, PlaybackId, Vec<Media>, &'static str),
    Stop(PlaybackId),
    /// The class of the music.
    Music(ChannelId, String),
    Ringback(ChannelId),
    Silence(ChannelId),
    Record(ChannelId),
    Listen(UserId, ChannelId, &'static str),
    Mailbox(UserId),
    Passcode(UserId, Typed),
    /// The caller is shown this number and name instead of who answers; withheld when the last is true.
    Connected(ChannelId, String, String, bool),
    /// Tells how long what was recorded for a user is.
    Measure(UserId),
    /// This caller left a message.
    Deliver(UserId, Caller, Box<Delivery>),
    Clear(UserId),
    Change(UserId, ServiceId, Value),
}

impl Running {
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
                    self.send(Deed::Bridge(caller, leg));
                }
            }
            LegAction::Unbridge(leg) => {
                if let (Some(caller), Some(leg)) = (caller, self.channel(Side::Leg(*leg))) {
                    self.send(Deed::Unbridge(caller, leg));
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
            SignalAction::Alert => self.at_caller(Deed::Alert),
            SignalAction::Answer => self.at_caller(Deed::Answer),
            SignalAction::ForwardingNotice => self.at_caller(Deed::Forwarding),
            SignalAction::RingSplash(user) => self.splash(*user, phones),
            SignalAction::Connected(shown) => {
                let extension = shown.extension.map(|e| e.to_string());
                let number = extension
                    .or_else(|| shown.number.map(|n| n.to_string()))
                    .unwrap_or_default();
                let (name, hidden) = (shown.name.clone(), shown.withheld);
                self.at_caller(|channel| Deed::Connected(channel, number, name, hidden));
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
                    self.send(Deed::Stop(playback));
                }
            }
            MediaAction::Music(clips) => self.music(Side::Caller, clips, phones),
            MediaAction::MusicTo(leg, clips) => self.music(Side::Leg(*leg), clips, phones),
            MediaAction::Ringback => self.at_caller(Deed::Ringback),
            MediaAction::Silence => self.at_caller(Deed::Silence),
            MediaAction::SilenceTo(leg) => self.at_side(Side::Leg(*leg), Deed::Silence),
        }
    }

    /// Records, measures, delivers and plays messages, and checks who may hear them.
    pub(super) fn mailbox_action(&mut self, action: &MailboxAction) {
        match action {
            MailboxAction::Record(_) => self.at_caller(Deed::Record),
            MailboxAction::Listen(user) => {
                let tongue = self.tongue();
                self.at_caller(|channel| Deed::Listen(*user, channel, tongue));
            }
            MailboxAction::Deliver { user, how } => {
                self.send(Deed::Deliver(*user, self.machine.caller(), how.clone()));
            }
            MailboxAction::AskMessage(user) => self.send(Deed::Measure(*user)),
            MailboxAction::AskMailbox(user) => self.send(Deed::Mailbox(*user)),
            MailboxAction::CheckPasscode { user, typed } => {
                self.send(Deed::Passcode(*user, typed.clone()));
            }
        }
    }

    fn at_caller(&self, deed: impl FnOnce(ChannelId) -> Deed) {
        self.at_side(Side::Caller, deed);
    }

    fn at_side(&self, side: Side, deed: impl FnOnce(ChannelId) -> Deed) {
        if let Some(channel) = self.channel(side) {
            self.send(deed(channel));
        }
    }

    fn music(&self, side: Side, clips: &[Clip], phones: &Phones) {
        let class = phones.sounds.class(clips);
        self.at_side(side, |channel| Deed::Music(channel, class));
    }

    fn play(&mut self, side: Side, sounds: &[Sound], phones: &Phones) {
        let Some(channel) = self.channel(side) else {
            return;
        };
        let playback = self.named.playback(self.count());
        self.playing.insert(side, playback.clone());
        let media = sounds
            .iter()
            .flat_map(|sound| media(sound, &self.config, &phones.sounds))
            .collect();
        self.send(Deed::Play(side, channel, playback, media, self.tongue()));
    }

    /// Rings a leg; the leg, when there is no way to it.
    fn ring(
        &mut self,
        leg: LegId,
        endpoint: Endpoint,
        manner: &Manner,
        phones: &Phones,
    ) -> Result<(), LegId> {
        let outside = |number: String| {
            phones
                .accounts
                .has_trunk()
                .then(|| format!("{number}@{TRUNK}"))
        };
        let endpoint = match endpoint {
            Endpoint::Device(user, device) => self.config.user(user).and_then(|s| {
                s.user
                    .devices
                    .iter()
                    .find(|d| d.id == device)
                    .map(|d| d.account.clone())
            }),
            Endpoint::Mobile(_, number) | Endpoint::Outside(number) => {
                outside(number.short().unwrap_or_else(|| number.to_string()))
            }
            Endpoint::Emergency(digits) => outside(digits.to_string()),
        };
        let Some(endpoint) = endpoint else {
            return Err(leg);
        };
        let id = self.named.leg(leg);
        self.sides.insert(Side::Leg(leg), id.clone());
        let originate = Originate {
            id,
            endpoint,
            args: "leg".into(),
            caller_id: Some(caller_id(manner)),
            timeout: None,
            originator: self.channel(Side::Caller),
            variables: self.variables(manner),
        };
        self.send(Deed::Ring(leg, Box::new(originate)));
        Ok(())
    }

    fn variables(&self, manner: &Manner) -> BTreeMap<String, String> {
        // Transfers are ours to carry out, not Asterisk's.
        let mut variables =
            BTreeMap::from([("PJSIP_TRANSFER_HANDLING()".into(), "ari-only".into())]);
        if manner.withheld {
            variables.insert("CALLERID(pres)".into(), "prohib".into());
        } else if manner.number.is_none() && manner.extension.is_none() {
            variables.insert("CALLERID(pres)".into(), "unavailable".into());
        }
        if let Some(by) = manner.diverted_by.and_then(|user| self.config.user(user)) {
            let number = by
                .user
                .number
                .map(|n| n.to_string())
                .or(by.user.extension.map(|e| e.to_string()));
            if let Some(number) = number {
                let header = format!("<sip:{number}@127.0.0.1>;reason=unknown");
                variables.insert("PJSIP_HEADER(add,Diversion)".into(), header);
            }
        }
        if let Some(info) = alert_info(manner) {
            variables.insert("PJSIP_HEADER(add,Alert-Info)".into(), info);
        }
        variables
    }

    fn splash(&mut self, user: UserId, phones: &Phones) {
        let Some(subscriber) = self.config.user(user).cloned() else {
            return;
        };
        for device in subscriber
            .user
            .devices
            .iter()
            .filter(|d| d.kind == DeviceKind::Desk)
        {
            if !phones.accounts.reachable(&device.account) {
                continue;
            }
            let ring = Originate {
                id: self.named.splash(self.count() as usize),
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
            self.send(Deed::Splash(Box::new(ring)));
        }
    }

    /// The caller as colleagues see them.
    fn own_id(&self) -> String {
        let caller = &self.request.caller;
        let name = caller
            .user
            .and_then(|user| self.config.user(user))
            .map(|s| s.user.name())
            .unwrap_or_default();
        let extension = caller.extension.map(|e| e.to_string());
        shown(
            &name,
            &extension
                .or_else(|| caller.number.map(|n| n.to_string()))
                .unwrap_or_default(),
        )
    }

    /// Callers of ours hear their own language, others that of whom they call.
    fn tongue(&self) -> &'static str {
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

/// What a phone is shown.
fn caller_id(manner: &Manner) -> String {
    let extension = manner.extension.map(|e| e.to_string());
    shown(
        &manner.name,
        &extension
            .or_else(|| manner.number.map(|n| n.to_string()))
            .unwrap_or_default(),
    )
}

/// How a phone is told to ring, and to answer by itself (RFC 3261 § 20.4, as desk phones read it).
fn alert_info(manner: &Manner) -> Option<String> {
    use centrale_core::organisation::RingPattern;
    let pattern = match manner.pattern {
        RingPattern::Normal => None,
        RingPattern::LongLong => Some("long-long"),
        RingPattern::ShortShortLong => Some("short-short-long"),
        RingPattern::ShortLongShort => Some("short-long-short"),
    };
    match (pattern, manner.auto_answer) {
        (_, Some(seconds)) => Some(format!(
            "<http://127.0.0.1/answer>;info=alert-autoanswer;delay={seconds}"
        )),
        (Some(pattern), None) => Some(format!("<http://127.0.0.1/{pattern}>;info={pattern}")),
        (None, None) => None,
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
