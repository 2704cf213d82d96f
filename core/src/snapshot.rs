//! The configuration as calls read it: immutable, indexed, every setting decoded once. A save makes a new snapshot
//! that shares all that did not change.

use crate::feature::Feature;
use crate::id::{DepartmentId, LocationId, ScheduleId, UserId};
use crate::number::Code;
use crate::number::{Country, E164, Extension};
use crate::organisation::{
    AutoAttendant, CallCenter, CenterDefaults, Department, Enterprise, GroupCall, HuntGroup, Location,
    NumberRange, Organisation, ParkGroup, PickupGroup, RoleKind, ServicePack, SiteSettings, User,
    VirtualUser,
};
use crate::rule::{Rule, Schedules};
use crate::schedule::{CompiledSchedule, Schedule};
use crate::service::ring_count::{self, RingCount};
use crate::service::{CATALOGUE, Content, Entry, SERVICES, Service, Stage, unavailable};
use crate::time::Zone;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

/// The settings of a user who never changed them, by place in the catalogue: shared by all such users.
static UNCHANGED: LazyLock<Vec<Content>> =
    LazyLock::new(|| CATALOGUE.iter().map(|entry| entry.decode(&entry.defaults())).collect());

/// A configuration that calls can be routed by.
#[derive(Clone, Default)]
pub struct Snapshot {
    /// Grows with every save; decisions name it.
    pub version: u64,
    users: Vec<Option<Arc<Subscriber>>>,
    places: Vec<Option<Arc<Place>>>,
    schedules: Vec<Option<Arc<CompiledSchedule>>>,
    numbers: Arc<HashMap<E164, Line>>,
    extensions: Arc<HashMap<(LocationId, Extension), Line>>,
    shared: Arc<Shared>,
}

/// A number or extension of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub user: UserId,
    /// The place in their list of alternates; `None`: the primary one.
    pub alternate: Option<u8>,
}

/// What holds for the whole enterprise, and the groups that are no users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shared {
    /// Feature access codes that differ from the defaults.
    pub codes: BTreeMap<Feature, Code>,
    /// What holds for all call centers.
    pub centers: CenterDefaults,
    /// The departments.
    pub departments: BTreeMap<DepartmentId, Department>,
    /// The park groups.
    pub park_groups: Vec<ParkGroup>,
    /// The pickup groups.
    pub pickup_groups: Vec<PickupGroup>,
}

/// What answers for a user id.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Role {
    /// A person, or a phone that stands for one.
    #[default]
    Person,
    /// A hunt group.
    HuntGroup(Arc<HuntGroup>),
    /// A group call.
    GroupCall(Arc<GroupCall>),
    /// An auto attendant.
    AutoAttendant(Arc<AutoAttendant>),
    /// A call center.
    CallCenter(Arc<CallCenter>),
}

impl Role {
    /// Its kind.
    pub fn kind(&self) -> RoleKind {
        match self {
            Self::Person => RoleKind::Person,
            Self::HuntGroup(_) => RoleKind::HuntGroup,
            Self::GroupCall(_) => RoleKind::GroupCall,
            Self::AutoAttendant(_) => RoleKind::AutoAttendant,
            Self::CallCenter(_) => RoleKind::CallCenter,
        }
    }

    /// The name, place and number of a virtual user.
    pub fn identity(&self) -> Option<&VirtualUser> {
        match self {
            Self::Person => None,
            Self::HuntGroup(group) => Some(&group.identity),
            Self::GroupCall(group) => Some(&group.identity),
            Self::AutoAttendant(attendant) => Some(&attendant.identity),
            Self::CallCenter(center) => Some(&center.identity),
        }
    }
}

/// A location, as calls need it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The location.
    pub id: LocationId,
    /// Its country.
    pub country: Country,
    /// Its time zone.
    pub zone: Zone,
    /// The digits before an extension that reach it from elsewhere.
    pub prefix: String,
    /// The numbers that belong to it.
    pub numbers: Vec<NumberRange>,
    /// What it sets for all its users.
    pub site: SiteSettings,
}

impl Place {
    /// Compiles a location. A zone that nobody knows becomes UTC.
    pub fn of(location: &Location, zones: &dyn Fn(&str) -> Option<Zone>) -> Self {
        Self {
            id: location.id,
            country: location.country,
            zone: zones(&location.zone).unwrap_or_else(Zone::utc),
            prefix: location.prefix.clone(),
            numbers: location.numbers.clone(),
            site: location.site.clone(),
        }
    }

