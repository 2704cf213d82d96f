//! The organisation in memory, as pages read it: by id, in the order of lists, and who may link what. A copy shares all
//! with what it was copied from, and changes as cheaply.

use super::user_index::{AllCounts, FoundUsers, UserCounts, UserIndex, UserQuery, Visibility};
use super::uses::links;
use centrale_core::id::{AdminId, DepartmentId, LocationId, ScheduleId, UserId};
use centrale_core::organisation::{
    Admin, Department, DepartmentMusic, Enterprise, Location, Organisation, Outgoing,
    OutgoingOwner, Part, PartKey, PartKind, PickupSettings, ServicePack, Site, SiteSettings,
    UploadOwner, User,
};
use centrale_core::schedule::{Schedule, ScheduleOwner, ScheduleType};
use centrale_core::snapshot::{self, Role};
use imbl::{OrdMap, OrdSet};
use std::collections::BTreeMap;
use std::iter::once;
use std::ops::Bound;
use std::sync::Arc;

/// The organisation as pages read it: users, locations, departments, administrators, schedules and parts, by id.
#[derive(Clone)]
pub struct Directory {
    /// What seldom changes.
    frame: Arc<Frame>,
    users: OrdMap<UserId, Arc<Member>>,
    /// The users once more, as lists and searches go through them.
    index: Arc<UserIndex>,
    counts: AllCounts,
    schedules: OrdMap<ScheduleId, Arc<StoredSchedule>>,
    /// The schedules of each owner.
    owned: OrdSet<(ScheduleOwner, ScheduleId)>,
    /// Whose settings name a schedule, whether or not they may link it.
    pub(super) linking: OrdSet<(ScheduleId, UserId)>,
    parts: OrdMap<PartKey, Arc<StoredPart>>,
}

struct Frame {
    enterprise: Enterprise,
    packs: Vec<ServicePack>,
    locations: BTreeMap<LocationId, Location>,
    departments: BTreeMap<DepartmentId, Department>,
    admins: BTreeMap<AdminId, Admin>,
}

/// A user, virtual or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The user, with the settings.
    pub user: Arc<User>,
    /// A person, or a group, menu or queue.
    pub role: Role,
    /// The version of each saved setting, by service.
    pub versions: BTreeMap<String, u64>,
}

impl Member {
    /// The name in lists.
    pub fn called(&self) -> String {
        self.role
            .identity()
            .map_or_else(|| self.user.name(), |identity| identity.name.clone())
    }

    /// Whether lists and counts say the same of both.
    fn is_listed_like(&self, other: &Self) -> bool {
        let numbers = |user: &User| (user.number, user.extension, user.mobile);
        let place = |user: &User| (user.location, user.department);
        let (one, two) = (&self.user, &other.user);
        let names = (&one.last_name, &one.first_name) == (&two.last_name, &two.first_name);
        names
            && (self.role.kind(), self.called()) == (other.role.kind(), other.called())
            && (numbers(one), place(one), &one.packs) == (numbers(two), place(two), &two.packs)
    }
}

/// A part with its version.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPart {
    /// The part; without the services of a virtual user, whose are with the member of its id.
    pub part: Part,
    /// Grows with every save; 0: never saved.
    pub version: u64,
}

/// A schedule with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSchedule {
    /// The schedule.
    pub schedule: Schedule,
    /// Grows with every save.
    pub version: u64,
}

