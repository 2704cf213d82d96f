//! A service with its type erased, so that one list can hold them all.

use super::check::{check_field, toggle};
use super::{
    Direction, Evaluation, Field, Group, MailboxExit, Moment, Needs, Pass, Ringing, Scope, Service,
    ServiceId, Stage, Verdict,
};
use crate::error::{Code, FieldError};
use crate::number::Destination;
use crate::organisation::{RoleKind, SiteSettings};
use crate::rule::Rule;
use serde_json::Value;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A row of the catalogue.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The service's name.
    pub id: ServiceId,
    /// The group of the services page in which it stands.
    pub group: Group,
    /// Whether it is about calls to the user or calls by the user.
    pub direction: Direction,
    /// When it gets its turn on a call.
    pub stages: &'static [Stage],
    /// It has to be assigned by a service pack.
    pub licensed: bool,
    /// It acts on a call that a group offers to the user as one of its members, too.
    pub acts_on_offers: bool,
    /// Only admins may change it.
    pub admin: bool,
    /// What it asks of whoever has it, besides a licence.
    pub needs: Needs,
    /// Who may have it.
    pub roles: &'static [RoleKind],
    /// The fields of its edit dialog.
    pub form: &'static [Field],
    switch: fn() -> bool,
    defaults: fn() -> Value,
    decode: fn(&Value) -> Result<Settings, String>,
    encode: fn(&Settings) -> Option<Value>,
    normal: fn(&Value) -> Option<Value>,
    active: fn(&Settings) -> Option<bool>,
    acts_at: fn(&Settings, Stage) -> bool,
    validate: fn(&Settings, &Scope<'_>, &mut Vec<FieldError>),
    evaluate: fn(&Settings, &Moment<'_>) -> Evaluation,
    always_on: fn(&Settings, &SiteSettings) -> bool,
    ring: fn(&Settings, &mut Ringing),
    mailbox_exit: fn(&Settings) -> Option<MailboxExit>,
    rules: fn(&Settings) -> &[Rule],
    destinations: fn(&Settings) -> Vec<&Destination>,
    uploads: fn(&Settings) -> Vec<(&'static str, &str)>,
}

type Settings = Arc<dyn Any + Send + Sync>;

/// The settings of one service of one user, ready for calls.
#[derive(Clone)]
pub enum Content {
    /// The settings were read.
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
            licensed: S::LICENSED,
            acts_on_offers: S::ACTS_ON_OFFERS,
            admin: S::ADMIN,
            needs: S::NEEDS,
            roles: S::ROLES,
            form: S::FORM,
            switch: || S::active(&S::Settings::default()).is_some(),
            defaults: || serde_json::to_value(S::Settings::default()).unwrap_or_default(),
            decode: |value| {
                serde::Deserialize::deserialize(value)
                    .map(|settings: S::Settings| Arc::new(settings) as Settings)
                    .map_err(|error: serde_json::Error| error.to_string())
            },
            encode: |settings| {
                typed::<S>(settings).and_then(|settings| serde_json::to_value(settings).ok())
            },
            normal: |value| {
                let settings: S::Settings = serde::Deserialize::deserialize(value).ok()?;
                serde_json::to_value(settings).ok()
            },
            active: |settings| typed::<S>(settings).and_then(S::active),
            acts_at: |settings, stage| {
                typed::<S>(settings).is_some_and(|settings| S::acts_at(settings, stage))
            },
            validate: |settings, scope, errors| {
                if let Some(settings) = typed::<S>(settings) {
                    S::validate(settings, scope, errors);
                }
            },
            evaluate: |settings, moment| match typed::<S>(settings) {
                Some(settings) if S::active(settings) == Some(false) => {
                    Verdict::Pass(Pass::Off).into()
                }
                Some(settings) => S::evaluate(settings, moment),
                None => Verdict::Pass(Pass::Unreadable).into(),
            },
            always_on: |settings, site| {
                typed::<S>(settings).is_some_and(|settings| S::always_on(settings, site))
            },
            ring: |settings, ringing| {
                if let Some(settings) = typed::<S>(settings) {
                    S::ring(settings, ringing);
                }
            },
            mailbox_exit: |settings| {
                typed::<S>(settings)
                    .filter(|settings| S::active(settings) != Some(false))
                    .and_then(S::mailbox_exit)
            },
            rules: |settings| typed::<S>(settings).map_or(&[], S::rules),
            destinations: |settings| typed::<S>(settings).map_or_else(Vec::new, S::destinations),
            uploads: |settings| typed::<S>(settings).map_or_else(Vec::new, S::uploads),
        }
    }

    /// Whether it is switched on and off by `active` in its settings.
    pub fn has_switch(&self) -> bool {
        (self.switch)()
    }

    /// The settings of a user who never changed them.
    pub fn defaults(&self) -> Value {
        (self.defaults)()
    }

    /// Reads stored settings. What cannot be read never breaks a call.
    pub fn decode(&self, value: &Value) -> Content {
        (self.decode)(value).map_or(Content::Unreadable, |settings| {
            Content::Settings(Decoded(settings))
        })
    }

    /// Settings as they are stored; `None` when they are those of another service.
    pub fn encode(&self, settings: &Decoded) -> Option<Value> {
        (self.encode)(&settings.0)
    }

    /// Everything that is wrong with settings as they were typed; empty: they can be saved.
    pub fn check(&self, value: &Value, scope: &Scope<'_>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let Value::Object(map) = value else {
            return vec![FieldError::new("", Code::Malformed)];
        };
        for (key, value) in map {
            match self
                .form
                .iter()
                .find(|field| field.shared.is_none() && field.key == key)
            {
                Some(field) => check_field(field, value, &mut errors),
                None if key == "active" && self.has_switch() => toggle(key, value, &mut errors),
                None => errors.push(FieldError::new(key, Code::UnknownField)),
            }
        }
        if errors.is_empty() {
            match (self.decode)(value) {
                Ok(settings) => {
                    (self.validate)(&settings, scope, &mut errors);
                    let unknown = (self.uploads)(&settings)
                        .into_iter()
                        .filter(|(_, name)| !(scope.uploads)(name));
                    errors.extend(
                        unknown.map(|(field, _)| FieldError::new(field, Code::SoundUnknown)),
                    );
                }
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

    /// Whether the service is on and may do something at a stage, as it is set.
    pub fn acts_at(&self, settings: &Decoded, stage: Stage) -> bool {
        self.stages.contains(&stage)
            && self.active(settings) == Some(true)
            && (self.acts_at)(&settings.0, stage)
    }

    /// What the service does to a call.
    pub fn evaluate(&self, content: &Content, moment: &Moment<'_>) -> Evaluation {
        match content {
            Content::Settings(settings) => (self.evaluate)(&settings.0, moment),
            Content::Unreadable => Verdict::Pass(Pass::Unreadable).into(),
        }
    }

    /// Whether nothing but the settings and those of the location decides that the service acts.
    pub fn always_on(&self, settings: &Decoded, site: &SiteSettings) -> bool {
        (self.always_on)(&settings.0, site)
    }

    /// Adds what rings by the service for a user, on a call on which it acts at [`Stage::Ringing`].
    pub fn ring(&self, settings: &Decoded, ringing: &mut Ringing) {
        (self.ring)(&settings.0, ringing);
    }

    /// Where a caller goes on to from the mailbox by the service.
    pub fn mailbox_exit(&self, settings: &Decoded) -> Option<MailboxExit> {
        (self.mailbox_exit)(&settings.0)
    }

    /// The rules in the settings.
    pub fn rules<'a>(&self, settings: &'a Decoded) -> &'a [Rule] {
        (self.rules)(&settings.0)
    }

    /// Every number to which the settings may send a call.
    pub fn destinations<'a>(&self, settings: &'a Decoded) -> Vec<&'a Destination> {
        (self.destinations)(&settings.0)
    }

    /// Every own upload that the settings name, with the field in which they do.
    pub fn uploads<'a>(&self, settings: &'a Decoded) -> Vec<(&'static str, &'a str)> {
        (self.uploads)(&settings.0)
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