    /// The emergency numbers: those of the country, then those of the location, each as it was written.
    pub fn emergency(&self) -> impl Iterator<Item = &str> {
        let country = self.country.emergency().iter().copied();
        country.chain(self.site.emergency.iter().map(String::as_str))
    }
}

/// A user, as calls need them.
#[derive(Clone)]
pub struct Subscriber {
    /// The user.
    pub user: Arc<User>,
    /// What answers.
    pub role: Role,
    /// Their location.
    pub place: Arc<Place>,
    /// Rings before the no-answer treatment.
    pub rings: u8,
    /// A no-answer service is switched on, so that the ring count matters.
    pub waits_for_answer: bool,
    /// True when whoever made this snapshot may not see the user's settings: they ring, and nothing more is known.
    pub hidden: bool,
    // In place, not behind a pointer: a call waits for one trip to memory less.
    slots: [Slot; SERVICES],
}

/// One service of a user.
#[derive(Clone)]
pub struct Slot {
    /// The row of the catalogue.
    pub entry: &'static Entry,
    /// The version of the settings; 0: never saved.
    pub version: u64,
    /// The settings; `None` when the service is not the user's.
    pub content: Option<Content>,
}

/// What a user's settings are compiled from.
pub struct Source<'a> {
    /// The user.
    pub user: Arc<User>,
    /// What answers.
    pub role: Role,
    /// The version of each saved setting, by service.
    pub versions: &'a BTreeMap<String, u64>,
    /// The service packs, by which services are assigned.
    pub packs: &'a [ServicePack],
    /// Leave the services out.
    pub hidden: bool,
}

