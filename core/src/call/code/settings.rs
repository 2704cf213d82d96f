//! The settings of a caller's services, read and saved by code just as the portal does.

use super::{Call, Waits};
use crate::announcement::Announcement;
use crate::call::ServiceAction;
use crate::error::FieldError;
use crate::feature::Feature;
use crate::id::UserId;
use crate::rule::Schedules;
use crate::service::{Content, Entry, Scope, ServiceId, find};
use crate::trace::{CodeStep, What};
use serde_json::{Map, Value};

impl Call {
    /// The settings of a service of the user, by field; those that cannot be read begin anew. `None`: it is not theirs.
    pub(super) fn settings_by_code(
        &self,
        user: UserId,
        service: ServiceId,
    ) -> Option<(&'static Entry, Map<String, Value>)> {
        let subscriber = self.config.user(user)?;
        let slot = subscriber.slots().find(|slot| slot.entry.id == service)?;
        let stored = match slot.content? {
            Content::Settings(settings) => slot.entry.encode(settings)?,
            Content::Unreadable => slot.entry.defaults(),
        };
        match stored {
            Value::Object(settings) => Some((slot.entry, settings)),
            _ => None,
        }
    }

    /// Whether a service that a code is about is one that can be assigned, and is not the user's.
    pub(super) fn lacks(&self, user: UserId, service: ServiceId) -> bool {
        find(service.0).is_some() && self.settings_by_code(user, service).is_none()
    }

    /// What the portal would say of these settings.
    pub(super) fn wrong_by_code(
        &self,
        user: UserId,
        entry: &Entry,
        settings: &Map<String, Value>,
    ) -> Vec<FieldError> {
        let Some(subscriber) = self.config.user(user) else {
            return Vec::new();
        };
        let scope = Scope {
            user,
            profile: subscriber.user.profile,
            number: subscriber.user.number,
            extension: subscriber.user.extension,
            country: subscriber.place.country,
            members: &|id| self.config.user(id).map(|s| s.role.kind()),
            uploads: &|name| self.config.shared().own_upload(user, name).is_some(),
            schedules: &|id| {
                self.config
                    .schedule(id)
                    .map(crate::schedule::CompiledSchedule::kind)
            },
        };
        entry.check(&Value::Object(settings.clone()), &scope)
    }

    /// Saves settings; then `said` is said.
    pub(super) fn save_by_code(
        &mut self,
        user: UserId,
        feature: Feature,
        entry: &Entry,
        settings: Map<String, Value>,
        said: Announcement,
    ) {
        let service = entry.id;
        let settings = Value::Object(settings);
        let settings = entry.normal(&settings).unwrap_or(settings);
        self.note(What::Code(CodeStep::Changes {
            user,
            service,
            settings: settings.clone(),
        }));
        self.code_waits(user, feature, Waits::Saving(said));
        self.act(ServiceAction::Change {
            user,
            service,
            settings,
        });
    }
}
