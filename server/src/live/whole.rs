//! The organisation as a file has it, put together again from what is in memory.

use super::directory::{Directory, Member};
use centrale_core::id::{LocationId, UserId};
use centrale_core::organisation::{
    FORMAT, Location, Organisation, Part, PartKey, PartKind, Shared,
};
use centrale_core::snapshot::Role;
use std::ops::Bound;
use std::sync::Arc;

impl Directory {
    /// All of it, without the content of sounds: as large as everything that is in memory.
    pub fn organisation(&self) -> Organisation {
        let persons = self.members().filter(|member| member.role == Role::Person);
        Organisation {
            users: persons.map(|member| (*member.user).clone()).collect(),
            schedules: self
                .schedules()
                .map(|stored| stored.schedule.clone())
                .collect(),
            ..self.without_users()
        }
    }

    /// The same without its users and schedules, which are most of it.
    pub fn without_users(&self) -> Organisation {
        let mut organisation = Organisation {
            format: FORMAT,
            enterprise: self.enterprise().clone(),
            service_packs: self.packs().to_vec(),
            locations: self.locations().cloned().collect(),
            departments: self.departments().cloned().collect(),
            admins: self.admins().cloned().collect(),
            ..Organisation::default()
        };
        // What was never saved is at its default, and no part of a file.
        let parts = self
            .parts()
            .filter(|stored| stored.version > 0)
            .map(|stored| {
                let mut part = stored.part.clone();
                let member = self.user(UserId(part.key().id));
                if let (Some(identity), Some(member)) = (part.identity_mut(), member) {
                    identity.services.clone_from(&member.user.services);
                }
                part
            });
        put(&mut organisation, parts);
        organisation
    }

    /// What holds for the whole enterprise, as calls need it.
    pub fn shared(&self) -> Shared {
        // Virtual users and what locations set are compiled by themselves.
        let shared = |kind: &PartKind| !kind.is_virtual() && *kind != PartKind::Site;
        let parts = PartKind::ALL
            .into_iter()
            .filter(shared)
            .flat_map(|kind| self.parts_after(Some(kind), None));
        let mut organisation = Organisation {
            departments: self.departments().cloned().collect(),
            ..Organisation::default()
        };
        put(
            &mut organisation,
            parts
                .filter(|stored| stored.version > 0)
                .map(|stored| stored.part.clone()),
        );
        Shared::from(&organisation)
    }

    /// A location with what it sets for all its users.
    pub fn location_with_site(&self, id: LocationId) -> Option<Location> {
        let mut location = self.location(id)?.clone();
        let stored = self.part(PartKey {
            kind: PartKind::Site,
            id: id.0,
        });
        if let Some(Part::Site(site)) = stored.map(|stored| stored.part.clone()) {
            location.site = site.settings;
        }
        Some(location)
    }

    /// The persons whose ids come after one, in the order of the ids.
    pub fn persons_after(&self, after: Option<UserId>) -> impl Iterator<Item = &Arc<Member>> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.members_from(from)
            .filter(|member| member.role == Role::Person)
    }
}

fn put(organisation: &mut Organisation, parts: impl Iterator<Item = Part>) {
    for part in parts {
        match part {
            // Each is there once: nothing is looked for that it would replace.
            Part::Outgoing(outgoing) => organisation.outgoing.push(*outgoing),
            part => organisation.put_part(part),
        }
    }
}