impl Snapshot {
    /// Compiles a whole organisation. `zones` gives the transition table of a time zone by name.
    pub fn of(organisation: &Organisation, zones: &dyn Fn(&str) -> Option<Zone>) -> Self {
        let mut snapshot = Self { version: 1, ..Self::default() };
        for location in &organisation.locations {
            snapshot.put_place(Place::of(location, zones));
        }
        for schedule in &organisation.schedules {
            snapshot.put_schedule(schedule);
        }
        let versions = BTreeMap::new();
        for (user, role) in people(organisation) {
            let (user, packs) = (Arc::new(user), &organisation.service_packs);
            snapshot.put_user(&Source { user, role, versions: &versions, packs, hidden: false });
        }
        snapshot.put_shared(Shared::of(organisation));
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

    /// The pickup group of a user.
    pub fn pickup_group(&self, user: UserId) -> Option<&PickupGroup> {
        self.shared.pickup_groups.iter().find(|group| group.members.contains(&user))
    }

    /// The park group of a user.
    pub fn park_group(&self, user: UserId) -> Option<&ParkGroup> {
        self.shared.park_groups.iter().find(|group| group.members.contains(&user))
    }

    /// Whether a department is `top` or below it.
    pub fn is_within(&self, department: DepartmentId, top: DepartmentId) -> bool {
        let parent = |id: &DepartmentId| self.shared.departments.get(id).and_then(|d| d.parent);
        // A ring of parents, which no import lets in, ends here and not never.
        std::iter::successors(Some(department), parent)
            .take(self.shared.departments.len() + 1)
            .any(|id| id == top)
    }

    /// Every call center, in the order of their ids.
    pub fn call_centers(&self) -> impl Iterator<Item = &Arc<CallCenter>> {
        self.users().filter_map(|s| match &s.role {
            Role::CallCenter(center) => Some(center),
            _ => None,
        })
    }

    /// Adds or replaces a location. Users keep the one they were compiled with.
    pub fn put_place(&mut self, place: Place) {
        let at = place.id.0 as usize;
        put(&mut self.places, at, Arc::new(place));
    }

    /// Adds or replaces a schedule.
    pub fn put_schedule(&mut self, schedule: &Schedule) {
        put(&mut self.schedules, schedule.id.0 as usize, Arc::new(CompiledSchedule::new(schedule)));
    }

    /// Removes a schedule.
    pub fn remove_schedule(&mut self, id: ScheduleId) {
        if let Some(slot) = self.schedules.get_mut(id.0 as usize) {
            *slot = None;
        }
    }

    /// Adds or replaces a user. A user whose location is not there is left out: nothing could tell their time.
    pub fn put_user(&mut self, source: &Source<'_>) {
        let user = &source.user;
        let Some(place) = self.place(user.location).cloned() else { return };
        let before = self.user(user.id).map(|s| s.user.clone());
        if before.as_ref().is_none_or(|b| (b.number, &b.alternates) != (user.number, &user.alternates)) {
            let numbers = Arc::make_mut(&mut self.numbers);
            for (number, _) in before.iter().flat_map(|b| lines(b, b.number, |a| a.number)) {
                numbers.remove(&number);
            }
            numbers.extend(lines(user, user.number, |a| a.number));
        }
        let places = |u: &User| (u.location, u.extension, u.alternates.clone());
        if before.as_ref().is_none_or(|b| places(b) != places(user)) {
            let extensions = Arc::make_mut(&mut self.extensions);
            let all = |u: &User| {
                let location = u.location;
                lines(u, u.extension, |a| a.extension)
                    .map(move |(e, line)| ((location, e), line))
                    .collect::<Vec<_>>()
            };
            for (at, _) in before.iter().flat_map(|b| all(b)) {
                extensions.remove(&at);
            }
            extensions.extend(all(user));
        }
        put(&mut self.users, user.id.0 as usize, Arc::new(Subscriber::new(source, place)));
    }

    /// Removes a user with their numbers.
    pub fn remove_user(&mut self, id: UserId) {
        let Some(before) = self.users.get_mut(id.0 as usize).and_then(Option::take) else { return };
        let user = &before.user;
        let numbers = Arc::make_mut(&mut self.numbers);
        for (number, _) in lines(user, user.number, |a| a.number) {
            numbers.remove(&number);
        }
        let extensions = Arc::make_mut(&mut self.extensions);
        for (extension, _) in lines(user, user.extension, |a| a.extension) {
            extensions.remove(&(user.location, extension));
        }
    }

    /// The user with this id.
    pub fn user(&self, id: UserId) -> Option<&Arc<Subscriber>> {
        self.users.get(id.0 as usize)?.as_ref()
    }

    /// Every user, in the order of their ids.
    pub fn users(&self) -> impl Iterator<Item = &Arc<Subscriber>> {
        self.users.iter().flatten()
    }

    /// The location with this id.
    pub fn place(&self, id: LocationId) -> Option<&Arc<Place>> {
        self.places.get(id.0 as usize)?.as_ref()
    }

    /// Every location, in the order of their ids.
    pub fn places(&self) -> impl Iterator<Item = &Arc<Place>> {
        self.places.iter().flatten()
    }

    /// Whether a number belongs to one of the locations.
    pub fn owns(&self, number: E164) -> bool {
        self.places().any(|place| place.numbers.iter().any(|r| r.first <= number && number <= r.last))
    }

    /// Whose number it is.
    pub fn by_number(&self, number: E164) -> Option<Line> {
        self.numbers.get(&number).copied()
    }

    /// Whose extension it is at a location.
    pub fn by_extension(&self, location: LocationId, extension: Extension) -> Option<Line> {
        self.extensions.get(&(location, extension)).copied()
    }
}

impl Schedules for Snapshot {
    fn schedule(&self, id: ScheduleId) -> Option<&CompiledSchedule> {
        self.schedules.get(id.0 as usize)?.as_deref()
    }
}

impl Subscriber {
    fn new(source: &Source<'_>, place: Arc<Place>) -> Self {
        let user = source.user.clone();
        let assigned = |service: &str| assigned(&user, source.packs, service);
        let slots = std::array::from_fn(|place| {
            let entry = &CATALOGUE[place];
            let theirs = !source.hidden && unavailable(entry, &user, source.role.kind(), &assigned).is_none();
            let stored = user.services.get(entry.id.0);
            let content = || stored.map_or_else(|| UNCHANGED[place].clone(), |stored| entry.decode(stored));
            Slot {
                entry,
                version: source.versions.get(entry.id.0).copied().unwrap_or(0),
                content: theirs.then(content),
            }
        });
        let rings = slots
            .iter()
            .find(|slot| slot.entry.id == RingCount::ID)
            .and_then(|slot| match &slot.content {
                Some(Content::Settings(settings)) => settings.get::<RingCount>().map(|s| s.rings),
                _ => None,
            })
            .unwrap_or(ring_count::Settings::default().rings);
        let waits_for_answer = slots.iter().any(|slot| {
            slot.entry.stages.contains(&Stage::NoAnswer)
                && matches!(&slot.content, Some(Content::Settings(s)) if slot.entry.active(s) == Some(true))
        });
        let role = source.role.clone();
        Self { user, role, place, rings, waits_for_answer, hidden: source.hidden, slots }
    }