impl Directory {
    pub(super) fn new(
        organisation: Organisation,
        mut versions: BTreeMap<UserId, BTreeMap<String, u64>>,
        schedule_versions: &BTreeMap<ScheduleId, u64>,
        part_versions: &BTreeMap<PartKey, u64>,
    ) -> Self {
        let mut parts = OrdMap::new();
        for mut part in organisation.parts() {
            part.identity_mut()
                .into_iter()
                .for_each(|identity| identity.services.clear());
            let version = part_versions.get(&part.key()).copied().unwrap_or(1);
            parts.insert(part.key(), Arc::new(StoredPart { part, version }));
        }
        let virtual_users: Vec<_> = snapshot::virtual_users(&organisation).collect();
        let persons = organisation
            .users
            .into_iter()
            .map(|user| (user, Role::Person));
        let members = persons.chain(virtual_users).map(|(user, role)| {
            let versions = versions.remove(&user.id).unwrap_or_default();
            (
                user.id,
                Arc::new(Member {
                    user: Arc::new(user),
                    role,
                    versions,
                }),
            )
        });
        let users: OrdMap<UserId, Arc<Member>> = members.collect();
        let mut counts = AllCounts::default();
        users.values().for_each(|member| counts.add(member));
        let stored = |schedule: Schedule| {
            let version = schedule_versions.get(&schedule.id).copied().unwrap_or(1);
            (schedule.id, Arc::new(StoredSchedule { schedule, version }))
        };
        let schedules: OrdMap<ScheduleId, Arc<StoredSchedule>> =
            organisation.schedules.into_iter().map(stored).collect();
        Self {
            frame: Arc::new(Frame {
                enterprise: organisation.enterprise,
                packs: organisation.service_packs,
                locations: organisation
                    .locations
                    .into_iter()
                    .map(|l| (l.id, l))
                    .collect(),
                departments: organisation
                    .departments
                    .into_iter()
                    .map(|d| (d.id, d))
                    .collect(),
                admins: organisation.admins.into_iter().map(|a| (a.id, a)).collect(),
            }),
            index: Arc::new(UserIndex::of(users.values())),
            linking: users
                .values()
                .flat_map(|member: &Arc<Member>| links(&member.user))
                .collect(),
            users,
            counts,
            owned: schedules
                .values()
                .map(|stored| (stored.schedule.owner, stored.schedule.id))
                .collect(),
            schedules,
            parts,
        }
    }

    /// What is set for the whole enterprise.
    pub fn enterprise(&self) -> &Enterprise {
        &self.frame.enterprise
    }

    /// The service packs.
    pub fn packs(&self) -> &[ServicePack] {
        &self.frame.packs
    }

    /// The location with this id.
    pub fn location(&self, id: LocationId) -> Option<&Location> {
        self.frame.locations.get(&id)
    }

    /// Every location, in the order of their ids.
    pub fn locations(&self) -> impl Iterator<Item = &Location> {
        self.frame.locations.values()
    }

