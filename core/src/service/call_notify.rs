//! Call notify (*Bericht bij oproep*, manual § 7.4): a mail about a call that came in. It never changes the call. The call
//! machine asks it for calls that reach the user and are not refused.

use super::{
    Evaluation, Field, Group, HasServices, Moment, Scope, Service, ServiceId, Stage, Verdict,
    by_rules,
};
use crate::error::FieldError;
use crate::organisation::RoleKind;
use crate::rule::{Rule, Rules};
use serde::{Deserialize, Serialize};

/// The service.
pub struct CallNotify;

/// Its settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Switched on.
    pub active: bool,
    /// The mail address to which the notice goes; empty: none is sent.
    pub email: String,
    /// A notice is sent of the calls that these rules name.
    pub rules: Rules,
}

impl Service for CallNotify {
    const ID: ServiceId = ServiceId("call-notify");
    const GROUP: Group = Group::Messages;
    const STAGES: &'static [Stage] = &[Stage::Notice];
    const ROLES: &'static [RoleKind] = RoleKind::ALL;
    const FORM: &'static [Field] = &[Field::text("email", 254), Field::rules("rules")];
    type Settings = Settings;

    fn active(settings: &Settings) -> Option<bool> {
        Some(settings.active)
    }

    fn validate(settings: &Settings, scope: &Scope<'_>, errors: &mut Vec<FieldError>) {
        scope.email("email", settings.active, &settings.email, errors);
        scope.rules(settings.active, &settings.rules, errors);
    }

    fn evaluate(settings: &Settings, moment: &Moment<'_>) -> Evaluation {
        by_rules(&settings.rules, moment, |rule| Verdict::Acts {
            rule: Some(rule),
        })
    }

    fn rules(settings: &Settings) -> &[Rule] {
        &settings.rules
    }
}

/// Where the mail about a call to somebody goes; `None`: there is none.
pub fn address(called: &impl HasServices) -> Option<&str> {
    let settings = called.active::<CallNotify>()?;
    Some(settings.email.as_str()).filter(|email| !email.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Pass;
    use crate::service::testing::{given, person, verdict};
    use serde_json::{Value, json};

    #[test]
    fn calls_that_a_rule_names_are_told_of() {
        let check = |settings: Value, expected: Verdict| {
            let said = verdict::<CallNotify>(&settings, &given(Stage::Notice));
            assert_eq!(said, expected, "{settings}");
        };
        let outside = json!({"name": "a", "who": {"from": "external"}});
        let inside = json!({"name": "a", "who": {"from": "internal"}});
        check(json!({"rules": [outside]}), Verdict::Pass(Pass::Off));
        check(json!({"active": true}), Verdict::Pass(Pass::NoRule));
        check(
            json!({"active": true, "rules": [inside, outside]}),
            Verdict::Acts { rule: Some(1) },
        );
    }

    #[test]
    fn the_mail_goes_to_the_address_that_is_set() {
        let check = |settings: Value, expected: Option<&str>| {
            let called = person(json!({"call-notify": settings}));
            assert_eq!(address(&called), expected, "{settings}");
        };
        check(json!({"email": "a@example.com"}), None);
        check(json!({"active": true}), None);
        let on = json!({"active": true, "email": "a@example.com"});
        check(on, Some("a@example.com"));
    }
}
