//! Call forwarding always (*Doorschakelen altijd aan*, manual § 7.1.1): every call goes to a number, or to the mailbox.

use super::{Evaluation, Field, Group, Moment, Pass, Scope, Service, ServiceId, Stage, Verdict};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use crate::organisation::RoleKind;
use serde::{Deserialize, Serialize};

/// The service.
pub struct ForwardingAlways;

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
    /// The desk phone plays a short ring for each call that went elsewhere.
    pub ring_splash: bool,
}

impl Service for ForwardingAlways {
    const ID: ServiceId = ServiceId("forwarding-always");
    const GROUP: Group = Group::Forwarding;
    const STAGES: &'static [Stage] = &[Stage::Arrival];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[
        Field::destination("number"),
        Field::toggle("voicemail"),
        Field::splash("ring_splash"),
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
        send(
            settings.number.as_ref(),
            settings.voicemail,
            settings.ring_splash,
            moment,
        )
        .into()
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.number.iter().collect()
    }
}

/// Checks the number and the mailbox of a forwarding: one of them is needed before it can be switched on.
pub(super) fn check_target(
    active: bool,
    number: Option<&Destination>,
    voicemail: bool,
    scope: &Scope<'_>,
    errors: &mut Vec<FieldError>,
) {
    match number {
        Some(number) => scope.destination("number", number, errors),
        None if active && !voicemail => errors.push(FieldError::new("number", Code::NumberNeeded)),
        None => {}
    }
    scope.mailbox("voicemail", voicemail, errors);
}

/// Sends a call to the number, else to the mailbox (requirement C6: the number wins).
pub(super) fn send(
    number: Option<&Destination>,
    voicemail: bool,
    splash: bool,
    moment: &Moment<'_>,
) -> Verdict {
    if moment.diversion_inhibited {
        return Verdict::Pass(Pass::DiversionInhibited);
    }
    match number {
        Some(to) => Verdict::Forward {
            to: *to,
            rule: None,
            splash,
        },
        None if voicemail && !moment.mailbox => Verdict::Pass(Pass::NoMailbox),
        None if voicemail => Verdict::Voicemail { splash },
        None => Verdict::Pass(Pass::NoDestination),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::scope::tests::scope;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    fn to(number: &str, splash: bool) -> Verdict {
        Verdict::Forward {
            to: number.parse().unwrap(),
            rule: None,
            splash,
        }
    }

    #[test]
    fn every_call_goes_to_the_number_or_else_to_the_mailbox() {
        let check = |settings: Value, inhibited: bool, mailbox: bool, expected: Verdict| {
            let mut given = given(Stage::Arrival);
            (given.diversion_inhibited, given.mailbox) = (inhibited, mailbox);
            let said = verdict::<ForwardingAlways>(&settings, &given);
            assert_eq!(said, expected, "{settings} {inhibited} {mailbox}");
        };
        let off = json!({"number": "102"});
        let number =
            json!({"active": true, "number": "102", "voicemail": true, "ring_splash": true});
        let voicemail = json!({"active": true, "voicemail": true});
        check(off, false, true, Verdict::Pass(Pass::Off));
        check(number.clone(), false, true, to("102", true));
        check(number, true, true, Verdict::Pass(Pass::DiversionInhibited));
        check(
            voicemail.clone(),
            false,
            true,
            Verdict::Voicemail { splash: false },
        );
        check(voicemail, false, false, Verdict::Pass(Pass::NoMailbox));
        let neither = json!({"active": true});
        check(neither, false, true, Verdict::Pass(Pass::NoDestination));
    }

    #[test]
    fn it_needs_a_number_or_a_mailbox() {
        let check = |active: bool, number: Option<&str>, voicemail: bool, expected: &[Code]| {
            let settings = Settings {
                active,
                number: number.map(|number| number.parse().unwrap()),
                voicemail,
                ring_splash: false,
            };
            let mut errors = Vec::new();
            ForwardingAlways::validate(&settings, &scope(), &mut errors);
            let codes: Vec<_> = errors.iter().map(|error| error.code).collect();
            assert_eq!(codes, expected, "{settings:?}");
        };
        check(false, None, false, &[]);
        check(true, None, false, &[Code::NumberNeeded]);
        check(true, None, true, &[]);
        check(true, Some("102"), false, &[]);
        check(false, Some("101"), false, &[Code::OwnNumber]);
    }
}
