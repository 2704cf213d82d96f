//! Call forwarding no answer (*Doorschakelen bij geen antwoord*, manual § 7.1.3), after the shared ring count.

use super::forwarding_always::{check_target, send};
use super::{
    Evaluation, Field, Group, Moment, Scope, Service, ServiceId, Stage, ring_count::RingCount,
};
use crate::error::FieldError;
use crate::number::Destination;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct ForwardingNoAnswer;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// Where calls go.
    pub number: Option<Destination>,
    /// To the mailbox, when no number is set (requirement C6).
    pub voicemail: bool,
}

impl Service for ForwardingNoAnswer {
    const ID: ServiceId = ServiceId("forwarding-no-answer");
    const GROUP: Group = Group::Forwarding;
    const STAGES: &'static [Stage] = &[Stage::NoAnswer];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[
        Field::destination("number"),
        Field::toggle("voicemail"),
        Field::rings("rings").of(RingCount::ID),
    ];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        check_target(
            settings.active,
            settings.number.as_ref(),
            settings.voicemail,
            scope,
            errors,
        );
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        send(settings.number.as_ref(), settings.voicemail, false, moment).into()
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.number.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use crate::service::{Pass, Verdict};
    use serde_json::{Value, json};

    #[test]
    fn unanswered_calls_go_to_the_number_or_else_to_the_mailbox() {
        let check = |settings: Value, mailbox: bool, expected: Verdict| {
            let mut given = given(Stage::NoAnswer);
            given.mailbox = mailbox;
            let said = verdict::<ForwardingNoAnswer>(&settings, &given);
            assert_eq!(said, expected, "{settings} {mailbox}");
        };
        let both = json!({"active": true, "number": "102", "voicemail": true});
        let forward = Verdict::Forward {
            to: "102".parse().unwrap(),
            rule: None,
            splash: false,
        };
        let voicemail = json!({"active": true, "voicemail": true});
        check(json!({"number": "102"}), true, Verdict::Pass(Pass::Off));
        check(both, true, forward);
        check(
            voicemail.clone(),
            true,
            Verdict::Voicemail { splash: false },
        );
        check(voicemail, false, Verdict::Pass(Pass::NoMailbox));
        check(
            json!({"active": true}),
            true,
            Verdict::Pass(Pass::NoDestination),
        );
    }
}
