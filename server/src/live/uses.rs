//! What uses what: the rules and parts that link a schedule, and the forwardings, keys and groups that lead to a user.

use super::{Directory, View};
use centrale_core::dial::reach;
use centrale_core::error::UsedBy;
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::{Part, PartKey, User};
use centrale_core::schedule::ScheduleOwner;
use centrale_core::service::{CATALOGUE, Content};

impl Directory {
    /// The rules that link a schedule, of every user who may link it, and the parts that go by it. With each the user
    /// whose it is; `None`: it is an administrator's.
    pub fn uses(&self, id: ScheduleId) -> Vec<(Option<UserId>, UsedBy)> {
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
        uses.extend(parts.map(|stored| (None, used_by(&stored.part))));
        uses
    }
}

impl View {
    /// What leads to a virtual user: services that forward to it, keys and forwardings of parts, and groups of which it
    /// is a member. And what plays an upload.
    pub fn uses_of_part(&self, key: PartKey) -> Vec<UsedBy> {
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
                    let user = self.name(subscriber.user.id);
                    uses.push(UsedBy { user, service: slot.entry.id.to_string(), rule: String::new() });
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

    /// What a user or a virtual user is called.
    pub fn name(&self, user: UserId) -> String {
        self.directory.user(user).map(|m| m.user.name().trim().to_owned()).unwrap_or_default()
    }
}

pub(super) fn used_by(part: &Part) -> UsedBy {
    UsedBy { user: part.name().to_owned(), service: part.kind().to_string(), rule: String::new() }
}

fn uses_of(user: &User, id: ScheduleId) -> Vec<(Option<UserId>, UsedBy)> {
    let mut uses = Vec::new();
    for entry in CATALOGUE {
        let Some(Content::Settings(settings)) =
            user.services.get(entry.id.0).map(|value| entry.decode(value))
        else {
            continue;
        };
        let linking = entry.rules(&settings).iter().filter(|rule| rule.links().any(|link| link == id));
        uses.extend(linking.map(|rule| {
            let used = UsedBy { user: user.name(), service: entry.id.to_string(), rule: rule.name.clone() };
            (Some(user.id), used)
        }));
    }
    uses
}
