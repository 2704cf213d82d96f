//! Sequential ring (*Sequentieel bellen*, manual § 9.3): up to five numbers that ring one after the other, by rules.

use super::ring_count::RingCount;
use super::simultaneous_ring::{Warning, check_phones, foreign_voicemail};
use super::{
    Evaluation, Field, FieldKind, Group, Moment, Pass, Ringing, Scope, Search, SearchPhone,
    Service, ServiceId, Stage, Verdict, by_rules,
};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use crate::rule::{Effect, Rule, Rules};
use serde::{Deserialize, Serialize};

/// The most numbers that ring one after the other.
pub const MAX_PHONES: u8 = 5;
/// How often a number may ring, at least and at most.
pub const RINGS: std::ops::RangeInclusive<u8> = 2..=20;

/// The service.
pub struct SequentialRing;

/// Its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the form"
)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// The numbers, at most [`MAX_PHONES`].
    pub phones: Vec<SearchPhone>,
    /// The user's own phones ring first, as often as the ring count says, and what rings along with them.
    pub base_first: bool,
    /// The search goes on although the user is on a call.
    pub on_busy: bool,
    /// The caller may end the search with `#`.
    pub skippable: bool,
    /// Which calls it acts on; without one that is switched on it does nothing.
    pub rules: Rules,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            active: false,
            phones: Vec::new(),
            base_first: true,
            on_busy: false,
            skippable: false,
            rules: Rules::default(),
        }
    }
}

impl Service for SequentialRing {
    const ID: ServiceId = ServiceId("sequential-ring");
    const GROUP: Group = Group::Ringing;
    const STAGES: &'static [Stage] = &[Stage::Ringing];
    const FORM: &'static [Field] = &[
        Field::toggle("base_first"),
        Field::rings("rings").of(RingCount::ID),
        Field::of_kind(
            "phones",
            FieldKind::Phones {
                max: MAX_PHONES,
                rings: true,
            },
        ),
        Field::toggle("on_busy"),
        Field::toggle("skippable"),
        Field::rules("rules"),
    ];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        let numbers = settings.phones.iter().map(|phone| &phone.number);
        check_phones(settings.active, MAX_PHONES, numbers, scope, errors);
        for (place, phone) in settings.phones.iter().enumerate() {
            if !RINGS.contains(&phone.rings) {
                errors.push(FieldError::new(
                    format!("phones.{place}.rings"),
                    Code::OutOfRange,
                ));
            }
        }
        let acts = |rule: &Rule| rule.enabled && rule.effect == Effect::Activate;
        if settings.active && !settings.rules.iter().any(acts) {
            errors.push(FieldError::new("rules", Code::RuleNeeded));
        }
        for (place, rule) in settings.rules.iter().enumerate() {
            rule.validate(&format!("rules.{place}"), scope.schedules, errors);
        }
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        if moment.on_a_call && !settings.on_busy {
            return Verdict::Pass(Pass::OnACall).into();
        }
        if settings.phones.is_empty() {
            return Verdict::Pass(Pass::NoDestination).into();
        }
        by_rules(&settings.rules, moment, |rule| Verdict::Acts {
            rule: Some(rule),
        })
    }

    fn ring(settings: &Settings, ringing: &mut Ringing) {
        ringing.search = Some(Search {
            phones: settings.phones.clone(),
            base_first: settings.base_first,
            skippable: settings.skippable,
        });
    }

    fn rules(settings: &Settings) -> &[Rule] {
        &settings.rules
    }

    fn destinations(settings: &Settings) -> Vec<&Destination> {
        settings.phones.iter().map(|phone| &phone.number).collect()
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn numbers_are_tried_for_calls_that_a_rule_names() {
        let check = |change: Value, on_a_call: bool, expected: Verdict| {
            let mut settings =
                json!({"active": true, "phones": [{"number": "102"}], "rules": [{"name": "a"}]});
            let change = change.as_object().unwrap().clone();
            settings.as_object_mut().unwrap().extend(change);
            let mut given = given(Stage::Ringing);
            given.on_a_call = on_a_call;
            let said = verdict::<SequentialRing>(&settings, &given);
            assert_eq!(said, expected, "{settings} {on_a_call}");
        };
        let acts = Verdict::Acts { rule: Some(0) };
        check(json!({"active": false}), false, Verdict::Pass(Pass::Off));
        check(json!({}), false, acts);
        check(json!({}), true, Verdict::Pass(Pass::OnACall));
        check(json!({"on_busy": true}), true, acts);
        check(
            json!({"phones": []}),
            false,
            Verdict::Pass(Pass::NoDestination),
        );
        check(json!({"rules": []}), false, Verdict::Pass(Pass::NoRule));
    }

    #[test]
    fn a_search_is_what_is_set() {
        let mut ringing = Ringing::default();
        let phones = json!([{"number": "102", "rings": 3}, {"number": "103"}]);
        let settings = json!({"phones": phones, "base_first": false, "skippable": true});
        SequentialRing::ring(&serde_json::from_value(settings).unwrap(), &mut ringing);
        let search = ringing.search.unwrap();
        let rings: Vec<_> = search.phones.iter().map(|phone| phone.rings).collect();
        assert_eq!(rings, [3, 4]);
        assert_eq!((search.base_first, search.skippable), (false, true));
    }
}
