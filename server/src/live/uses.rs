//! What uses what: the rules and parts that link a schedule, and the forwardings, keys and groups that lead to a user.

use super::{Directory, StoredSchedule, View};
use centrale_core::dial::reach;
use centrale_core::error::UsedBy;
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::{Part, PartKey, User};
use centrale_core::schedule::ScheduleOwner;
use centrale_core::service::{CATALOGUE, Content, ServiceId};
use std::sync::Arc;

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
    /// A part of the organisation, by its key.
    Part(PartKey),
}

impl Directory {
    /// The schedules that a user may link: their own, and those of their location.
    pub fn scope_schedules(&self, user: &User) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        let owners = [
            ScheduleOwner::User(user.id),
            ScheduleOwner::Location(user.location),
        ];
        let mut all: Vec<_> = owners
            .into_iter()
            .flat_map(|owner| self.schedules_of(owner))
            .collect();
        all.sort_by_key(|stored| stored.schedule.id);
        all.into_iter()
    }

    /// The rules that link a schedule, of every user who may link it, and the parts that go by it.
    pub fn uses(&self, id: ScheduleId) -> Vec<Use> {
        let Some(stored) = self.schedule(id) else {
            return Vec::new();
        };
        let mut uses = match stored.schedule.owner {
            ScheduleOwner::User(user) => self
                .user(user)
                .map(|m| uses_of(&m.user, id))
                .unwrap_or_default(),
            ScheduleOwner::Location(location) => self
                .linking
                .range((id, UserId(0))..=(id, UserId(u32::MAX)))
                .filter_map(|(_, user)| self.user(*user))
                .filter(|m| m.user.location == location)
                .flat_map(|m| uses_of(&m.user, id))
                .collect(),
        };
        let parts = self
            .parts()
            .filter(|stored| stored.part.schedules().contains(&id));
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
                let Some(Content::Settings(settings)) = &slot.content else {
                    continue;
                };
                let leads =
                    |to: &&_| reach(&self.snapshot, &subscriber.place, to).user() == Some(target);
                if slot.entry.destinations(settings).iter().any(leads) {
                    uses.push(self.used_by_service(subscriber.user.id, slot.entry.id));
                }
            }
        }
        for stored in self
            .directory
            .parts()
            .filter(|stored| stored.part.key() != key)
        {
            let place = stored
                .part
                .location()
                .and_then(|id| self.snapshot.place(id));
            let leads =
                |to: &_| place.is_some_and(|p| reach(&self.snapshot, p, to).user() == Some(target));
            if stored.part.users().contains(&target)
                || stored.part.destinations().into_iter().any(leads)
            {
                uses.push(used_by(&stored.part));
            }
        }
        uses
    }

    pub(super) fn used_by_service(&self, user: UserId, service: ServiceId) -> Use {
        let told = UsedBy {
            user: self.name(user),
            service: service.to_string(),
            rule: String::new(),
        };
        Use {
            by: By::User(user),
            told,
        }
    }

    /// What a user or a virtual user is called.
    pub fn name(&self, user: UserId) -> String {
        self.directory
            .user(user)
            .map(|m| m.user.name().trim().to_owned())
            .unwrap_or_default()
    }
}

pub(super) fn used_by(part: &Part) -> Use {
    let told = UsedBy {
        user: part.name().to_owned(),
        service: part.kind().to_string(),
        rule: String::new(),
    };
    Use {
        by: By::Part(part.key()),
        told,
    }
}

/// Each schedule that the rules of a user name, as they are stored, whether or not they can be read.
pub(super) fn links(user: &User) -> impl Iterator<Item = (ScheduleId, UserId)> + '_ {
    let rules = user
        .services
        .values()
        .filter_map(|settings| settings.get("rules")?.as_array())
        .flatten();
    let during = rules.flat_map(|rule| {
        ["time", "holiday"]
            .into_iter()
            .filter_map(move |name| rule.get(name))
    });
    let ids = during.filter_map(|during| u32::try_from(during.get("schedule")?.as_u64()?).ok());
    ids.map(|id| (ScheduleId(id), user.id))
}

fn uses_of(user: &User, id: ScheduleId) -> Vec<Use> {
    let mut uses = Vec::new();
    for entry in CATALOGUE {
        let Some(Content::Settings(settings)) = user
            .services
            .get(entry.id.0)
            .map(|value| entry.decode(value))
        else {
            continue;
        };
        let linking = entry
            .rules(&settings)
            .iter()
            .filter(|rule| rule.links().any(|link| link == id));
        uses.extend(linking.map(|rule| {
            let told = UsedBy {
                user: user.name(),
                service: entry.id.to_string(),
                rule: rule.name.clone(),
            };
            Use {
                by: By::User(user.id),
                told,
            }
        }));
    }
    uses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::Member;
    use crate::store::Loaded;
    use centrale_core::organisation::Organisation;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn organisation() -> Organisation {
        serde_json::from_str(include_str!("../../demo/organisation.json")).unwrap()
    }

    fn rules(links: &[(Option<u32>, Option<u32>)]) -> Value {
        let during =
            |id: Option<u32>| id.map(|id| json!({ "schedule": id, "outside": id % 2 == 0 }));
        let rule = |(time, holiday): &(Option<u32>, Option<u32>)| json!({ "name": "Regel", "who": { "from": "any" }, "time": during(*time), "holiday": during(*holiday) });
        links.iter().map(rule).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// After each save: the uses that are found are those of everybody who is at the location.
        #[test]
        fn uses_are_those_of_a_walk(saves in prop::collection::vec((
            0..40_usize, prop::sample::select(vec!["forwarding-selective", "selective-rejection", "selective-acceptance"]),
            prop::collection::vec((prop::option::of(0_u32..6), prop::option::of(0_u32..6)), 0..4),
        ), 0..12)) {
            let loaded = Loaded::without_versions(organisation(), 1);
            let view = View::new(loaded);
            let mut directory = Directory::clone(&view.directory);
            let ids: Vec<UserId> = directory.members().map(|member| member.user.id).collect();
            for (at, service, links) in saves {
                let mut member = Member::clone(directory.user(ids[at % ids.len()]).unwrap());
                let settings = json!({ "active": true, "number": "140", "rules": rules(&links) });
                Arc::make_mut(&mut member.user).services.insert(service.to_owned(), settings);
                directory.put_user(member);
            }
            for stored in directory.schedules() {
                let id = stored.schedule.id;
                let theirs = |member: &&Arc<Member>| match stored.schedule.owner {
                    ScheduleOwner::User(user) => member.user.id == user,
                    ScheduleOwner::Location(location) => member.user.location == location,
                };
                let walk: Vec<Use> = directory.members().filter(theirs).flat_map(|m| uses_of(&m.user, id)).collect();
                let found: Vec<Use> =
                    directory.uses(id).into_iter().filter(|found| matches!(found.by, By::User(_))).collect();
                prop_assert_eq!(found, walk);
            }
        }
    }
}
