//! What uses what: the rules and parts that link a schedule, and the forwardings, keys and groups that lead to a user.

use super::{Directory, View};
use centrale_core::dial::reach;
use centrale_core::error::UsedBy;
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::{Part, PartKey, User};
use centrale_core::schedule::ScheduleOwner;
use centrale_core::service::{CATALOGUE, Content, ServiceId};

/// A use of something, and what it is a use by: not everybody may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Whose it is.
    pub by: By,
    /// What is told to those who may know.
    pub told: UsedBy,
}

/// What uses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A service of a user.
    User(UserId),
    /// A part.
    Part(PartKey),
}

impl Directory {
    /// The rules that link a schedule, of every user who may link it, and the parts that go by it.
    pub fn uses(&self, id: ScheduleId) -> Vec<Use> {
        let Some(stored) = self.schedule(id) else { return Vec::new() };
        let mut uses = match stored.schedule.owner {
            ScheduleOwner::User(user) => self.user(user).map(|m| uses_of(&m.user, id)).unwrap_or_default(),
            ScheduleOwner::Location(location) => self
                .members()
                .filter(|m| m.user.location == location)
                .flat_map(|m| uses_of(&m.user, id))
                .collect(),
        };
        let parts = self.parts().filter(|stored| stored.part.schedules().contains(&id));
        uses.extend(parts.map(|stored| used_by(&stored.part)));
        uses
    }
}

impl View {
    /// What leads to a virtual user: services that forward to it, keys and forwardings of parts, and groups of which it
    /// is a member. And what plays an upload.
    pub fn uses_of_part(&self, key: PartKey) -> Vec<Use> {
        if let Some(upload) = self.upload(key) {
            return self.uses_of_upload(&upload);
        }
        if !key.kind.is_virtual() {
            return Vec::new();
        }
        let target = UserId(key.id);
        let mut uses = Vec::new();
        for subscriber in self.snapshot.users().filter(|s| s.user.id != target) {
            for slot in subscriber.slots() {
                let Some(Content::Settings(settings)) = &slot.content else { continue };
                let leads = |to: &&_| reach(&self.snapshot, &subscriber.place, to).user() == Some(target);
                if slot.entry.destinations(settings).iter().any(leads) {
                    uses.push(self.used_by_service(subscriber.user.id, slot.entry.id));
                }
            }
        }
        for stored in self.directory.parts().filter(|stored| stored.part.key() != key) {
            let place = stored.part.location().and_then(|id| self.snapshot.place(id));
            let leads = |to: &_| place.is_some_and(|p| reach(&self.snapshot, p, to).user() == Some(target));
            if stored.part.users().contains(&target) || stored.part.destinations().into_iter().any(leads) {
                uses.push(used_by(&stored.part));
            }
        }
        uses
    }

    pub(super) fn used_by_service(&self, user: UserId, service: ServiceId) -> Use {
        let told = UsedBy { user: self.name(user), service: service.to_string(), rule: String::new() };
        Use { by: By::User(user), told }
    }

    /// What a user or a virtual user is called.
    pub fn name(&self, user: UserId) -> String {
        self.directory.user(user).map(|m| m.user.name().trim().to_owned()).unwrap_or_default()
    }
}

pub(super) fn used_by(part: &Part) -> Use {
    let told = UsedBy { user: part.name().to_owned(), service: part.kind().to_string(), rule: String::new() };
    Use { by: By::Part(part.key()), told }
}

fn uses_of(user: &User, id: ScheduleId) -> Vec<Use> {
    let mut uses = Vec::new();
    for entry in CATALOGUE {
        let Some(Content::Settings(settings)) =
            user.services.get(entry.id.0).map(|value| entry.decode(value))
        else {
            continue;
        };
        let linking = entry.rules(&settings).iter().filter(|rule| rule.links().any(|link| link == id));
        uses.extend(linking.map(|rule| {
            let told = UsedBy { user: user.name(), service: entry.id.to_string(), rule: rule.name.clone() };
            Use { by: By::User(user.id), told }
        }));
    }
    uses
}
