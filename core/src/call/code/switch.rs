//! Codes that switch a service on or off, or ask for it (requirement C32).

use super::Call;
use crate::announcement::Announcement;
use crate::call::Sound;
use crate::error::Code;
use crate::feature::Feature;
use crate::id::UserId;
use crate::service::ServiceId;
use crate::trace::{CodeStep, What};
use serde_json::{Map, Value};

impl Call {
    /// Switches a service on, to the number that follows the code, else to the one that is set. For the mailbox the
    /// number goes: it would win (requirement C6).
    pub(super) fn switch_on(
        &mut self,
        user: UserId,
        feature: Feature,
        service: ServiceId,
        mailbox: bool,
        digits: Option<&str>,
    ) {
        let Some((entry, mut settings)) = self.settings_by_code(user, service) else {
            return self.code_reply(Announcement::NotAssigned, Vec::new());
        };
        set(&mut settings, "active", true);
        if mailbox {
            set(&mut settings, "voicemail", true);
            set(&mut settings, "number", Value::Null);
        }
        if let Some(digits) = digits {
            set(&mut settings, "number", digits);
        }
        let wrong = self.wrong_by_code(user, entry, &settings);
        match wrong.iter().find(|error| error.field == "number") {
            Some(error) if error.code == Code::NumberNeeded => self.ask_digits(user, feature),
            Some(_) if digits.is_some() => self.code_reply(Announcement::DigitsWrong, Vec::new()),
            _ if wrong.is_empty() => {
                self.save_by_code(user, feature, entry, settings, Announcement::ServiceOn);
            }
            _ => self.code_reply(Announcement::NotSaved, Vec::new()),
        }
    }

    /// Switches a service off. Without the mailbox a forwarding goes on when it has a number.
    pub(super) fn switch_off(
        &mut self,
        user: UserId,
        feature: Feature,
        service: ServiceId,
        mailbox: bool,
    ) {
        let Some((entry, mut settings)) = self.settings_by_code(user, service) else {
            return self.code_reply(Announcement::NotAssigned, Vec::new());
        };
        if mailbox {
            set(&mut settings, "voicemail", false);
        }
        if !mailbox || settings.get("number").is_none_or(Value::is_null) {
            set(&mut settings, "active", false);
        }
        self.save_by_code(user, feature, entry, settings, Announcement::ServiceOff);
    }

    /// Tells whether a service is on, and where it sends calls.
    pub(super) fn tell_state(&mut self, user: UserId, service: ServiceId) {
        let Some((_, settings)) = self.settings_by_code(user, service) else {
            return self.code_reply(Announcement::NotAssigned, Vec::new());
        };
        let on = settings.get("active") == Some(&Value::Bool(true));
        self.note(What::Code(CodeStep::Asks { user, service, on }));
        if !on {
            return self.code_reply(Announcement::ServiceIsOff, Vec::new());
        }
        let to_mailbox = settings.get("voicemail") == Some(&Value::Bool(true));
        let more = match settings.get("number").and_then(Value::as_str) {
            Some(number) => vec![
                Sound::Said(Announcement::ServiceTo),
                Sound::Digits(number.to_owned()),
            ],
            None if to_mailbox => vec![Sound::Said(Announcement::ServiceToMailbox)],
            None => Vec::new(),
        };
        self.code_reply(Announcement::ServiceIsOn, more);
    }
}

fn set(settings: &mut Map<String, Value>, field: &str, value: impl Into<Value>) {
    settings.insert(field.to_owned(), value.into());
}
