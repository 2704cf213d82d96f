//! Voicemail greetings (*Begroetingen*, manual § 8.3): what a caller hears, and whether they may leave a message.

use super::ring_count::RingCount;
use super::{Field, Group, HasServices, MailboxExit, Needs, Scope, Service, ServiceId};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use crate::organisation::{MAX_UPLOAD_NAME, RoleKind};
use serde::{Deserialize, Serialize};

/// The longest name of an upload, in characters.
const MAX_NAME: u16 = MAX_UPLOAD_NAME as u16;

/// The service.
pub struct VoicemailGreetings;

/// Its settings. Sounds are uploads of the user, by their names; an empty name: there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The greeting that plays while the user is on a call.
    pub when_busy: WhenBusy,
    /// The own greeting for that.
    pub busy: String,
    /// The greeting that plays otherwise.
    pub when_unanswered: WhenUnanswered,
    /// The own greeting for that.
    pub unanswered: String,
    /// The first alternative.
    pub alternative_1: String,
    /// The second alternative.
    pub alternative_2: String,
    /// The third alternative.
    pub alternative_3: String,
    /// The name of the user, as they speak it.
    pub spoken_name: String,
    /// Callers may leave a message.
    pub deposit: bool,
    /// Where a caller who may not goes after the greeting; none: the call ends.
    pub after_greeting: Option<Destination>,
}

/// A greeting for callers who find the user on a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenBusy {
    /// The system's.
    #[default]
    Standard,
    /// The own one.
    Own,
}

/// A greeting for other callers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenUnanswered {
    /// The system's.
    #[default]
    Standard,
    /// The own one.
    Own,
    /// The first alternative.
    #[serde(rename = "alternative-1")]
    Alternative1,
    /// The second alternative.
    #[serde(rename = "alternative-2")]
    Alternative2,
    /// The third alternative.
    #[serde(rename = "alternative-3")]
    Alternative3,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            when_busy: WhenBusy::Standard,
            busy: String::new(),
            when_unanswered: WhenUnanswered::Standard,
            unanswered: String::new(),
            alternative_1: String::new(),
            alternative_2: String::new(),
            alternative_3: String::new(),
            spoken_name: String::new(),
            deposit: true,
            after_greeting: None,
        }
    }
}

impl Settings {
    /// The field of the greeting that is chosen and what it holds; `None`: the system's.
    fn chosen(&self, busy: bool) -> Option<(&'static str, &str)> {
        if busy {
            return match self.when_busy {
                WhenBusy::Standard => None,
                WhenBusy::Own => Some(("busy", &self.busy)),
            };
        }
        match self.when_unanswered {
            WhenUnanswered::Standard => None,
            WhenUnanswered::Own => Some(("unanswered", &self.unanswered)),
            WhenUnanswered::Alternative1 => Some(("alternative_1", &self.alternative_1)),
            WhenUnanswered::Alternative2 => Some(("alternative_2", &self.alternative_2)),
            WhenUnanswered::Alternative3 => Some(("alternative_3", &self.alternative_3)),
        }
    }
}

impl Service for VoicemailGreetings {
    const ID: ServiceId = ServiceId("voicemail-greetings");
    const GROUP: Group = Group::Messages;
    const NEEDS: Needs = Needs::FixedProfile;
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[
        Field::choice("when_busy", &["standard", "own"]),
        Field::text("busy", MAX_NAME),
        Field::choice(
            "when_unanswered",
            &[
                "standard",
                "own",
                "alternative-1",
                "alternative-2",
                "alternative-3",
            ],
        ),
        Field::text("unanswered", MAX_NAME),
        Field::text("alternative_1", MAX_NAME),
        Field::text("alternative_2", MAX_NAME),
        Field::text("alternative_3", MAX_NAME),
        Field::rings("rings").of(RingCount::ID),
        Field::text("spoken_name", MAX_NAME),
        Field::toggle("deposit"),
        Field::destination("after_greeting"),
    ];
    type Settings = Settings;

    fn active(_: &Settings) -> Option<bool> {
        None
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        for busy in [true, false] {
            if let Some((field, "")) = settings.chosen(busy) {
                errors.push(FieldError::new(field, Code::Empty));
            }
        }
        if let Some(number) = &settings.after_greeting {
            scope.destination("after_greeting", number, errors);
        }
    }

