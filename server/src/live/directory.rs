//! The organisation in memory, as pages read it: by id, in the order of lists, and who may link what.

use centrale_core::id::{AdminId, DepartmentId, LocationId, ScheduleId, UserId};
use centrale_core::organisation::{
    Admin, Department, DepartmentMusic, Enterprise, Location, Organisation, Outgoing, OutgoingOwner, Part,
    PartKey, PartKind, PickupSettings, ServicePack, Site, SiteSettings, UploadOwner, User,
};
use centrale_core::rule::Kind;
use centrale_core::schedule::{Schedule, ScheduleOwner};
use centrale_core::snapshot::{self, Role, Shared};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The organisation.
#[derive(Clone)]
pub struct Directory {
    /// What seldom changes.
    frame: Arc<Frame>,
    users: Vec<Option<Arc<Member>>>,
    schedules: BTreeMap<ScheduleId, Arc<StoredSchedule>>,
    parts: BTreeMap<PartKey, Arc<StoredPart>>,
}

struct Frame {
    enterprise: Enterprise,
    packs: Vec<ServicePack>,
    locations: BTreeMap<LocationId, Location>,
    departments: BTreeMap<DepartmentId, Department>,
    admins: BTreeMap<AdminId, Admin>,
    /// Users by last name, first name and id.
    order: Vec<UserId>,
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
        let mut users = Vec::new();
        let mut parts = BTreeMap::new();
        for mut part in organisation.parts() {
            part.identity_mut().into_iter().for_each(|identity| identity.services.clear());
            let version = part_versions.get(&part.key()).copied().unwrap_or(1);
            parts.insert(part.key(), Arc::new(StoredPart { part, version }));
        }
        let virtual_users: Vec<_> = snapshot::virtual_users(&organisation).collect();
        for (user, role) in
            organisation.users.into_iter().map(|user| (user, Role::Person)).chain(virtual_users)
        {
            let versions = versions.remove(&user.id).unwrap_or_default();
            put(&mut users, Member { user: Arc::new(user), role, versions });
        }
        let mut order: Vec<&Arc<Member>> =
            users.iter().flatten().filter(|m| matches!(m.role, Role::Person)).collect();
        order.sort_by_cached_key(|m| {
            (m.user.last_name.to_lowercase(), m.user.first_name.to_lowercase(), m.user.id)
        });
        let order = order.into_iter().map(|m| m.user.id).collect();
        let stored = |schedule: Schedule| {
            let version = schedule_versions.get(&schedule.id).copied().unwrap_or(1);
            (schedule.id, Arc::new(StoredSchedule { schedule, version }))
        };
        Self {
            frame: Arc::new(Frame {
                enterprise: organisation.enterprise,
                packs: organisation.service_packs,
                locations: organisation.locations.into_iter().map(|l| (l.id, l)).collect(),
                departments: organisation.departments.into_iter().map(|d| (d.id, d)).collect(),
                admins: organisation.admins.into_iter().map(|a| (a.id, a)).collect(),
                order,
            }),
            users,
            schedules: organisation.schedules.into_iter().map(stored).collect(),
            parts,
        }
    }

    /// The enterprise.
    pub fn enterprise(&self) -> &Enterprise {
        &self.frame.enterprise
    }

    /// The service packs.
    pub fn packs(&self) -> &[ServicePack] {
        &self.frame.packs
    }

    /// A location.
    pub fn location(&self, id: LocationId) -> Option<&Location> {
        self.frame.locations.get(&id)
    }

    /// Every location, in the order of their ids.
    pub fn locations(&self) -> impl Iterator<Item = &Location> {
        self.frame.locations.values()
    }

    /// A department.
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
        // A ring of parents, which no import lets in, ends here and not never.
        std::iter::successors(Some(department), parent)
            .take(self.frame.departments.len() + 1)
            .any(|id| id == top)
    }

    /// An administrator.
    pub fn admin(&self, id: AdminId) -> Option<&Admin> {
        self.frame.admins.get(&id)
    }

    /// Every administrator, in the order of their ids.
    pub fn admins(&self) -> impl Iterator<Item = &Admin> {
        self.frame.admins.values()
    }

    /// A user, virtual or not.
    pub fn user(&self, id: UserId) -> Option<&Arc<Member>> {
        self.users.get(id.0 as usize)?.as_ref()
    }

    /// Every person, by last name, first name and id.
    pub fn users(&self) -> impl Iterator<Item = &Arc<Member>> {
        self.frame.order.iter().filter_map(|id| self.user(*id))
    }

    /// A schedule.
    pub fn schedule(&self, id: ScheduleId) -> Option<&Arc<StoredSchedule>> {
        self.schedules.get(&id)
    }

    /// Every schedule, in the order of their ids.
    pub fn schedules(&self) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        self.schedules.values()
    }

    /// The schedules of one owner, in the order of their ids.
    pub fn schedules_of(&self, owner: ScheduleOwner) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        self.schedules().filter(move |s| s.schedule.owner == owner)
    }

    /// The schedules that a user may link: their own, and those of their location.
    pub fn scope_schedules(&self, user: &User) -> impl Iterator<Item = &Arc<StoredSchedule>> {
        let owners = [ScheduleOwner::User(user.id), ScheduleOwner::Location(user.location)];
        self.schedules().filter(move |s| owners.contains(&s.schedule.owner))
    }

    /// The kind of a schedule, when the user may link it: what core's `Scope` asks.
    pub fn linkable(&self, user: &User, id: ScheduleId) -> Option<Kind> {
        let schedule = &self.schedule(id)?.schedule;
        let theirs = match schedule.owner {
            ScheduleOwner::User(owner) => owner == user.id,
            ScheduleOwner::Location(location) => location == user.location,
        };
        theirs.then(|| Kind::from(&schedule.kind))
    }

    /// Every user, virtual or not, in the order of their ids.
    pub fn members(&self) -> impl Iterator<Item = &Arc<Member>> {
        self.users.iter().flatten()
    }

    /// A part; one that is there anyway is at its default, version 0, until somebody saves it.
    pub fn part(&self, key: PartKey) -> Option<Arc<StoredPart>> {
        self.parts.get(&key).cloned().or_else(|| {
            let part = match key.kind {
                PartKind::Site => {
                    let location = self.location(LocationId(key.id))?.id;
                    Part::Site(Site { location, settings: SiteSettings::default() })
                }
                PartKind::DepartmentMusic => {
                    let department = self.department(DepartmentId(key.id))?.id;
                    Part::DepartmentMusic(DepartmentMusic { department, music: None })
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
            PartKind::LocationOutgoing => {
                Some(OutgoingOwner::Location(self.location(LocationId(key.id))?.id))
            }
            PartKind::DepartmentOutgoing => {
                Some(OutgoingOwner::Department(self.department(DepartmentId(key.id))?.id))
            }
            PartKind::UserOutgoing => Some(OutgoingOwner::User(self.user(UserId(key.id))?.user.id)),
            _ => None,
        }
    }

    /// Every part, in the order of kinds and ids; those that are there anyway too, but of what users may call only what
    /// was saved.
    pub fn parts(&self) -> impl Iterator<Item = Arc<StoredPart>> + '_ {
        let of = |kind| move |id| PartKey { kind, id };
        let sites = self.locations().map(|l| l.id.0).map(of(PartKind::Site));
        let music = self.departments().map(|d| d.id.0).map(of(PartKind::DepartmentMusic));
        let single = PartKind::ALL.into_iter().filter(|kind| kind.is_of_enterprise());
        let single = single.map(|kind| PartKey { kind, id: 1 });
        let saved = |key: &PartKey| !key.kind.is_fixed() || key.kind == PartKind::UserOutgoing;
        let made = self.parts.keys().copied().filter(saved);
        let places = self.locations().map(|l| l.id.0).map(of(PartKind::LocationOutgoing));
        let departments = self.departments().map(|d| d.id.0).map(of(PartKind::DepartmentOutgoing));
        made.chain(sites)
            .chain(music)
            .chain(single)
            .chain(places)
            .chain(departments)
            .filter_map(|key| self.part(key))
    }

    /// What holds for the whole enterprise, as calls need it.
    pub fn shared(&self) -> Shared {
        let mut organisation =
            Organisation { departments: self.departments().cloned().collect(), ..Organisation::default() };
        for stored in self.parts.values() {
            organisation.put_part(stored.part.clone());
        }
        Shared::of(&organisation)
    }

    /// A location with what it sets for all its users.
    pub fn location_with_site(&self, id: LocationId) -> Option<Location> {
        let mut location = self.location(id)?.clone();
        let stored = self.part(PartKey { kind: PartKind::Site, id: id.0 });
        if let Some(Part::Site(site)) = stored.map(|stored| stored.part.clone()) {
            location.site = site.settings;
        }
        Some(location)
    }

    pub(super) fn put_part(&mut self, stored: Arc<StoredPart>) {
        self.parts.insert(stored.part.key(), stored);
    }

    pub(super) fn remove_part(&mut self, key: PartKey) {
        self.parts.remove(&key);
        if !key.kind.is_virtual() {
            return;
        }
        if let Some(slot) = self.users.get_mut(key.id as usize) {
            *slot = None;
        }
        // Their uploads go with them, and what they may call.
        self.parts.remove(&PartKey { kind: PartKind::UserOutgoing, id: key.id });
        let owner = UploadOwner::User(UserId(key.id));
        self.parts.retain(|_, stored| !matches!(&stored.part, Part::Upload(upload) if upload.owner == owner));
    }

    pub(super) fn put_user(&mut self, member: Member) -> Arc<Member> {
        put(&mut self.users, member)
    }

    pub(super) fn put_schedule(&mut self, stored: Arc<StoredSchedule>) {
        self.schedules.insert(stored.schedule.id, stored);
    }

    pub(super) fn remove_schedule(&mut self, id: ScheduleId) {
        self.schedules.remove(&id);
    }
}

fn put(users: &mut Vec<Option<Arc<Member>>>, member: Member) -> Arc<Member> {
    let at = member.user.id.0 as usize;
    if users.len() <= at {
        users.resize(at + 1, None);
    }
    let member = Arc::new(member);
    users[at] = Some(member.clone());
    member
}
