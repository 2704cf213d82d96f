//! The organisation in memory, as pages read it: by id, in the order of lists, and who may link what.

use centrale_core::error::UsedBy;
use centrale_core::id::{AdminId, DepartmentId, LocationId, ScheduleId, UserId};
use centrale_core::organisation::{Admin, Department, Enterprise, Location, Organisation, ServicePack, User};
use centrale_core::rule::Kind;
use centrale_core::schedule::{Schedule, ScheduleOwner};
use centrale_core::service::{CATALOGUE, Content};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The organisation.
#[derive(Clone)]
pub struct Directory {
    /// What seldom changes.
    frame: Arc<Frame>,
    users: Vec<Option<Arc<Member>>>,
    schedules: BTreeMap<ScheduleId, Arc<StoredSchedule>>,
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

/// A user.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The user, with the settings.
    pub user: Arc<User>,
    /// The version of each saved setting, by service.
    pub versions: BTreeMap<String, u64>,
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
    ) -> Self {
        let mut users = Vec::new();
        for user in organisation.users {
            let versions = versions.remove(&user.id).unwrap_or_default();
            put(&mut users, Member { user: Arc::new(user), versions });
        }
        let mut order: Vec<&Arc<Member>> = users.iter().flatten().collect();
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

    /// A user.
    pub fn user(&self, id: UserId) -> Option<&Arc<Member>> {
        self.users.get(id.0 as usize)?.as_ref()
    }

    /// Every user, by last name, first name and id.
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

    /// The rules that link a schedule, of every user who may link it, in the order of lists.
    pub fn uses(&self, id: ScheduleId) -> Vec<(UserId, UsedBy)> {
        let Some(stored) = self.schedule(id) else { return Vec::new() };
        match stored.schedule.owner {
            ScheduleOwner::User(user) => self.user(user).map(|m| uses_of(&m.user, id)).unwrap_or_default(),
            ScheduleOwner::Location(location) => self
                .users()
                .filter(|m| m.user.location == location)
                .flat_map(|m| uses_of(&m.user, id))
                .collect(),
        }
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

fn uses_of(user: &User, id: ScheduleId) -> Vec<(UserId, UsedBy)> {
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
            (user.id, used)
        }));
    }
    uses
}
