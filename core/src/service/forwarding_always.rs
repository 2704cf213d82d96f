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
