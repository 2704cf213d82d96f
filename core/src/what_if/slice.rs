//! The part of the configuration by which calls to one user are previewed, in the form in which it is sent, and the
//! snapshot that is made of it.

use super::Draft;
use crate::id::ScheduleId;
use crate::organisation::{Location, Part, RoleKind, ServicePack, Shared, User};
use crate::schedule::{Schedule, ScheduleType};
use crate::snapshot::{Answer, Beyond, CompiledLocation, Edge, Role, Snapshot, Source, Unknown};
use crate::time::Zone;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The part of the configuration that calls to one user can touch, as far as the asker may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slice {
    /// The version of the configuration.
    pub version: u64,
    /// Users: the one asked for, and those whom calls may reach.
    pub users: Vec<SliceUser>,
    /// Their locations, with their time zones; of those that the asker does not administer only what calls need.
    pub locations: Vec<(Location, Zone)>,
    /// The schedules that they can link; those that the asker may only link are without times.
    pub schedules: Vec<Schedule>,
    /// The service packs that the users have, without their names and licences.
    pub packs: Vec<ServicePack>,
    /// What the virtual users among the users are that the asker may see: groups, menus and queues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What holds for the whole enterprise, as far as it is theirs.
    #[serde(default)]
    pub shared: Shared,
    /// What is known of the rest.
    #[serde(default)]
    pub beyond: Beyond,
}

/// A user in a slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SliceUser {
    /// The user; without settings and contact details when they are hidden.
    pub user: User,
    /// The version of each saved setting, by service.
    pub versions: BTreeMap<String, u64>,
    /// The asker may not see the settings.
    pub hidden: bool,
    /// A person, or a group, menu or queue.
    #[serde(default)]
    pub kind: RoleKind,
}

impl Slice {
    /// The snapshot that the browser decides by, with a draft laid over the saved settings.
    pub fn snapshot(&self, drafts: &[Draft], schedules: &[Schedule]) -> Snapshot {
        let mut snapshot = Snapshot::default();
        snapshot.version = self.version;
        for (location, zone) in &self.locations {
            snapshot.put_place(CompiledLocation::new(location, &|_| Some(zone.clone())));
        }
        let hidden: BTreeSet<ScheduleId> = self.hidden_schedules().collect();
        let (hidden, seen): (Vec<_>, Vec<_>) = self
            .schedules
            .iter()
            .chain(schedules)
            .partition(|schedule| hidden.contains(&schedule.id));
        for schedule in seen {
            snapshot.put_schedule(schedule);
        }
        snapshot.put_shared(self.shared.clone());
        let roles: BTreeMap<u32, Role> = self
            .parts
            .iter()
            .filter_map(|part| Some((part.key().id, Role::from_part(part)?)))
            .collect();
        for entry in &self.users {
            let mut user = entry.user.clone();
            for draft in drafts.iter().filter(|d| d.user == user.id) {
                user.services
                    .insert(draft.service.0.to_owned(), draft.settings.clone());
            }
            let services = &std::mem::take(&mut user.services);
            snapshot.put_user(&Source {
                user: Arc::new(user),
                services,
                role: roles.get(&entry.user.id.0).cloned().unwrap_or_default(),
                versions: &entry.versions,
                packs: &self.packs,
                hidden: entry.hidden,
            });
        }
        let groups = self
            .users
            .iter()
            .filter(|entry| entry.hidden && entry.kind != RoleKind::Person);
        let edge = Edge::new(&self.beyond, groups.map(|entry| entry.user.id));
        snapshot.end_at(
            edge,
            hidden
                .into_iter()
                .map(|schedule| (schedule.id, ScheduleType::from(&schedule.kind))),
        );
        snapshot
    }

    /// The schedules of which the asker may know the name and not the times.
    pub fn hidden_schedules(&self) -> impl Iterator<Item = ScheduleId> {
        self.beyond.answers.iter().filter_map(|known| match known {
            (Unknown::Schedule(id), Answer::Hidden) => Some(*id),
            _ => None,
        })
    }
}
