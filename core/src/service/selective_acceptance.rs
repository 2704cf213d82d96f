//! Selective call acceptance (manual § 21.1.2, routing § 1, 2): takes only the calls that its rules name. A
//! de-activating rule refuses a call that another would accept.

use super::{Evaluation, Field, Group, Moment, Pass, Scope, Service, ServiceId, Stage, Verdict};
use crate::announcement::Announcement;
use crate::error::FieldError;
use crate::organisation::RoleKind;
use crate::rule::{Rule, Rules, Ruling};
use serde::{Deserialize, Serialize};

/// The service.
pub struct SelectiveAcceptance;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// Which calls are accepted.
    pub rules: Rules,
}

impl Service for SelectiveAcceptance {
    const ID: ServiceId = ServiceId("selective-acceptance");
    const GROUP: Group = Group::Blocking;
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
        let (ruling, rules) = settings.rules.judge(&moment.circumstances);
        let verdict = match ruling {
            Ruling::Act(rule) => Verdict::Pass(Pass::Accepted { rule }),
            Ruling::Silent | Ruling::HeldBack(_) => Verdict::Refuse {
                announcement: Announcement::CallRejected,
            },
        };
        Evaluation { verdict, rules }
    }

    fn rules(settings: &Settings) -> &[Rule] {
        &settings.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::testing::{given, verdict};
    use serde_json::{Value, json};

    #[test]
    fn only_calls_that_a_rule_names_are_accepted() {
        let check = |settings: Value, expected: Verdict| {
            let said = verdict::<SelectiveAcceptance>(&settings, &given(Stage::Arrival));
            assert_eq!(said, expected, "{settings}");
        };
        let on = |rules: Value| json!({"active": true, "rules": rules});
        let refused = Verdict::Refuse {
            announcement: Announcement::CallRejected,
        };
        let internal = || json!({"name": "a", "who": {"from": "internal"}});
        let external = || json!({"name": "b", "who": {"from": "external"}});
        let held = || json!({"name": "c", "effect": "deactivate"});
        check(json!({}), Verdict::Pass(Pass::Off));
        let accepted = Verdict::Pass(Pass::Accepted { rule: 1 });
        check(on(json!([internal(), external()])), accepted);
        check(on(json!([internal()])), refused);
        check(on(json!([])), refused);
        check(on(json!([external(), held()])), refused);
    }
}
