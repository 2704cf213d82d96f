//! The configuration as calls read it: immutable, indexed, every setting decoded once. A save makes a new snapshot
//! that shares all that did not change.

mod chunks;
mod edge;
mod lines;
mod locations;
mod outgoing;
mod subscriber;

pub use edge::{Answer, Beyond, Dialled, Edge, Unknown};
pub use locations::CompiledLocation;
pub use outgoing::{Limits, Permission};
pub use subscriber::{Role, Slot, Source, Subscriber, assigned, settings_of};

use crate::feature::Codes;
use crate::id::{DepartmentId, LocationId, ScheduleId, UserId};
use crate::number::{Country, E164, Extension};
use crate::organisation::{
    Alternate, CallCenter, NumberRange, Organisation, ParkGroup, PickupGroup, Shared, User,
};
use crate::rule::Schedules;
use crate::schedule::{CompiledSchedule, Schedule, ScheduleType};
use crate::time::Zone;
use chunks::Chunks;
use lines::Lines;
use locations::CompiledLocations;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A configuration that calls can be routed by.
#[derive(Clone, Default)]
pub struct Snapshot {
    /// Grows with every save; decisions name it.
    pub version: u64,
    users: Chunks<Subscriber>,
    /// The call centers among them.
    centers: Arc<BTreeMap<UserId, Arc<CallCenter>>>,
    places: Arc<CompiledLocations>,
    schedules: Chunks<CompiledSchedule>,
    numbers: Arc<Lines>,
    extensions: Arc<Lines>,
    shared: Arc<Shared>,
    /// Where it ends, when it holds a part of the configuration.
    edge: Option<Arc<Edge>>,
}

/// A number or extension of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The user, virtual or not, who has it.
    pub user: UserId,
    /// The place in their list of alternates; `None`: the primary one.
    pub alternate: Option<u8>,
}

impl Snapshot {
    /// Compiles a whole organisation. `zones` gives the transition table of a time zone by name.
    pub fn of(organisation: &Organisation, zones: &dyn Fn(&str) -> Option<Zone>) -> Self {
        let mut snapshot = Self {
            version: 1,
            ..Self::default()
        };
        for location in &organisation.locations {
            snapshot.put_place(CompiledLocation::new(location, zones));
        }
        for schedule in &organisation.schedules {
            snapshot.put_schedule(schedule);
        }
        let versions = BTreeMap::new();
        for (mut user, role) in people(organisation) {
            let services = &std::mem::take(&mut user.services);
            let (user, packs) = (Arc::new(user), &organisation.service_packs);
            snapshot.put_user(&Source {
                user,
                services,
                role,
                versions: &versions,
                packs,
                hidden: false,
            });
        }
        snapshot.put_shared(Shared::from(organisation));
        snapshot
    }

    /// Replaces what holds for the whole enterprise.
    pub fn put_shared(&mut self, shared: Shared) {
        self.shared = Arc::new(shared);
    }

