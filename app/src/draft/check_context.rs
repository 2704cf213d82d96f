//! What settings are checked against and put into words with: the user's card and the schedules they may link.

use centrale_core::api::schedules::Entry as ScheduleEntry;
use centrale_core::api::users::Card;
use centrale_core::error::{Code, FieldError};
use centrale_core::id::ScheduleId;
use centrale_core::number::{Country, Destination, Resolved, pretty};
use centrale_core::organisation::DeviceKind;
use centrale_core::schedule::ScheduleType;
use centrale_core::service::{Entry, Scope};
use serde_json::Value;

use crate::text::t;

/// The ground of a user's settings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CheckContext {
    /// The user.
    pub(crate) card: Card,
    /// The schedules that the user can link.
    pub(crate) schedules: Vec<ScheduleEntry>,
}

impl CheckContext {
    /// The country in which numbers are read.
    pub(crate) fn country(&self) -> Country {
        self.card.location.country
    }

    /// Everything that is wrong with settings as they were typed.
    pub(crate) fn check(&self, entry: &Entry, settings: &Value) -> Vec<FieldError> {
        let kind_of = |id: ScheduleId| self.schedule(id).map(ScheduleEntry::kind);
        let scope = Scope {
            user: self.card.id,
            profile: self.card.profile,
            number: self.card.number,
            extension: self.card.extension,
            country: self.country(),
            schedules: &kind_of,
            members: &|_| None,
            uploads: &|_| true,
        };
        // Only the server knows all users and uploads, so it checks those references.
        let mut errors = entry.check(settings, &scope);
        errors.retain(|error| error.code != Code::NotFound);
        errors
    }

    /// The name of a schedule.
    pub(crate) fn schedule_name(&self, id: ScheduleId) -> String {
        self.schedule(id)
            .map_or_else(|| t("schedule-gone"), |entry| entry.schedule.name.clone())
    }

    /// The schedules of one kind.
    pub(crate) fn schedules_of(&self, kind: ScheduleType) -> impl Iterator<Item = &ScheduleEntry> {
        self.schedules
            .iter()
            .filter(move |entry| entry.kind() == kind)
    }

    /// Whether the user has a phone that can play a short ring.
    pub(crate) fn has_desk_phone(&self) -> bool {
        self.card.profile.rings_devices()
            && self.card.devices.iter().any(|d| d.kind == DeviceKind::Desk)
    }

    /// A number as people write it; what cannot be read stays as it was typed.
    pub(crate) fn pretty(&self, typed: &str) -> String {
        match Destination::parse(typed).and_then(|number| number.resolve(self.country())) {
            Ok(Resolved::Number(number)) => pretty(number),
            Ok(other) => other.to_string(),
            Err(_) => typed.trim().to_owned(),
        }
    }

    /// A number as a sentence names it: `toestel 140`, or the number itself.
    pub(crate) fn named(&self, typed: &str) -> String {
        match Destination::parse(typed) {
            Ok(Destination::Extension(extension)) => t!("extension", extension = extension),
            _ => self.pretty(typed),
        }
    }

    fn schedule(&self, id: ScheduleId) -> Option<&ScheduleEntry> {
        self.schedules.iter().find(|entry| entry.schedule.id == id)
    }
}
