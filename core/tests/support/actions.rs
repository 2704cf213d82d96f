//! Actions of a call as text, with names and times as traces have them. A new action does not compile until it has its
//! text here.

use centrale_core::call::{
    Action, Adopted, Connected, Delivery, Endpoint, LegAction, LegId, LineAction, MailboxAction,
    Manner, MediaAction, QueueAction, ServiceAction, SignalAction, Sound,
};
use centrale_core::feature::{Does, Feature, Perform};
use centrale_core::id::UserId;
use centrale_core::organisation::{Clip, RingPattern};
use centrale_core::outcome::OfferResult;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use serde::Serialize;

/// Tells the actions of a call that began at a moment.
pub struct Teller<'a> {
    pub names: &'a Snapshot,
    pub start: Timestamp,
}

impl Teller<'_> {
    /// An action in one line.
    pub fn told(&self, action: &Action) -> String {
        match action {
            Action::Leg(action) => self.leg_action(action),
            Action::Line(action) => self.line_action(action),
            Action::Queue(action) => self.queue_action(action),
            Action::Signal(action) => self.signal_action(action),
            Action::Media(action) => self.media_action(action),
            Action::Mailbox(action) => self.mailbox_action(action),
            Action::Service(action) => self.service_action(action),
        }
    }

    fn leg_action(&self, action: &LegAction) -> String {
        match action {
            LegAction::Ring {
                leg: LegId(leg),
                endpoint,
                manner,
            } => {
                let (endpoint, manner) = (self.endpoint(endpoint), self.manner(manner));
                format!("ring {endpoint} as leg {leg}, showing {manner}")
            }
            LegAction::CancelLeg(LegId(leg)) => format!("cancel leg {leg}"),
            LegAction::Bridge(LegId(leg)) => format!("connect leg {leg}"),
            LegAction::Unbridge(LegId(leg)) => format!("take leg {leg} apart"),
            LegAction::Conference(LegId(leg)) => format!("connect leg {leg} with all others"),
            LegAction::BecomeCaller(LegId(leg)) => format!("make leg {leg} the caller"),
            LegAction::Release(cause) => format!("release: {}", kebab(cause)),
        }
    }

    fn line_action(&self, action: &LineAction) -> String {
        match action {
            LineAction::AskLine(user) => format!("ask for the line of {}", self.user(*user)),
            LineAction::AskGroup(group) => format!("ask for the members of {}", self.user(*group)),
            LineAction::AwaitFree(user) => format!("wait until {} is free", self.user(*user)),
            LineAction::SetCallback { caller, callee } => {
                let (caller, callee) = (self.user(*caller), self.user(*callee));
                format!("call {caller} back once {callee} is free")
            }
            LineAction::NotTaken(user) => format!("do not give it to {}", self.user(*user)),
            LineAction::Adopt {
                leg: LegId(leg),
                who: Adopted::Phone(user),
            } => format!("make the phone of {} leg {leg}", self.user(*user)),
            LineAction::Adopt {
                leg: LegId(leg),
                who: Adopted::Consulted(by),
            } => format!("make whom {} consulted leg {leg}", self.user(*by)),
            LineAction::GroupAnswered { group, member } => {
                let (group, member) = (self.user(*group), self.user(*member));
                format!("tell that {member} answered for {group}")
            }
            LineAction::ParkedAgain { at } => {
                format!("tell that it goes on being parked at {}", self.user(*at))
            }
            LineAction::NoCallWaiting(user) => {
                format!("let no second call ring at {}", self.user(*user))
            }
        }
    }

    fn queue_action(&self, action: &QueueAction) -> String {
        match action {
            QueueAction::AskCenter(center) => format!("ask for {}", self.user(*center)),
            QueueAction::AskQueue => "ask for the place in the queue".into(),
            QueueAction::Enqueue { center, since } => {
                let (center, since) = (self.user(*center), self.moment(*since));
                format!("put into the queue of {center}, waiting since {since}")
            }
            QueueAction::Dequeue => "take out of the queue".into(),
            QueueAction::Offer { agent, result } => {
                let result = match result {
                    OfferResult::Answered => "was answered",
                    OfferResult::Failed => "failed",
                    OfferResult::Over => "is over",
                };
                format!("tell that the offer to {} {result}", self.user(*agent))
            }
        }
    }

    fn signal_action(&self, action: &SignalAction) -> String {
        match action {
            SignalAction::Alert => "tell the caller that it rings".into(),
            SignalAction::Answer => "answer".into(),
            SignalAction::Connected(connected) => {
                let Connected {
                    number,
                    extension,
                    name,
                    withheld,
                } = &**connected;
                let number = number.map(|number| number.to_string());
                let extension = extension.map(|extension| extension.to_string());
                let name = Some(name.clone()).filter(|name| !name.is_empty());
                let withheld = withheld.then(|| "nobody".to_owned());
                let shown = list([number, extension, name, withheld].into_iter().flatten());
                format!("show the caller {shown}")
            }
            SignalAction::ForwardingNotice => "tell the caller that it is forwarded".into(),
            SignalAction::RingSplash(user) => format!("play a short ring at {}", self.user(*user)),
        }
    }

    fn media_action(&self, action: &MediaAction) -> String {
        match action {
            MediaAction::Play(sounds) => format!("play {}", self.sounds(sounds)),
            MediaAction::PlayTo(LegId(leg), sounds) => {
                format!("play to leg {leg} {}", self.sounds(sounds))
            }
            MediaAction::StopPlaying => "stop playing".into(),
            MediaAction::Music(clips) => format!("play music {}", music(clips)),
            MediaAction::MusicTo(LegId(leg), clips) => {
                format!("play to leg {leg} music {}", music(clips))
            }
            MediaAction::Silence => "stop music and ringback".into(),
            MediaAction::SilenceTo(LegId(leg)) => format!("stop the music of leg {leg}"),
            MediaAction::Ringback => "play ringback".into(),
        }
    }

    fn mailbox_action(&self, action: &MailboxAction) -> String {
        match action {
            MailboxAction::AskMailbox(user) => {
                format!("ask for the mailbox of {}", self.user(*user))
            }
            // What was keyed in is never shown.
            MailboxAction::CheckPasscode { user, typed: _ } => {
                format!("check the passcode of {}", self.user(*user))
            }
            MailboxAction::Record(user) => format!("record for {}", self.user(*user)),
            MailboxAction::AskMessage(user) => {
                format!("ask how long the message for {} is", self.user(*user))
            }
            MailboxAction::Listen(user) => {
                format!("play the messages of {}", self.user(*user))
            }
            MailboxAction::Deliver { user, how } => {
                let Delivery {
                    kept,
                    indicator,
                    forward,
                    copy,
                    notice,
                } = &**how;
                let to = |word: &str, address: &String| {
                    (!address.is_empty()).then(|| format!("{word} {address}"))
                };
                let what = [
                    kept.then(|| "keep it".to_owned()),
                    indicator.then(|| "show that it waits".to_owned()),
                    to("mail it to", forward),
                    to("mail a copy to", copy),
                    to("mail a notice to", notice),
                ];
                let what = list(what.into_iter().flatten());
                format!("deliver to {}: {what}", self.user(*user))
            }
        }
    }

    fn service_action(&self, action: &ServiceAction) -> String {
        match action {
            ServiceAction::Change {
                user,
                service,
                settings,
            } => format!("save {service} of {}: {settings}", self.user(*user)),
            ServiceAction::Perform {
                user,
                what,
                about,
                digits,
            } => {
                let about = about.map(|about| format!(" about {}", self.user(about)));
                let about = about.unwrap_or_default();
                let by = if digits.is_empty() { "" } else { " by " };
                let (what, user) = (feature(*what), self.user(*user));
                format!("perform {what} for {user}{about}{by}{digits}")
            }
            ServiceAction::Notify { user } => format!("mail {} about it", self.user(*user)),
        }
    }

    /// The login of a person, the name of a virtual user.
    fn user(&self, user: UserId) -> String {
        match self.names.user(user) {
            None => format!("user {user}"),
            Some(known) => match known.role.identity() {
                None => known.user.login.clone(),
                Some(identity) => identity.name.clone(),
            },
        }
    }

    /// A moment of the call: `+12 s` after it began.
    fn moment(&self, at: Timestamp) -> String {
        format!("{:+} s", at.since(self.start) / 1000)
    }

    fn endpoint(&self, endpoint: &Endpoint) -> String {
        match endpoint {
            Endpoint::Device(user, device) => format!("phone {device} of {}", self.user(*user)),
            Endpoint::Mobile(user, _) => format!("the mobile of {}", self.user(*user)),
            Endpoint::Outside(number) => number.to_string(),
            Endpoint::Emergency(number) => format!("emergency {number}"),
        }
    }

    fn manner(&self, manner: &Manner) -> String {
        let Manner {
            number,
            extension,
            name,
            withheld,
            diverted_by,
            caused_by,
            call_waiting,
            pattern,
            auto_answer,
        } = manner;
        let rings = (*pattern != RingPattern::Normal).then(|| format!("rings {}", kebab(pattern)));
        let shown = [
            number.map(|number| number.to_string()),
            extension.map(|extension| extension.to_string()),
            (!name.is_empty()).then(|| name.clone()),
            withheld.then(|| "nothing outside".to_owned()),
            diverted_by.map(|by| format!("forwarded by {}", self.user(by))),
            caused_by.map(|by| format!("counted for {}", self.user(by))),
            call_waiting.then(|| "beside another call".to_owned()),
            rings,
            auto_answer.map(|after| format!("answers after {after} s")),
        ];
        list(shown.into_iter().flatten())
    }

    fn sounds(&self, sounds: &[Sound]) -> String {
        list(sounds.iter().map(|sound| match sound {
            Sound::Said(announcement) => kebab(announcement),
            Sound::Own(clip) => self::clip(clip),
            Sound::Number(number) => format!("number {number}"),
            Sound::Digits(digits) => format!("digits {digits}"),
            Sound::Name(user) => format!("name of {}", self.user(*user)),
            Sound::Pause(ms) => format!("pause of {ms} ms"),
        }))
    }
}

fn music(clips: &[Clip]) -> String {
    if clips.is_empty() {
        "of the system".into()
    } else {
        list(clips.iter().map(clip))
    }
}

fn clip(clip: &Clip) -> String {
    match clip {
        Clip::Upload(upload) => format!("\"{}\"", upload.name),
        Clip::Link(link) => format!("<{link}>"),
    }
}

/// The name of the feature access code that does this.
fn feature(what: Perform) -> &'static str {
    let does = |feature: &&Feature| matches!(feature.does(), Does::Perform(does) if does == what);
    Feature::ALL.iter().find(does).unwrap().name()
}

fn list(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() {
        "nothing".into()
    } else {
        parts.join(", ")
    }
}

/// The name of a unit variant on the wire.
fn kebab(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}
