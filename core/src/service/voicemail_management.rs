//! Voicemail management (*Voicemail-beheer*, manual § 19.3): an admin switches the mailbox of a user on and off, says
//! which calls it gets, and what becomes of messages.

use super::{
    Evaluation, Field, Group, HasServices, MailboxExit, Moment, Needs, Pass, Scope, Service,
    ServiceId, Stage, Verdict,
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

    fn mailbox_exit(settings: &Settings) -> Option<MailboxExit> {
        Some(MailboxExit {
            field: "transfer",
            to: settings.transfer?,
            by_key: true,
        })
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.transfer.iter().collect()
    }
}

/// What is to be done with a message (manual § 19.3.3). An empty address: no such mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// It stays in the mailbox.
    pub kept: bool,
    /// The user's phones show that a message waits.
    pub indicator: bool,
    /// Where it is sent instead of being kept.
    pub forward: String,
    /// Where a copy of it is sent.
    pub copy: String,
    /// Where a notice of it is sent, without the message.
    pub notice: String,
}

/// What is to be done with a message for somebody. One who has no mailbox any more keeps it, so that nothing is lost.
pub fn delivery(owner: Option<&impl HasServices>) -> Delivery {
    let Some(settings) = owner.and_then(HasServices::active::<VoicemailManagement>) else {
        return Delivery {
            kept: true,
            indicator: true,
            ..Delivery::default()
        };
    };
    let kept = settings.messages == Messages::Kept;
    Delivery {
        kept,
        indicator: kept && settings.indicator,
        forward: if kept {
            String::new()
        } else {
            settings.forward_email.clone()
        },
        copy: settings.copy_email.clone(),
        notice: settings.notice_email.clone(),
    }
}

/// Whether somebody has a mailbox that is switched on.
pub fn has_mailbox(user: &impl HasServices) -> bool {
    user.active::<VoicemailManagement>().is_some()
}

/// Whether the phones of somebody show that messages wait.
pub fn shows_waiting(owner: &impl HasServices) -> bool {
    has_mailbox(owner) && delivery(Some(owner)).indicator
}

/// Where a caller goes who asks for somebody else while the greeting plays.
pub fn transfer(owner: &impl HasServices) -> Option<Destination> {
    owner.active::<VoicemailManagement>()?.transfer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, person, verdict};
    use serde_json::{Value, json};

    #[test]
    fn the_mailbox_takes_the_calls_that_an_admin_chose() {
        let check = |settings: Value, stage: Stage, expected: Verdict| {
            let said = verdict::<VoicemailManagement>(&settings, &given(stage));
            assert_eq!(said, expected, "{settings} {stage:?}");
        };
        let off = Verdict::Pass(Pass::Off);
        let takes = Verdict::Voicemail { splash: false };
        for stage in VoicemailManagement::STAGES {
            check(json!({}), *stage, off);
        }
        check(json!({"all": true}), Stage::Arrival, takes);
        check(json!({"all": true}), Stage::Busy, off);
        check(json!({"busy": true}), Stage::Busy, takes);
        check(json!({"unanswered": true}), Stage::NoAnswer, takes);
        check(
            json!({"active": false, "unanswered": true}),
            Stage::NoAnswer,
            off,
        );
    }

    #[test]
    fn what_becomes_of_a_message() {
        let check = |services: Value, kept: bool, indicator: bool, forward: &str, copy: &str| {
            let owner = person(services.clone());
            let expected = Delivery {
                kept,
                indicator,
                forward: forward.into(),
                copy: copy.into(),
                notice: String::new(),
            };
            assert_eq!(delivery(Some(&owner)), expected, "{services}");
            let shows = has_mailbox(&owner) && indicator;
            assert_eq!(shows_waiting(&owner), shows, "{services}");
        };
        let with = |settings: Value| json!({"voicemail-management": settings});
        check(json!({}), true, true, "", "");
        check(with(json!({"active": false})), true, true, "", "");
        check(with(json!({"indicator": false})), true, false, "", "");
        let kept = json!({"forward_email": "f@example.com", "copy_email": "c@example.com"});
        check(with(kept), true, true, "", "c@example.com");
        let sent = json!({"messages": "forwarded", "forward_email": "f@example.com"});
        check(with(sent), false, false, "f@example.com", "");
    }

    #[test]
    fn a_caller_may_ask_for_somebody_else() {
        let check = |settings: Value, expected: Option<&str>| {
            let owner = person(json!({"voicemail-management": settings}));
            let expected = expected.map(|to| to.parse().unwrap());
            assert_eq!(transfer(&owner), expected, "{settings}");
        };
        check(json!({}), None);
        check(json!({"transfer": "102"}), Some("102"));
        check(json!({"active": false, "transfer": "102"}), None);
    }
}