    /// The user's services, in the order in which they get their turn.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The settings of a service; `None` when it is not theirs, or cannot be read.
    pub fn settings<S: Service>(&self) -> Option<&S::Settings> {
        match &self.slots.iter().find(|slot| slot.entry.id == S::ID)?.content {
            Some(Content::Settings(settings)) => settings.get::<S>(),
            _ => None,
        }
    }

    /// The settings of a service that is theirs and switched on.
    pub fn active<S: Service>(&self) -> Option<&S::Settings> {
        self.settings::<S>().filter(|settings| S::active(settings) == Some(true))
    }

    /// The schedules that the user's rules link.
    pub fn links(&self) -> impl Iterator<Item = ScheduleId> + '_ {
        self.slots
            .iter()
            .filter_map(|slot| match &slot.content {
                Some(Content::Settings(settings)) => Some(slot.entry.rules(settings)),
                _ => None,
            })
            .flatten()
            .flat_map(Rule::links)
    }

    /// The services whose stored settings cannot be read; each is skipped on calls and reported.
    pub fn unreadable(&self) -> impl Iterator<Item = &'static Entry> + '_ {
        self.slots.iter().filter(|s| matches!(s.content, Some(Content::Unreadable))).map(|s| s.entry)
    }
}

impl Shared {
    /// What an organisation says of the whole enterprise.
    pub fn of(organisation: &Organisation) -> Self {
        let Enterprise { codes, call_centers, .. } = &organisation.enterprise;
        Self {
            codes: codes.clone(),
            centers: call_centers.clone(),
            departments: organisation.departments.iter().map(|d| (d.id, d.clone())).collect(),
            park_groups: organisation.park_groups.clone(),
            pickup_groups: organisation.pickup_groups.clone(),
        }
    }
}

/// Every person and every virtual user of an organisation.
pub fn people(organisation: &Organisation) -> impl Iterator<Item = (User, Role)> + '_ {
    let persons = organisation.users.iter().map(|user| (user.clone(), Role::Person));
    persons.chain(virtual_users(organisation))
}

/// Every virtual user of an organisation.
pub fn virtual_users(organisation: &Organisation) -> impl Iterator<Item = (User, Role)> + '_ {
    let o = organisation;
    let hunts = o.hunt_groups.iter().map(|g| (g.identity.user(g.id), Role::HuntGroup(Arc::new(g.clone()))));
    let calls = o.group_calls.iter().map(|g| (g.identity.user(g.id), Role::GroupCall(Arc::new(g.clone()))));
    let menus =
        o.auto_attendants.iter().map(|a| (a.identity.user(a.id), Role::AutoAttendant(Arc::new(a.clone()))));
    let centers =
        o.call_centers.iter().map(|c| (c.identity.user(c.id), Role::CallCenter(Arc::new(c.clone()))));
    hunts.chain(calls).chain(menus).chain(centers)
}

/// Each number or extension of a user with its place.
fn lines<T: 'static>(
    user: &User,
    primary: Option<T>,
    of: fn(&crate::organisation::Alternate) -> Option<T>,
) -> impl Iterator<Item = (T, Line)> + '_ {
    let id = user.id;
    let further = user.alternates.iter().zip(0..=u8::MAX).filter_map(move |(alternate, place)| {
        Some((of(alternate)?, Line { user: id, alternate: Some(place) }))
    });
    primary.map(|number| (number, Line { user: id, alternate: None })).into_iter().chain(further)
}

/// Whether a user's service packs hold a service.
pub fn assigned(user: &User, packs: &[ServicePack], service: &str) -> bool {
    packs.iter().any(|pack| user.packs.contains(&pack.id) && pack.services.iter().any(|s| s == service))
}

/// The stored settings of a service, or its defaults.
pub fn settings_of(user: &User, entry: &Entry) -> Value {
    user.services.get(entry.id.0).cloned().unwrap_or_else(|| entry.defaults())
}

fn put<T>(list: &mut Vec<Option<Arc<T>>>, at: usize, item: Arc<T>) {
    if list.len() <= at {
        list.resize(at + 1, None);
    }
    list[at] = Some(item);
}
