//! Voicemail management (*Voicemail-beheer*, manual § 19.3): an admin switches the mailbox of a user on and off, says
//! which calls it gets, and what becomes of messages.

use super::{
    Evaluation, Field, Group, Moment, Needs, Pass, Scope, Service, ServiceId, Stage, Verdict,
};
use crate::error::FieldError;
use crate::number::Destination;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The longest mail address, in characters (RFC 5321, § 4.5.3.1.3).
const MAX_EMAIL: u16 = 254;

/// The service.
pub struct VoicemailManagement;

/// Its settings. An empty mail address: no such mail is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the form"
)]
pub struct Settings {
    /// The user has a mailbox.
    pub active: bool,
    /// Every call goes to it that nothing sent elsewhere.
    pub all: bool,
    /// Calls go to it while the user is on one.
    pub busy: bool,
    /// Calls go to it that nobody answers.
    pub unanswered: bool,
    /// What becomes of a message.
    pub messages: Messages,
    /// Phones show that a message waits (unified messaging only).
    pub indicator: bool,
    /// Where messages are sent to instead of being kept.
    pub forward_email: String,
    /// Where a notice of each message is sent.
    pub notice_email: String,
    /// Where a copy of each message is sent.
    pub copy_email: String,
    /// Where a caller goes who presses 0 while the greeting plays.
    pub transfer: Option<Destination>,
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Messages {
    /// The mailbox keeps it (unified messaging).
    #[default]
    Kept,
    /// It is sent by mail, and not kept.
    Forwarded,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            active: true,
            all: false,
            busy: false,
            unanswered: false,
            messages: Messages::Kept,
            indicator: true,
            forward_email: String::new(),
            notice_email: String::new(),
            copy_email: String::new(),
            transfer: None,
        }
    }
}

impl Settings {
    fn takes(&self, stage: Stage) -> bool {
        match stage {
            Stage::Arrival => self.all,
            Stage::Busy => self.busy,
            Stage::NoAnswer => self.unanswered,
            _ => false,
        }
    }
}

impl Service for VoicemailManagement {
    const ID: ServiceId = ServiceId("voicemail-management");
    const GROUP: Group = Group::Messages;
    const STAGES: &'static [Stage] = &[Stage::Arrival, Stage::Busy, Stage::NoAnswer];
    const ADMIN: bool = true;
    const NEEDS: Needs = Needs::FixedProfile;
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[
        Field::toggle("all"),
        Field::toggle("busy"),
        Field::toggle("unanswered"),
        Field::choice("messages", &["kept", "forwarded"]),
        Field::toggle("indicator"),
        Field::text("forward_email", MAX_EMAIL),
        Field::text("notice_email", MAX_EMAIL),
        Field::text("copy_email", MAX_EMAIL),
        Field::destination("transfer"),
    ];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn acts_at(settings: &Settings, stage: Stage) -> bool {
        settings.takes(stage)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        let forwarded = settings.active && settings.messages == Messages::Forwarded;
        scope.email("forward_email", forwarded, &settings.forward_email, errors);
        scope.email("notice_email", false, &settings.notice_email, errors);
        scope.email("copy_email", false, &settings.copy_email, errors);
        if let Some(number) = &settings.transfer {
            scope.destination("transfer", number, errors);
        }
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        if !settings.takes(moment.stage) {
            Verdict::Pass(Pass::Off)
        } else if moment.diversion_inhibited {
            Verdict::Pass(Pass::DiversionInhibited)
        } else {
            Verdict::Voicemail { splash: false }
        }
        .into()
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.transfer.iter().collect()
    }
}
