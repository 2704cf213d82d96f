//! Simultaneous ring (*Simultaan bellen*, manual § 9.2): up to ten numbers that ring together with the user's phones.

use super::{
    AlongPhone, Evaluation, Field, FieldKind, Group, Moment, Pass, Ringing, Scope, Service,
    ServiceId, Stage, Verdict,
};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use crate::rule::{Effect, Rule, Rules, Ruling};
use serde::{Deserialize, Serialize};

/// The most numbers that ring along.
pub const MAX_PHONES: u8 = 10;

/// The service.
pub struct SimultaneousRing;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// The numbers, at most [`MAX_PHONES`].
    pub phones: Vec<AlongPhone>,
    /// Whether being on a call matters.
    pub when: When,
    /// Which calls ring along; without a rule that activates, all of them.
    pub rules: Rules,
}

/// Whether being on a call matters (requirement C16).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// The numbers ring whether or not the user is on a call.
    #[default]
    Always,
    /// The numbers ring only while the user is on a call, or counts as busy.
    OnACall,
    /// The numbers never ring then.
    NotOnACall,
}

impl When {
    /// The names on the wire.
    pub const NAMES: &'static [&'static str] = &["always", "on-a-call", "not-on-a-call"];
}

impl Service for SimultaneousRing {
    const ID: ServiceId = ServiceId("simultaneous-ring");
    const GROUP: Group = Group::Ringing;
    const STAGES: &'static [Stage] = &[Stage::Ringing];
    const FORM: &'static [Field] = &[
        Field::of_kind(
            "phones",
            FieldKind::Phones {
                max: MAX_PHONES,
                rings: false,
            },
        ),
        Field::choice("when", When::NAMES),
        Field::rules("rules"),
    ];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        let numbers = settings.phones.iter().map(|phone| &phone.number);
        check_phones(settings.active, MAX_PHONES, numbers, scope, errors);
        for (place, rule) in settings.rules.iter().enumerate() {
            rule.validate(&format!("rules.{place}"), scope.schedules, errors);
        }
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        match settings.when {
            When::OnACall if !moment.on_a_call => return Verdict::Pass(Pass::LineFree).into(),
            When::NotOnACall if moment.on_a_call => return Verdict::Pass(Pass::OnACall).into(),
            _ if settings.phones.is_empty() => return Verdict::Pass(Pass::NoDestination).into(),
            When::Always | When::OnACall | When::NotOnACall => {}
        }
        let selective = settings
            .rules
            .iter()
            .any(|rule| rule.enabled && rule.effect == Effect::Activate);
        let (ruling, rules) = settings.rules.judge(&moment.circumstances);
        let verdict = match ruling {
            Ruling::HeldBack(rule) => Verdict::Pass(Pass::HeldBack { rule }),
            Ruling::Act(rule) => Verdict::Acts { rule: Some(rule) },
            Ruling::Silent if selective => Verdict::Pass(Pass::NoRule),
            Ruling::Silent => Verdict::Acts { rule: None },
        };
        Evaluation { verdict, rules }
    }

    fn ring(settings: &Settings, ringing: &mut Ringing) {
        ringing.along.clone_from(&settings.phones);
    }

    fn rules(settings: &Settings) -> &[Rule] {
        &settings.rules
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.phones.iter().map(|phone| &phone.number).collect()
    }
}

/// Checks the numbers of a list: at least one before it can be switched on, none of them the user's own.
pub(super) fn check_phones<'a>(
    active: bool,
    max: u8,
    numbers: impl ExactSizeIterator<Item = &'a Destination>,
    scope: &Scope<'_>,
    errors: &mut Vec<FieldError>,
) {
    match numbers.len() {
        0 if active => errors.push(FieldError::new("phones", Code::NumberNeeded)),
        count if count > usize::from(max) => errors.push(FieldError::new("phones", Code::TooMany)),
        _ => {}
    }
    for (place, number) in numbers.enumerate() {
        scope.destination(&format!("phones.{place}.number"), number, errors);
    }
}

