//! A service with its type erased, so that one list can hold them all.

use super::{
    Direction, Evaluation, Field, FieldKind, Group, Moment, Pass, Scope, Service, ServiceId, Stage, Verdict,
};
use crate::error::{Code, FieldError};
use crate::number::{Destination, Pattern};
use crate::rule::Rule;
use serde_json::{Map, Value};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A row of the catalogue.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The service's name.
    pub id: ServiceId,
    /// Where it stands on the page.
    pub group: Group,
    /// Which calls it is about.
    pub direction: Direction,
    /// When it gets its turn on a call.
    pub stages: &'static [Stage],
    /// The fields of its edit dialog.
    pub form: &'static [Field],
    defaults: fn() -> Value,
    decode: fn(&Value) -> Result<Settings, String>,
    normal: fn(&Value) -> Option<Value>,
    active: fn(&Settings) -> Option<bool>,
    validate: fn(&Settings, &Scope<'_>, &mut Vec<FieldError>),
    evaluate: fn(&Settings, &Moment<'_>) -> Evaluation,
    rules: fn(&Settings) -> &[Rule],
    destinations: fn(&Settings) -> Vec<&Destination>,
}

type Settings = Arc<dyn Any + Send + Sync>;

/// The settings of one service of one user, ready for calls.
#[derive(Clone)]
pub enum Content {
    /// They were read.
    Settings(Decoded),
    /// They could not be read: the service is skipped.
    Unreadable,
}

/// Settings in the type of their service.
#[derive(Clone)]
pub struct Decoded(Settings);

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({})", self.id)
    }
}

impl Entry {
    pub(super) const fn of<S: Service>() -> Self {
        Self {
            id: S::ID,
            group: S::GROUP,
            direction: S::DIRECTION,
            stages: S::STAGES,
            form: S::FORM,
            defaults: || serde_json::to_value(S::Settings::default()).unwrap_or_default(),
            decode: |value| {
                serde::Deserialize::deserialize(value)
                    .map(|settings: S::Settings| Arc::new(settings) as Settings)
                    .map_err(|error: serde_json::Error| error.to_string())
            },
            normal: |value| {
                let settings: S::Settings = serde::Deserialize::deserialize(value).ok()?;
                serde_json::to_value(settings).ok()
            },
            active: |settings| typed::<S>(settings).and_then(S::active),
            validate: |settings, scope, errors| {
                if let Some(settings) = typed::<S>(settings) {
                    S::validate(settings, scope, errors);
                }
            },
            evaluate: |settings, moment| match typed::<S>(settings) {
                Some(settings) if S::active(settings) == Some(true) => S::evaluate(settings, moment),
                Some(_) => Verdict::Pass(Pass::Off).into(),
                None => Verdict::Pass(Pass::Unreadable).into(),
            },
            rules: |settings| typed::<S>(settings).map_or(&[], S::rules),
            destinations: |settings| typed::<S>(settings).map_or_else(Vec::new, S::destinations),
        }
    }

    /// The settings of a user who never changed them.
    pub fn defaults(&self) -> Value {
        (self.defaults)()
    }

    /// Reads stored settings. What cannot be read never breaks a call.
    pub fn decode(&self, value: &Value) -> Content {
        (self.decode)(value).map_or(Content::Unreadable, |settings| Content::Settings(Decoded(settings)))
    }

    /// Everything that is wrong with settings as they were typed; empty: they can be saved.
    pub fn check(&self, value: &Value, scope: &Scope<'_>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let Value::Object(map) = value else {
            return vec![FieldError::new("", Code::Malformed)];
        };
        for key in map.keys() {
            if key != "active" && !self.form.iter().any(|f| f.shared.is_none() && f.key == key) {
                errors.push(FieldError::new(key, Code::UnknownField));
            }
        }
        for field in self.form.iter().filter(|f| f.shared.is_none()) {
            check_field(field, map, &mut errors);
        }
        if errors.is_empty() {
            match (self.decode)(value) {
                Ok(settings) => (self.validate)(&settings, scope, &mut errors),
                Err(_) => errors.push(FieldError::new("", Code::Malformed)),
            }
        }
        errors
    }

    /// The settings in the one form in which they are stored; `None` when they cannot be read.
    pub fn normal(&self, value: &Value) -> Option<Value> {
        (self.normal)(value)
    }

    /// Whether it is switched on; `None` for a value without a switch.
    pub fn active(&self, settings: &Decoded) -> Option<bool> {
        (self.active)(&settings.0)
    }

    /// What the service does to a call.
    pub fn evaluate(&self, content: &Content, moment: &Moment<'_>) -> Evaluation {
        match content {
            Content::Settings(settings) => (self.evaluate)(&settings.0, moment),
            Content::Unreadable => Verdict::Pass(Pass::Unreadable).into(),
        }
    }

    /// The rules in the settings.
    pub fn rules<'a>(&self, settings: &'a Decoded) -> &'a [Rule] {
        (self.rules)(&settings.0)
    }

    /// Every number to which the settings may send a call.
    pub fn destinations<'a>(&self, settings: &'a Decoded) -> Vec<&'a Destination> {
        (self.destinations)(&settings.0)
    }
}

fn typed<S: Service>(settings: &Settings) -> Option<&S::Settings> {
    settings.downcast_ref()
}

impl Decoded {
    /// The settings in the type of a service, when they are of that service.
    pub fn get<S: Service>(&self) -> Option<&S::Settings> {
        typed::<S>(&self.0)
    }
}

fn check_field(field: &Field, map: &Map<String, Value>, errors: &mut Vec<FieldError>) {
    let Some(value) = map.get(field.key) else { return };
    match (field.kind, value) {
        (FieldKind::Destination, Value::Null) | (FieldKind::Toggle, Value::Bool(_)) => {}
        (FieldKind::Destination, Value::String(text)) => check_destination(field.key.into(), text, errors),
        (FieldKind::Rings, Value::Number(rings)) => {
            if !matches!(rings.as_u64(), Some(0 | 2..=20)) {
                errors.push(FieldError::new(field.key, Code::OutOfRange));
            }
        }
        (FieldKind::Rules { .. }, Value::Array(rules)) => {
            for (place, rule) in rules.iter().enumerate() {
                check_rule(&format!("{}.{place}", field.key), rule, errors);
            }
        }
        _ => errors.push(FieldError::new(field.key, Code::Malformed)),
    }
}

fn check_destination(field: String, text: &str, errors: &mut Vec<FieldError>) {
    if let Err(error) = Destination::parse(text) {
        errors.push(FieldError::new(field, Code::from_name(error.code()).unwrap_or(Code::Malformed)));
    }
}

fn check_rule(path: &str, rule: &Value, errors: &mut Vec<FieldError>) {
    let before = errors.len();
    if let Some(Value::String(text)) = rule.get("number") {
        check_destination(format!("{path}.number"), text, errors);
    }
    let numbers = rule.get("who").and_then(|who| who.get("numbers")).and_then(Value::as_array);
    for (place, pattern) in numbers.into_iter().flatten().enumerate() {
        let code = match pattern.as_str().map(Pattern::parse) {
            Some(Ok(_)) => continue,
            Some(Err(error)) => Code::from_name(error.code()).unwrap_or(Code::Malformed),
            None => Code::Malformed,
        };
        errors.push(FieldError::new(format!("{path}.numbers.{place}"), code));
    }
    if errors.len() == before && <Rule as serde::Deserialize>::deserialize(rule).is_err() {
        errors.push(FieldError::new(path, Code::Malformed));
    }
}