    /// What holds for the whole enterprise.
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The feature access codes that hold.
    pub fn codes(&self) -> Codes<'_> {
        Codes::new(&self.shared.codes)
    }

    /// Makes it end where it does: from now on it is known to hold a part of the configuration. `hidden` are schedules
    /// whose times may not be seen.
    pub fn end_at(
        &mut self,
        edge: Edge,
        hidden: impl IntoIterator<Item = (ScheduleId, ScheduleType)>,
    ) {
        let edge = Arc::new(edge);
        for (id, kind) in hidden {
            self.schedules.put(
                id.0 as usize,
                CompiledSchedule::hidden(id, kind, edge.clone()),
            );
        }
        let all: Vec<_> = self.users.iter().filter(|s| s.hidden).cloned().collect();
        for mut subscriber in all {
            subscriber.hide_behind(edge.clone());
            self.users.put(subscriber.user.id.0 as usize, subscriber);
        }
        self.edge = Some(edge);
    }

    /// Where it ends; `None`: it holds the whole configuration.
    pub fn edge(&self) -> Option<&Edge> {
        self.edge.as_deref()
    }

    /// The country in which numbers are read that the public network hands over.
    pub fn public_country(&self) -> Country {
        let first = || {
            self.places()
                .next()
                .map(|place| place.country)
                .unwrap_or_default()
        };
        self.edge().map_or_else(first, Edge::country)
    }

    /// The pickup group of a user.
    pub fn pickup_group(&self, user: UserId) -> Option<&PickupGroup> {
        self.needs(user);
        self.shared
            .pickup_groups
            .iter()
            .find(|group| group.members.contains(&user))
    }

    /// Whether a user may pick up a call that rings at the phone of another, or join a talk there (routing § 7).
    pub fn may_pick_up(&self, user: UserId, of: UserId) -> bool {
        self.is_near(user, of)
            || self
                .pickup_group(user)
                .is_some_and(|group| group.members.contains(&of))
    }

    /// Whether a user may retrieve a call that is parked at the extension of another: at the own location or in the own
    /// park group, and further where pickup reaches further.
    pub fn may_retrieve(&self, user: UserId, at: UserId) -> bool {
        self.is_near(user, at)
            || self
                .park_group(user)
                .is_some_and(|group| group.members.contains(&at))
    }

    /// Whether two are at one location, or locations do not matter.
    fn is_near(&self, one: UserId, other: UserId) -> bool {
        let location = |user| self.user(user).map(|subscriber| subscriber.place.id);
        self.shared.pickup.other_locations || location(one) == location(other)
    }

    /// The park group of a user.
    pub fn park_group(&self, user: UserId) -> Option<&ParkGroup> {
        self.needs(user);
        self.shared
            .park_groups
            .iter()
            .find(|group| group.members.contains(&user))
    }

    /// Whether a department is `top` or below it.
    pub fn is_within(&self, department: DepartmentId, top: DepartmentId) -> bool {
        let parent = |id: &DepartmentId| self.shared.departments.get(id).and_then(|d| d.parent);
        // Ends after as many departments as there are: imports refuse parents in a circle.
        std::iter::successors(Some(department), parent)
            .take(self.shared.departments.len() + 1)
            .any(|id| id == top)
    }

    /// Every call center, in the order of their ids.
    pub fn call_centers(&self) -> impl Iterator<Item = &Arc<CallCenter>> {
        self.centers.values()
    }

    /// The users who are not what they were in another snapshot, and those who are only in one of the two, in the order of
    /// their ids. What their location sets is no part of them.
    pub fn changed_users(&self, before: &Self) -> Vec<UserId> {
        let changed = |at: &usize| match (self.users.get(*at), before.users.get(*at)) {
            (Some(now), Some(before)) => !Arc::ptr_eq(&now.user, &before.user),
            (now, before) => now.is_some() || before.is_some(),
        };
        self.users
            .apart(&before.users)
            .filter(changed)
            .map(|at| UserId(at as u32))
            .collect()
    }

    /// Adds or replaces a location, also for the users who are there.
    pub fn put_place(&mut self, place: CompiledLocation) {
        let place = Arc::new(place);
        Arc::make_mut(&mut self.places).put(place.clone());
        self.users.change(
            |user| user.place.id == place.id,
            |user| user.place = place.clone(),
        );
    }

    /// Adds or replaces a schedule.
    pub fn put_schedule(&mut self, schedule: &Schedule) {
        self.schedules
            .put(schedule.id.0 as usize, CompiledSchedule::new(schedule));
    }

    /// Removes a schedule.
    pub fn remove_schedule(&mut self, id: ScheduleId) {
        self.schedules.remove(id.0 as usize);
    }

    /// Adds or replaces a user. A user whose location is not there is left out: nothing could tell their time.
    pub fn put_user(&mut self, source: &Source<'_>) {
        let user = &source.user;
        let Some(place) = self.place(user.location).cloned() else {
            return;
        };
        let before = self.user(user.id).map(|s| s.user.clone());
        if before
            .as_ref()
            .is_none_or(|b| (b.number, &b.alternates) != (user.number, &user.alternates))
        {
            let table = Arc::make_mut(&mut self.numbers);
            before
                .iter()
                .flat_map(|b| numbers(b))
                .for_each(|(number, _)| table.remove(number));
            numbers(user).for_each(|(number, line)| table.put(number, line));
        }
        let places = |u: &User| (u.location, u.extension, u.alternates.clone());
        if before.as_ref().is_none_or(|b| places(b) != places(user)) {
            let table = Arc::make_mut(&mut self.extensions);
            before
                .iter()
                .flat_map(|b| extensions(b))
                .for_each(|(extension, _)| table.remove(extension));
            extensions(user).for_each(|(extension, line)| table.put(extension, line));
        }
        self.users
            .put(user.id.0 as usize, Subscriber::new(source, place));
        if let Role::CallCenter(center) = &source.role {
            Arc::make_mut(&mut self.centers).insert(user.id, center.clone());
        } else {
            self.no_center(user.id);
        }
    }

    fn no_center(&mut self, id: UserId) {
        if self.centers.contains_key(&id) {
            Arc::make_mut(&mut self.centers).remove(&id);
        }
    }

    /// Removes a user with their numbers.
    pub fn remove_user(&mut self, id: UserId) {
        let Some(before) = self.users.remove(id.0 as usize) else {
            return;
        };
        self.no_center(id);
        let table = Arc::make_mut(&mut self.numbers);
        numbers(&before.user).for_each(|(number, _)| table.remove(number));
        let table = Arc::make_mut(&mut self.extensions);
        extensions(&before.user).for_each(|(extension, _)| table.remove(extension));
    }

    /// The user with this id.
    pub fn user(&self, id: UserId) -> Option<&Subscriber> {
        let found = self.users.get(id.0 as usize);
        if let Some(edge) = self.edge() {
            edge.looked_for(id, found.is_some());
        }
        found
    }

    /// Every user, in the order of their ids.
    pub fn users(&self) -> impl Iterator<Item = &Subscriber> {
        self.users.iter()
    }

    /// The location with this id.
    pub fn place(&self, id: LocationId) -> Option<&Arc<CompiledLocation>> {
        self.places.get(id).or_else(|| {
            self.edge()?.answer(&Unknown::Place(id));
            None
        })
    }

    /// Every location, in the order of their ids.
    pub fn places(&self) -> impl Iterator<Item = &Arc<CompiledLocation>> {
        self.places.iter()
    }

    /// The numbers that belong to the locations, those that touch as one range.
    pub fn numbers(&self) -> impl Iterator<Item = NumberRange> {
        self.places.owned().iter().map(|(first, last)| NumberRange {
            first: *first,
            last: *last,
        })
    }

    /// Whether a number belongs to one of the locations.
    pub fn owns(&self, number: E164) -> bool {
        self.edge()
            .map_or_else(|| self.places.owns(number), |edge| edge.owns(number))
    }

    /// Whose number it is.
    pub fn by_number(&self, number: E164) -> Option<Line> {
        let found = self.numbers.get(number.value());
        found.or_else(|| self.edge()?.by_number(number))
    }

    /// Whose extension it is at a location.
    pub fn by_extension(&self, location: LocationId, extension: Extension) -> Option<Line> {
        let found = self.extensions.get(extension_at(location, extension));
        found.or_else(|| self.edge()?.line(&Unknown::Extension(location, extension)))
    }

    /// Whom digits reach that are the prefix of a location and an extension there; of several locations the first.
    pub fn by_prefix(&self, digits: &str) -> Option<Line> {
        if let Some(edge) = self.edge() {
            return edge.line(&Unknown::Prefixed(digits.to_owned()));
        }
        self.places()
            .filter(|place| !place.prefix.is_empty())
            .find_map(|place| {
                let extension = digits.strip_prefix(place.prefix.as_str())?.parse().ok()?;
                self.by_extension(place.id, extension)
            })
    }

    /// The settings of a user are needed: where they are hidden, or where the user is not known, that is met.
    fn needs(&self, user: UserId) {
        if self.edge.is_some()
            && let Some(subscriber) = self.user(user)
        {
            subscriber.meet_edge();
        }
    }
}

