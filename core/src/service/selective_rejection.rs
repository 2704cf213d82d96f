//! Selective call rejection (manual § 21.1.2, routing § 1, 1): refuses the calls that its rules name. A de-activating
//! rule lets a call through.

use super::{
    Evaluation, Field, Group, Moment, Scope, Service, ServiceId, Stage, Verdict, by_rules,
};
use crate::announcement::Announcement;
use crate::error::FieldError;
use crate::organisation::RoleKind;
use crate::rule::{Rule, Rules};
use serde::{Deserialize, Serialize};

/// The service.
pub struct SelectiveRejection;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// Which calls are refused.
    pub rules: Rules,
}

impl Service for SelectiveRejection {
    const ID: ServiceId = ServiceId("selective-rejection");
    const GROUP: Group = Group::Blocking;
    const ACTS_ON_OFFERS: bool = false;
    const STAGES: &'static [Stage] = &[Stage::Arrival];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[Field::rules("rules")];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        scope.rules(settings.active, &settings.rules, errors);
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        by_rules(&settings.rules, moment, |_| Verdict::Refuse {
            announcement: Announcement::CallRejected,
        })
    }

    fn rules(settings: &Settings) -> &[Rule] {
        &settings.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Pass;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn calls_that_a_rule_names_are_refused() {
        let check = |settings: Value, expected: Verdict| {
            let said = verdict::<SelectiveRejection>(&settings, &given(Stage::Arrival));
            assert_eq!(said, expected, "{settings}");
        };
        let on = |rules: Value| json!({"active": true, "rules": rules});
        let refused = Verdict::Refuse {
            announcement: Announcement::CallRejected,
        };
        let internal = || json!({"name": "a", "who": {"from": "internal"}});
        let external = || json!({"name": "b", "who": {"from": "external"}});
        let held = || json!({"name": "c", "effect": "deactivate"});
        check(json!({"rules": [external()]}), Verdict::Pass(Pass::Off));
        check(on(json!([internal(), external()])), refused);
        check(on(json!([internal()])), Verdict::Pass(Pass::NoRule));
        let held_back = Verdict::Pass(Pass::HeldBack { rule: 1 });
        check(on(json!([external(), held()])), held_back);
    }
}