    /// The department with this id.
    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.frame.departments.get(&id)
    }

    /// Every department, in the order of their ids.
    pub fn departments(&self) -> impl Iterator<Item = &Department> {
        self.frame.departments.values()
    }

    /// Whether a department is `top` or below it.
    pub fn is_within(&self, department: DepartmentId, top: DepartmentId) -> bool {
        let parent = |id: &DepartmentId| self.department(*id).and_then(|d| d.parent);
        // At most as many steps as there are departments, so that parents in a circle end too. Imports refuse a circle.
        std::iter::successors(Some(department), parent)
            .take(self.frame.departments.len() + 1)
            .any(|id| id == top)
    }

    /// The administrator with this id.
    pub fn admin(&self, id: AdminId) -> Option<&Admin> {
        self.frame.admins.get(&id)
    }

    /// Every administrator, in the order of their ids.
    pub fn admins(&self) -> impl Iterator<Item = &Admin> {
        self.frame.admins.values()
    }

    /// A user, virtual or not.
    pub fn user(&self, id: UserId) -> Option<&Arc<Member>> {
        self.users.get(&id)
    }

    /// Every person, by last name, first name and id.
    pub fn users(&self) -> impl Iterator<Item = &Arc<Member>> {
        self.index.persons().filter_map(|id| self.user(id))
    }

    /// A page of those who are found, in the order of lists: by last name, first name and id. It begins after somebody,
    /// whether or not they are found themselves.
    pub fn page(&self, wanted: &UserQuery, after: Option<&Member>, most: usize) -> FoundUsers {
        self.index.page(wanted, after, most)
    }

    /// Of those who are found, the ones with the lowest ids, so many at most.
    pub fn lowest(&self, wanted: &UserQuery, most: usize) -> Vec<UserId> {
        self.index.lowest(wanted, most)
    }

    /// How many users are seen, by location and department.
    pub fn counts<'a>(
        &'a self,
        visibility: &'a Visibility,
    ) -> impl Iterator<Item = (LocationId, &'a UserCounts)> {
        self.counts.seen(visibility)
    }

    /// The schedule with this id, with its version.
    pub fn schedule(&self, id: ScheduleId) -> Option<&Arc<StoredSchedule>> {
        self.schedules.get(&id)
    }

    /// Every schedule, in the order of their ids.
    pub fn schedules(&self) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        self.schedules.values()
    }

    /// The schedules of one owner, in the order of their ids.
    pub fn schedules_of(&self, owner: ScheduleOwner) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        let all = (owner, ScheduleId(0))..=(owner, ScheduleId(u32::MAX));
        self.owned
            .range(all)
            .filter_map(|(_, id)| self.schedule(*id))
    }

    /// The kind of a schedule, when the user may link it: what core's `Scope` asks.
    pub fn linkable(&self, user: &User, id: ScheduleId) -> Option<ScheduleType> {
        let schedule = &self.schedule(id)?.schedule;
        let theirs = match schedule.owner {
            ScheduleOwner::User(owner) => owner == user.id,
            ScheduleOwner::Location(location) => location == user.location,
        };
        theirs.then(|| ScheduleType::from(&schedule.kind))
    }

    /// Every user, virtual or not, in the order of their ids.
    pub fn members(&self) -> impl Iterator<Item = &Arc<Member>> {
        self.users.values()
    }

    pub(super) fn members_from(&self, from: Bound<UserId>) -> impl Iterator<Item = &Arc<Member>> {
        self.users
            .range((from, Bound::Unbounded))
            .map(|(_, member)| member)
    }

    /// The same of schedules.
    pub fn schedules_after(
        &self,
        after: Option<ScheduleId>,
    ) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.schedules
            .range((from, Bound::Unbounded))
            .map(|(_, stored)| stored)
    }

    /// A part; one that is there anyway is at its default, version 0, until somebody saves it.
    pub fn part(&self, key: PartKey) -> Option<Arc<StoredPart>> {
        self.parts.get(&key).cloned().or_else(|| {
            let part = match key.kind {
                PartKind::Site => {
                    let location = self.location(LocationId(key.id))?.id;
                    Part::Site(Site {
                        location,
                        settings: SiteSettings::default(),
                    })
                }
                PartKind::DepartmentMusic => {
                    let department = self.department(DepartmentId(key.id))?.id;
                    Part::DepartmentMusic(DepartmentMusic {
                        department,
                        music: None,
                    })
                }
                PartKind::Codes if key.id == 1 => Part::Codes(BTreeMap::new()),
                PartKind::CallCenters if key.id == 1 => Part::CallCenters(Box::default()),
                PartKind::Pickup if key.id == 1 => Part::Pickup(PickupSettings::default()),
                _ => Part::Outgoing(Box::new(Outgoing::new(self.outgoing_owner(key)?))),
            };
            Some(Arc::new(StoredPart { part, version: 0 }))
        })
    }

    /// For whom a part says which calls may leave.
    fn outgoing_owner(&self, key: PartKey) -> Option<OutgoingOwner> {
        match key.kind {
            PartKind::Outgoing => (key.id == 1).then_some(OutgoingOwner::Enterprise),
            PartKind::LocationOutgoing => Some(OutgoingOwner::Location(
                self.location(LocationId(key.id))?.id,
            )),
            PartKind::DepartmentOutgoing => Some(OutgoingOwner::Department(
                self.department(DepartmentId(key.id))?.id,
            )),
            PartKind::UserOutgoing => Some(OutgoingOwner::User(self.user(UserId(key.id))?.user.id)),
            _ => None,
        }
    }

    /// Every part, in the order of kinds and ids; those that are there anyway too, but of what users may call only what
    /// was saved.
    pub fn parts(&self) -> impl Iterator<Item = Arc<StoredPart>> + '_ {
        self.parts_after(None, None)
    }

    /// The same, of one kind only, and only what comes after a key.
    pub fn parts_after(
        &self,
        kind: Option<PartKind>,
        after: Option<PartKey>,
    ) -> impl Iterator<Item = Arc<StoredPart>> + '_ {
        let kinds = PartKind::ALL
            .into_iter()
            .filter(move |one| kind.is_none_or(|kind| kind == *one));
        let kinds = kinds.filter(move |kind| after.is_none_or(|after| after.kind <= *kind));
        let keys = kinds.flat_map(|kind| self.ids(kind).map(move |id| PartKey { kind, id }));
        let keys = keys.filter(move |key| after.is_none_or(|after| after < *key));
        keys.filter_map(|key| self.part(key))
    }

    /// The ids of the parts of a kind, in order.
    fn ids(&self, kind: PartKind) -> Box<dyn Iterator<Item = u32> + '_> {
        match kind {
            PartKind::Site | PartKind::LocationOutgoing => {
                Box::new(self.locations().map(|l| l.id.0))
            }
            PartKind::DepartmentMusic | PartKind::DepartmentOutgoing => {
                Box::new(self.departments().map(|d| d.id.0))
            }
            _ if kind.is_of_enterprise() => Box::new(once(1)),
            _ => {
                let all = PartKey { kind, id: 0 }..=PartKey { kind, id: u32::MAX };
                Box::new(self.parts.range(all).map(|(key, _)| key.id))
            }
        }
    }

    pub(super) fn put_part(&mut self, stored: Arc<StoredPart>) {
        self.parts.insert(stored.part.key(), stored);
    }

    pub(super) fn remove_part(&mut self, key: PartKey) {
        self.parts.remove(&key);
        if !key.kind.is_virtual() {
            return;
        }
        self.remove_user(UserId(key.id));
        // Their uploads go with them, and what they may call.
        self.parts.remove(&PartKey {
            kind: PartKind::UserOutgoing,
            id: key.id,
        });
        let owner = UploadOwner::User(UserId(key.id));
        let uploads = self.parts_after(Some(PartKind::Upload), None);
        let theirs = uploads
            .filter(|stored| matches!(&stored.part, Part::Upload(upload) if upload.owner == owner));
        for key in theirs.map(|stored| stored.part.key()).collect::<Vec<_>>() {
            self.parts.remove(&key);
        }
    }

    fn remove_user(&mut self, id: UserId) {
        let Some(before) = self.users.remove(&id) else {
            return;
        };
        self.unlink(&before);
        Arc::make_mut(&mut self.index).remove(&before);
        self.counts.take(&before);
    }

    pub(super) fn put_user(&mut self, member: Member) -> Arc<Member> {
        let (id, member) = (member.user.id, Arc::new(member));
        let before = self.users.insert(id, member.clone());
        if let Some(before) = &before {
            self.unlink(before);
        }
        self.linking.extend(links(&member.user));
        if before
            .as_ref()
            .is_some_and(|before| before.is_listed_like(&member))
        {
            return member;
        }
        let index = Arc::make_mut(&mut self.index);
        if let Some(before) = before {
            index.remove(&before);
            self.counts.take(&before);
        }
        index.put(&member);
        self.counts.add(&member);
        member
    }

    fn unlink(&mut self, before: &Member) {
        for link in links(&before.user) {
            self.linking.remove(&link);
        }
    }

    pub(super) fn put_schedule(&mut self, stored: Arc<StoredSchedule>) {
        let (owner, id) = (stored.schedule.owner, stored.schedule.id);
        self.owned.insert((owner, id));
        let before = self.schedules.insert(id, stored);
        if let Some(before) = before.filter(|before| before.schedule.owner != owner) {
            self.owned.remove(&(before.schedule.owner, id));
        }
    }

    pub(super) fn remove_schedule(&mut self, id: ScheduleId) {
        if let Some(before) = self.schedules.remove(&id) {
            self.owned.remove(&(before.schedule.owner, id));
        }
    }
}