impl Schedules for Snapshot {
    fn schedule(&self, id: ScheduleId) -> Option<&CompiledSchedule> {
        self.schedules.get(id.0 as usize).or_else(|| {
            self.edge()?.answer(&Unknown::Schedule(id));
            None
        })
    }
}

/// Every person and every virtual user of an organisation.
pub fn people(organisation: &Organisation) -> impl Iterator<Item = (User, Role)> + '_ {
    let persons = organisation
        .users
        .iter()
        .map(|user| (user.clone(), Role::Person));
    persons.chain(virtual_users(organisation))
}

/// Every virtual user of an organisation.
pub fn virtual_users(organisation: &Organisation) -> impl Iterator<Item = (User, Role)> + '_ {
    let o = organisation;
    let hunts = o
        .hunt_groups
        .iter()
        .map(|g| (g.identity.user(g.id), Role::HuntGroup(Arc::new(g.clone()))));
    let calls = o
        .group_calls
        .iter()
        .map(|g| (g.identity.user(g.id), Role::GroupCall(Arc::new(g.clone()))));
    let menus = o.auto_attendants.iter().map(|a| {
        (
            a.identity.user(a.id),
            Role::AutoAttendant(Arc::new(a.clone())),
        )
    });
    let centers = o
        .call_centers
        .iter()
        .map(|c| (c.identity.user(c.id), Role::CallCenter(Arc::new(c.clone()))));
    hunts.chain(calls).chain(menus).chain(centers)
}

/// Each number of a user, as [`Lines`] has it.
fn numbers(user: &User) -> impl Iterator<Item = (u64, Line)> + '_ {
    lines(user, user.number, |alternate| alternate.number)
        .map(|(number, line)| (number.value(), line))
}

/// Each extension of a user, as [`Lines`] has it.
fn extensions(user: &User) -> impl Iterator<Item = (u64, Line)> + '_ {
    lines(user, user.extension, |alternate| alternate.extension)
        .map(|(extension, line)| (extension_at(user.location, extension), line))
}

fn extension_at(location: LocationId, extension: Extension) -> u64 {
    (u64::from(location.0) << 32) | u64::from(extension.marked())
}

/// Each number or extension of a user with its place.
fn lines<T: 'static>(
    user: &User,
    primary: Option<T>,
    of: fn(&Alternate) -> Option<T>,
) -> impl Iterator<Item = (T, Line)> + '_ {
    let id = user.id;
    let further = user
        .alternates
        .iter()
        .zip(0..=u8::MAX)
        .filter_map(move |(alternate, place)| {
            Some((
                of(alternate)?,
                Line {
                    user: id,
                    alternate: Some(place),
                },
            ))
        });
    primary
        .map(|number| {
            (
                number,
                Line {
                    user: id,
                    alternate: None,
                },
            )
        })
        .into_iter()
        .chain(further)
}
