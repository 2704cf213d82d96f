//! Settings as sentences: what a service does now, put together from the kinds of its fields.

use crate::draft::{CheckContext, RuleDraft};
use crate::text::{for_service, for_service_with, maybe, t};
use centrale_core::rule::{During, Effect};
use centrale_core::service::{Entry, FieldKind, ServiceId};
use serde_json::Value;

/// What a service does now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Where it sends calls, with an arrow; empty: nowhere.
    pub(crate) target: String,
    /// What it does beside that: when, for whom, with what.
    pub(crate) rest: String,
}

impl Sentence {
    /// The whole of it.
    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.target, self.rest).trim().to_owned()
    }
}

/// The sentence of a service. `shared` gives the settings of services whose fields it shares.
pub(crate) fn of_service(
    entry: &Entry,
    settings: &Value,
    shared: &dyn Fn(ServiceId) -> Value,
    context: &CheckContext,
) -> Sentence {
    if settings.get("active") == Some(&Value::Bool(false)) {
        return Sentence {
            rest: t("off"),
            ..Sentence::default()
        };
    }
    let mut sentence = Sentence::default();
    let mut rest = Vec::new();
    let mut after = None;
    for field in entry.form {
        let holder = field.shared.map(shared);
        let value = holder
            .as_ref()
            .unwrap_or(settings)
            .get(field.key)
            .unwrap_or(&Value::Null);
        match (field.kind, value) {
            (FieldKind::Destination, Value::String(number)) => {
                sentence.target = arrow(&context.named(number));
            }
            (FieldKind::Toggle, Value::Bool(true)) => {
                if let Some(to) = maybe(&format!("field-{}-to", field.key)) {
                    if sentence.target.is_empty() {
                        sentence.target = arrow(&to);
                    }
                } else if let Some(with) = maybe(&format!("field-{}-with", field.key)) {
                    rest.push(with);
                }
            }
            (FieldKind::Rings, Value::Number(rings)) => {
                after = Some(t!("after-rings", count = rings));
            }
            (FieldKind::SpeedDials, _) => {
                rest.push(t!(
                    "speed-dial-dialled",
                    prefix = context.card.location.speed_dial.prefix
                ));
            }
            (FieldKind::Rules { .. }, rules) => {
                let rules: Vec<_> = RuleDraft::list(rules)
                    .into_iter()
                    .filter(|rule| rule.enabled)
                    .collect();
                if let Some(own) = only_number(&rules) {
                    sentence.target = arrow(&context.named(own));
                }
                rest.insert(0, of_rules(&rules, entry.id, context));
            }
            _ => {}
        }
    }
    if sentence.target.is_empty() {
        rest.insert(0, t(&format!("service-{}-does", entry.id)));
    }
    let first = rest
        .first()
        .cloned()
        .into_iter()
        .chain(after)
        .collect::<Vec<_>>()
        .join(" ");
    let others = rest.into_iter().skip(1);
    sentence.rest = std::iter::once(first)
        .filter(|first| !first.is_empty())
        .chain(others)
        .collect::<Vec<_>>()
        .join(", ");
    sentence
}

/// The sentence of one rule: when and for whom, and where it sends calls by itself.
pub(crate) fn of_rule(rule: &RuleDraft, service: ServiceId, context: &CheckContext) -> String {
    let conditions = conditions(rule, context);
    match (rule.effect, rule.number.trim()) {
        (Effect::Deactivate, _) => for_service_with(service, "rule-not", &[("when", conditions)]),
        (Effect::Activate, "") => conditions,
        (Effect::Activate, number) => format!("{} {conditions}", arrow(&context.named(number))),
    }
}

fn of_rules(rules: &[RuleDraft], service: ServiceId, context: &CheckContext) -> String {
    let (acting, holding): (Vec<_>, Vec<_>) = rules
        .iter()
        .partition(|rule| rule.effect == Effect::Activate);
    let mut parts = match acting.as_slice() {
        [] => vec![for_service(service, "rules-none")],
        [rule] => vec![conditions(rule, context)],
        several => {
            let names = several
                .iter()
                .map(|rule| rule.name.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            vec![t!("rules-several", count = several.len(), names = names)]
        }
    };
    parts.extend(
        holding
            .iter()
            .map(|rule| t!("rules-except", when = conditions(rule, context))),
    );
    parts.join(", ")
}

fn conditions(rule: &RuleDraft, context: &CheckContext) -> String {
    let link = |during: Option<During>, kind: &str| {
        let during = during?;
        let side = if during.outside { "outside" } else { "inside" };
        let name = context.schedule_name(during.schedule);
        Some(crate::text::with(
            &format!("when-{kind}-{side}"),
            &[("name", name)],
        ))
    };
    let parts: Vec<String> = [
        link(rule.time, "time"),
        link(rule.holiday, "holiday"),
        rule.callers(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        t("when-always")
    } else {
        parts.join(", ")
    }
}

/// The number of the only rule that acts, when it carries one.
fn only_number(rules: &[RuleDraft]) -> Option<&str> {
    let mut acting = rules.iter().filter(|rule| rule.effect == Effect::Activate);
    let number = acting.next().map(|rule| rule.number.trim())?;
    (acting.next().is_none() && !number.is_empty()).then_some(number)
}

fn arrow(to: &str) -> String {
    format!("→ {to}")
}
