//! Call notify (*Bericht bij oproep*, manual § 7.4): a mail about a call that came in. It never changes the call. Which
//! calls it hears of is the call machine's affair: those that reach the user and are not refused.

use super::{
    Evaluation, Field, Group, Moment, Scope, Service, ServiceId, Stage, Verdict, by_rules,
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
    /// Where the mail goes.
    pub email: String,
    /// Which calls it is about.
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