/// What a user should know of their settings before they rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// The voicemail of a number outside may answer first, as the number at this place asks for no answer
    /// confirmation (manual § 9.1.3, requirement C18).
    ForeignVoicemail {
        /// The place in the list, from 0.
        phone: u8,
    },
}

/// What a user should know of these settings (requirement C18).
pub fn warnings(settings: &Settings) -> Vec<Warning> {
    foreign_voicemail(
        settings
            .phones
            .iter()
            .map(|phone| (&phone.number, phone.confirm)),
    )
}

/// A warning for each number outside without answer confirmation: an extension has no voicemail of its own here, as the
/// services of its user do not act on calls that ring along.
pub(super) fn foreign_voicemail<'a>(
    phones: impl Iterator<Item = (&'a Destination, bool)>,
) -> Vec<Warning> {
    let outside =
        |number: &Destination| matches!(number, Destination::Number(_) | Destination::National(_));
    (0..=u8::MAX)
        .zip(phones)
        .filter(|(_, (number, confirm))| !confirm && outside(number))
        .map(|(phone, _)| Warning::ForeignVoicemail { phone })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn numbers_ring_along_by_the_line_and_the_rules() {
        let check = |when: &str, rules: Value, on_a_call: bool, expected: Verdict| {
            let phones = json!([{"number": "102"}]);
            let settings = json!({"active": true, "phones": phones, "when": when, "rules": rules});
            let mut given = given(Stage::Ringing);
            given.on_a_call = on_a_call;
            let said = verdict::<SimultaneousRing>(&settings, &given);
            assert_eq!(said, expected, "{settings} {on_a_call}");
        };
        let acts = |rule: Option<u16>| Verdict::Acts { rule };
        let internal = || json!({"name": "a", "who": {"from": "internal"}});
        let external = || json!({"name": "b", "who": {"from": "external"}});
        let held = || json!({"name": "c", "effect": "deactivate"});
        check("always", json!([]), false, acts(None));
        check("always", json!([]), true, acts(None));
        check("on-a-call", json!([]), true, acts(None));
        check("on-a-call", json!([]), false, Verdict::Pass(Pass::LineFree));
        check(
            "not-on-a-call",
            json!([]),
            true,
            Verdict::Pass(Pass::OnACall),
        );
        check(
            "always",
            json!([internal(), external()]),
            false,
            acts(Some(1)),
        );
        check(
            "always",
            json!([internal()]),
            false,
            Verdict::Pass(Pass::NoRule),
        );
        let held_back = Verdict::Pass(Pass::HeldBack { rule: 0 });
        check("always", json!([held()]), false, held_back);
    }

    #[test]
    fn it_does_nothing_while_it_is_off_or_has_no_number() {
        let check = |settings: Value, expected: Pass| {
            let said = verdict::<SimultaneousRing>(&settings, &given(Stage::Ringing));
            assert_eq!(said, Verdict::Pass(expected), "{settings}");
        };
        check(json!({"phones": [{"number": "102"}]}), Pass::Off);
        check(json!({"active": true}), Pass::NoDestination);
    }

    #[test]
    fn foreign_voicemail_may_answer_first() {
        let check = |number: &str, confirm: bool, expected: &[Warning]| {
            let phones = json!([{"number": "102"}, {"number": number, "confirm": confirm}]);
            let settings: Settings = serde_json::from_value(json!({"phones": phones})).unwrap();
            assert_eq!(warnings(&settings), expected, "{number} {confirm}");
        };
        check(
            "+31655500103",
            false,
            &[Warning::ForeignVoicemail { phone: 1 }],
        );
        check(
            "06 5550 0103",
            false,
            &[Warning::ForeignVoicemail { phone: 1 }],
        );
        check("06 5550 0103", true, &[]);
        check("103", false, &[]);
        check("*72", false, &[]);
    }
}
