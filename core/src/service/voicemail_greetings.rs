//! Voicemail greetings (*Begroetingen*, manual § 8.3): what a caller hears, and whether they may leave a message.

use super::ring_count::RingCount;
use super::{Field, Group, Needs, Scope, Service, ServiceId};
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
    /// The name of the greeting that plays; `None`: the system's.
    pub fn greeting(&self, busy: bool) -> Option<&str> {
        let (_, name) = self.chosen(busy)?;
        Some(name).filter(|name| !name.is_empty())
    }

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