    fn mailbox_exit(settings: &Settings) -> Option<MailboxExit> {
        Some(MailboxExit {
            field: "after_greeting",
            to: settings.after_greeting.filter(|_| !settings.deposit)?,
            by_key: false,
        })
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings
            .after_greeting
            .iter()
            .filter(|_| !settings.deposit)
            .collect()
    }

    fn uploads(settings: &Settings) -> Vec<(&'static str, &str)> {
        let all: [(&str, &str); 6] = [
            ("busy", &settings.busy),
            ("unanswered", &settings.unanswered),
            ("alternative_1", &settings.alternative_1),
            ("alternative_2", &settings.alternative_2),
            ("alternative_3", &settings.alternative_3),
            ("spoken_name", &settings.spoken_name),
        ];
        all.into_iter()
            .filter(|(_, name)| !name.is_empty())
            .collect()
    }
}

/// The name of the upload that greets callers of somebody, who found them on a call (`busy`) or not; `None`: the
/// system's greeting does.
pub fn greeting(owner: &impl HasServices, busy: bool) -> Option<&str> {
    let (_, name) = owner.settings::<VoicemailGreetings>()?.chosen(busy)?;
    Some(name).filter(|name| !name.is_empty())
}

/// The name of the upload with the name of somebody as they speak it, if they recorded one.
pub fn spoken_name(owner: &impl HasServices) -> Option<&str> {
    let settings = owner.settings::<VoicemailGreetings>()?;
    Some(settings.spoken_name.as_str()).filter(|name| !name.is_empty())
}

/// Whether callers may leave a message for somebody.
pub fn takes_messages(owner: &impl HasServices) -> bool {
    let settings = owner.settings::<VoicemailGreetings>();
    settings.is_none_or(|settings| settings.deposit)
}

/// Where callers who may not leave a message go after the greeting; `None`: the call ends.
pub fn after_greeting(owner: &impl HasServices) -> Option<Destination> {
    VoicemailGreetings::mailbox_exit(owner.settings::<VoicemailGreetings>()?).map(|exit| exit.to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::person;
    use serde_json::{Value, json};

    #[test]
    fn what_greets_a_caller() {
        let check = |settings: Value, busy: Option<&str>, unanswered: Option<&str>| {
            let owner = person(json!({"voicemail-greetings": settings}));
            let found = (greeting(&owner, true), greeting(&owner, false));
            assert_eq!(found, (busy, unanswered), "{settings}");
        };
        check(json!({}), None, None);
        check(json!({"busy": "b", "unanswered": "u"}), None, None);
        check(json!({"when_busy": "own", "busy": "b"}), Some("b"), None);
        check(json!({"when_busy": "own"}), None, None);
        check(
            json!({"when_unanswered": "own", "unanswered": "u"}),
            None,
            Some("u"),
        );
        let third = json!({"when_unanswered": "alternative-3", "alternative_3": "3"});
        check(third, None, Some("3"));
    }

    #[test]
    fn whether_a_message_may_be_left_and_where_the_call_goes_else() {
        let check = |services: Value, takes: bool, to: Option<&str>| {
            let owner = person(services.clone());
            assert_eq!(takes_messages(&owner), takes, "{services}");
            let to = to.map(|to| to.parse().unwrap());
            assert_eq!(after_greeting(&owner), to, "{services}");
        };
        let with = |settings: Value| json!({"voicemail-greetings": settings});
        check(json!({}), true, None);
        check(with(json!({"after_greeting": "102"})), true, None);
        check(with(json!({"deposit": false})), false, None);
        let closed = json!({"deposit": false, "after_greeting": "102"});
        check(with(closed), false, Some("102"));
    }

    #[test]
    fn a_name_is_spoken_where_it_was_recorded() {
        let check = |settings: Value, expected: Option<&str>| {
            let owner = person(json!({"voicemail-greetings": settings}));
            assert_eq!(spoken_name(&owner), expected, "{settings}");
        };
        check(json!({}), None);
        check(json!({"spoken_name": "me"}), Some("me"));
    }
}
