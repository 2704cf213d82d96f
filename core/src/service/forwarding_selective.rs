//! Call forwarding selective (*Geselecteerde oproepen doorschakelen*, manual § 7.1.5): rules decide which calls go,
//! and a rule may carry its own number.

use super::{
    Evaluation, Field, Group, Moment, Pass, Scope, Service, ServiceId, Stage, Verdict, by_rules,
};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use crate::organisation::RoleKind;
use crate::rule::{Effect, Rule, Rules};
use serde::{Deserialize, Serialize};

/// The service.
pub struct ForwardingSelective;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// Where calls go for which the rule carries no number.
    pub number: Option<Destination>,
    /// The desk phone plays a short ring for each call that went elsewhere.
    pub ring_splash: bool,
    /// Which calls go.
    pub rules: Rules,
}

impl Service for ForwardingSelective {
    const ID: ServiceId = ServiceId("forwarding-selective");
    const GROUP: Group = Group::Forwarding;
    const STAGES: &'static [Stage] = &[Stage::Arrival];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[
        Field::destination("number"),
        Field::rules_with_numbers("rules"),
        Field::splash("ring_splash"),
    ];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        if let Some(number) = &settings.number {
            scope.destination("number", number, errors);
        }
        scope.rules(settings.active, &settings.rules, errors);
        let acts = |rule: &&Rule| rule.enabled && rule.effect == Effect::Activate;
        let lacks = settings
            .rules
            .iter()
            .filter(acts)
            .any(|rule| rule.number.is_none());
        if settings.active && settings.number.is_none() && lacks {
            errors.push(FieldError::new("number", Code::NumberNeeded));
        }
        for (place, rule) in settings.rules.iter().enumerate() {
            if let Some(number) = &rule.number {
                scope.destination(&format!("rules.{place}.number"), number, errors);
            }
        }
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        if moment.diversion_inhibited {
            return Verdict::Pass(Pass::DiversionInhibited).into();
        }
        by_rules(&settings.rules, moment, |rule| {
            let own = settings
                .rules
                .get(usize::from(rule))
                .and_then(|r| r.number.as_ref());
            match own.or(settings.number.as_ref()) {
                Some(to) => Verdict::Forward {
                    to: *to,
                    rule: Some(rule),
                    splash: settings.ring_splash,
                },
                None => Verdict::Pass(Pass::NoDestination),
            }
        })
    }

    fn rules(settings: &Settings) -> &[Rule] {
        &settings.rules
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings
            .number
            .iter()
            .chain(settings.rules.iter().filter_map(|r| r.number.as_ref()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn calls_go_to_the_number_of_their_rule_or_else_to_that_of_the_service() {
        let check = |settings: Value, inhibited: bool, expected: Verdict| {
            let mut given = given(Stage::Arrival);
            given.diversion_inhibited = inhibited;
            let said = verdict::<ForwardingSelective>(&settings, &given);
            assert_eq!(said, expected, "{settings} {inhibited}");
        };
        let to = |number: &str, rule: u16| Verdict::Forward {
            to: number.parse().unwrap(),
            rule: Some(rule),
            splash: false,
        };
        let on = |number: Option<&str>, rules: Value| json!({"active": true, "number": number, "rules": rules});
        let plain = || json!({"name": "a"});
        let internal = || json!({"name": "b", "who": {"from": "internal"}, "number": "103"});
        let own = || json!({"name": "c", "who": {"from": "external"}, "number": "104"});
        let held = || json!({"name": "d", "effect": "deactivate"});
        check(json!({"rules": [plain()]}), false, Verdict::Pass(Pass::Off));
        check(on(Some("102"), json!([plain()])), false, to("102", 0));
        check(
            on(Some("102"), json!([internal(), own()])),
            false,
            to("104", 1),
        );
        check(
            on(Some("102"), json!([internal()])),
            false,
            Verdict::Pass(Pass::NoRule),
        );
        let held = on(Some("102"), json!([plain(), held()]));
        check(held, false, Verdict::Pass(Pass::HeldBack { rule: 1 }));
        check(
            on(None, json!([plain()])),
            false,
            Verdict::Pass(Pass::NoDestination),
        );
        let inhibited = Verdict::Pass(Pass::DiversionInhibited);
        check(on(Some("102"), json!([plain()])), true, inhibited);
    }
}
