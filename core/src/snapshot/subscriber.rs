//! A user as calls need them. A million of them fit one process: of the services only those are held whose settings were
//! ever saved; the others share the defaults.

use super::CompiledLocation;
use super::edge::Edge;
use crate::id::{ScheduleId, UserId};
use crate::organisation::{
    AutoAttendant, CallCenter, GroupCall, HuntGroup, Language, Part, RoleKind, ServicePack,
    SiteSettings, User, VirtualUser,
};
use crate::rule::Rule;
use crate::service::{
    CATALOGUE, Content, Entry, HasServices, MailboxExit, Ringing, Rows, Service, ServiceId, Stage,
    ring_count, row_of, rows_at, rows_of, unavailable, voicemail_management,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// The settings of a user who never changed them, by row of the catalogue: shared by all such users.
static UNCHANGED: LazyLock<Vec<Content>> = LazyLock::new(|| {
    CATALOGUE
        .iter()
        .map(|entry| entry.decode(&entry.defaults()))
        .collect()
});

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
    /// What answers for a part on calls; `None` when it is no virtual user.
    pub fn from_part(part: &Part) -> Option<Self> {
        match part {
            Part::HuntGroup(group) => Some(Self::HuntGroup(Arc::new((**group).clone()))),
            Part::GroupCall(group) => Some(Self::GroupCall(Arc::new((**group).clone()))),
            Part::AutoAttendant(attendant) => {
                Some(Self::AutoAttendant(Arc::new((**attendant).clone())))
            }
            Part::CallCenter(center) => Some(Self::CallCenter(Arc::new((**center).clone()))),
            _ => None,
        }
    }

    /// The schedules by which a virtual user treats calls; those of its services aside.
    pub fn schedules(&self) -> impl Iterator<Item = ScheduleId> {
        let (time, holidays) = match self {
            Self::Person | Self::HuntGroup(_) | Self::GroupCall(_) => (None, None),
            Self::AutoAttendant(attendant) => (attendant.hours, attendant.holidays),
            Self::CallCenter(center) => (center.night.hours, center.holiday.schedule),
        };
        time.into_iter().chain(holidays)
    }

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

/// A user, as calls need them.
#[derive(Clone)]
pub struct Subscriber {
    /// The user. Their services are not looked for here: see [`HasServices`] and [`Subscriber::stored`].
    pub user: Arc<User>,
    /// What answers.
    pub role: Role,
    /// Their location.
    pub place: Arc<CompiledLocation>,
    /// Rings before the no-answer treatment.
    pub rings: u8,
    /// A no-answer service is switched on, so that the ring count matters.
    pub waits_for_answer: bool,
    /// Whoever made this snapshot may not see the user's settings: see [`Subscriber::is_hidden`].
    pub(super) hidden: bool,
    /// They have a mailbox that is switched on.
    pub mailbox: bool,
    /// The services that are theirs.
    theirs: Rows,
    /// Of these, those that are switched off.
    off: Rows,
    /// Those whose settings were saved, and these in the same order.
    changed: Rows,
    saved: SavedSettings,
}

/// The settings of a user that were saved. A single one, the common case, is stored inline: a call then follows no pointer
/// to it, which with a million users would be a cache miss.
#[derive(Clone)]
enum SavedSettings {
    One(Saved),
    Several(Box<[Saved]>),
    /// They are hidden beyond this edge.
    Hidden(Arc<Edge>),
}

/// Settings that were saved.
#[derive(Clone)]
struct Saved {
    content: Content,
    version: u32,
}

/// One service of a user.
#[derive(Clone, Copy)]
pub struct Slot<'a> {
    /// The row of the catalogue.
    pub entry: &'static Entry,
    /// The version of the settings; 0: never saved, or not theirs.
    pub version: u32,
    /// The settings; `None` when the service is not the user's.
    pub content: Option<&'a Content>,
    /// It is the user's, and switched off.
    pub off: bool,
}

/// What a user's settings are compiled from.
pub struct Source<'a> {
    /// The user; the services in it are not read.
    pub user: Arc<User>,
    /// Their saved settings, by service.
    pub services: &'a BTreeMap<String, Value>,
    /// What answers.
    pub role: Role,
    /// The version of each saved setting, by service.
    pub versions: &'a BTreeMap<String, u64>,
    /// The service packs, by which services are assigned.
    pub packs: &'a [ServicePack],
    /// Leave the services out.
    pub hidden: bool,
}

impl FromIterator<Saved> for SavedSettings {
    fn from_iter<I: IntoIterator<Item = Saved>>(saved: I) -> Self {
        let mut saved: Vec<Saved> = saved.into_iter().collect();
        match (saved.pop(), saved.is_empty()) {
            (Some(one), true) => Self::One(one),
            (last, _) => Self::Several(saved.into_iter().chain(last).collect()),
        }
    }
}

impl Deref for SavedSettings {
    type Target = [Saved];
    fn deref(&self) -> &[Saved] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
            Self::Hidden(_) => &[],
        }
    }
}

impl Subscriber {
    /// Whether the settings may not be seen here: the user is taken to ring and to have nothing set, and whoever asks
    /// makes the trace say so.
    pub fn is_hidden(&self) -> bool {
        self.meet_edge();
        self.hidden
    }

    pub(super) fn hide_behind(&mut self, edge: Arc<Edge>) {
        self.saved = SavedSettings::Hidden(edge);
    }

    pub(super) fn meet_edge(&self) {
        if let SavedSettings::Hidden(edge) = &self.saved {
            edge.hides(self.user.id);
        }
    }

    /// The language in which they are spoken and written to: their own, of a virtual user that of the location.
    pub fn language(&self) -> Language {
        if self.role == Role::Person {
            self.user.language
        } else {
            self.place.site.language
        }
    }

    pub(super) fn new(source: &Source<'_>, place: Arc<CompiledLocation>) -> Self {
        let Source {
            user, role, hidden, ..
        } = source;
        let assigned = |service: &str| assigned(user, source.packs, service);
        let is_theirs =
            |entry: &Entry| !hidden && unavailable(entry, user, role.kind(), &assigned).is_none();
        let possible = rows_of(role.kind());
        let mut subscriber = Self {
            user: user.clone(),
            role: role.clone(),
            place,
            rings: 0,
            waits_for_answer: false,
            hidden: *hidden,
            mailbox: false,
            theirs: rows(possible)
                .filter(|row| is_theirs(&CATALOGUE[*row]))
                .fold(0, |all, row| all | 1 << row),
            off: 0,
            changed: 0,
            saved: SavedSettings::Several(Box::default()),
        };
        let saved = rows(subscriber.theirs).filter_map(|row| {
            let entry = &CATALOGUE[row];
            let stored = source.services.get(entry.id.0)?;
            let version = source.versions.get(entry.id.0).copied().unwrap_or(0);
            subscriber.changed |= 1 << row;
            Some(Saved {
                content: entry.decode(stored),
                version: u32::try_from(version).unwrap_or(u32::MAX),
            })
        });
        subscriber.saved = saved.collect();
        let is_off = |row: &usize| {
            matches!(subscriber.slot(*row).content, Some(Content::Settings(settings))
                if CATALOGUE[*row].active(settings) == Some(false))
        };
        subscriber.off = rows(subscriber.theirs)
            .filter(is_off)
            .fold(0, |all, row| all | 1 << row);
        subscriber.mailbox = voicemail_management::has_mailbox(&subscriber);
        subscriber.rings = ring_count::rings(&subscriber);
        let waits = subscriber
            .slots_at(Stage::NoAnswer)
            .any(|slot| slot.acts_at(Stage::NoAnswer));
        subscriber.waits_for_answer = waits;
        subscriber
    }

    /// The services that the user may have by what they are, in the order in which they get their turn.
    pub fn slots(&self) -> impl Iterator<Item = Slot<'_>> {
        rows(self.possible()).map(|row| self.slot(row))
    }

    /// Those that get their turn at a stage.
    pub fn slots_at(&self, stage: Stage) -> impl Iterator<Item = Slot<'_>> {
        rows(self.possible() & rows_at(stage)).map(|row| self.slot(row))
    }

    fn possible(&self) -> Rows {
        rows_of(self.role.kind())
    }

    fn slot(&self, row: usize) -> Slot<'_> {
        let (entry, bit) = (&CATALOGUE[row], 1 << row);
        if self.theirs & bit == 0 {
            self.meet_edge();
            return Slot {
                entry,
                version: 0,
                content: None,
                off: false,
            };
        }
        let off = self.off & bit != 0;
        // As many were saved as have a bit below this one.
        let place = (self.changed & (bit - 1)).count_ones() as usize;
        match self.saved.get(place).filter(|_| self.changed & bit != 0) {
            Some(saved) => Slot {
                entry,
                version: saved.version,
                content: Some(&saved.content),
                off,
            },
            None => Slot {
                entry,
                version: 0,
                content: Some(&UNCHANGED[row]),
                off,
            },
        }
    }

    /// The settings of a service as they are stored; `None` when it is not theirs, or cannot be read.
    pub fn stored(&self, service: ServiceId) -> Option<Value> {
        let slot = self.slots().find(|slot| slot.entry.id == service)?;
        match slot.content? {
            Content::Settings(settings) => slot.entry.encode(settings),
            Content::Unreadable => None,
        }
    }

    /// The schedules that the user's rules link, and those that a menu or a queue goes by.
    pub fn links(&self) -> impl Iterator<Item = ScheduleId> + '_ {
        rows(self.changed)
            .zip(&*self.saved)
            .filter_map(|(row, saved)| match &saved.content {
                Content::Settings(settings) => Some(CATALOGUE[row].rules(settings)),
                Content::Unreadable => None,
            })
            .flatten()
            .flat_map(Rule::links)
            .chain(self.role.schedules())
    }

    /// The services whose stored settings cannot be read; each is skipped on calls and reported.
    pub fn unreadable(&self) -> impl Iterator<Item = &'static Entry> + '_ {
        let saved = rows(self.changed).zip(&*self.saved);
        saved
            .filter(|(_, saved)| matches!(saved.content, Content::Unreadable))
            .map(|(row, _)| &CATALOGUE[row])
    }
}

impl HasServices for Subscriber {
    fn user_id(&self) -> UserId {
        self.user.id
    }

    fn has<S: Service>(&self) -> bool {
        self.slot(row_of::<S>().into()).content.is_some()
    }

    fn settings<S: Service>(&self) -> Option<&S::Settings> {
        match self.slot(row_of::<S>().into()).content? {
            Content::Settings(settings) => settings.get::<S>(),
            Content::Unreadable => None,
        }
    }
}

/// The rows that have a bit, ascending.
fn rows(mut bits: Rows) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let row = bits.trailing_zeros();
        bits = bits.checked_sub(1)? & bits;
        Some(row as usize)
    })
}

impl Slot<'_> {
    /// It is the user's, switched on, and may do something at a stage as it is set.
    pub fn acts_at(&self, stage: Stage) -> bool {
        matches!(self.content, Some(Content::Settings(settings)) if self.entry.acts_at(settings, stage))
    }

    /// It is the user's, and nothing but its settings and those of the location decides that it acts.
    pub fn is_always_on(&self, site: &SiteSettings) -> bool {
        matches!(self.content, Some(Content::Settings(settings)) if self.entry.always_on(settings, site))
    }

    /// Adds what rings by it for the user, on a call on which it acts while phones ring.
    pub fn ring(&self, ringing: &mut Ringing) {
        if let Some(Content::Settings(settings)) = self.content {
            self.entry.ring(settings, ringing);
        }
    }

    /// Where a caller goes on to from the mailbox of the user by it.
    pub fn mailbox_exit(&self) -> Option<MailboxExit> {
        match self.content? {
            Content::Settings(settings) => self.entry.mailbox_exit(settings),
            Content::Unreadable => None,
        }
    }

    /// Its rules, if it is the user's and has any.
    pub fn rules(&self) -> &[Rule] {
        match self.content {
            Some(Content::Settings(settings)) => self.entry.rules(settings),
            Some(Content::Unreadable) | None => &[],
        }
    }

    /// It is the user's, and switched on.
    pub fn is_active(&self) -> bool {
        matches!(self.content, Some(Content::Settings(settings)) if self.entry.active(settings) == Some(true))
    }
}

/// Whether a user's service packs hold a service.
pub fn assigned(user: &User, packs: &[ServicePack], service: &str) -> bool {
    packs
        .iter()
        .any(|pack| user.packs.contains(&pack.id) && pack.services.iter().any(|s| s == service))
}

/// The stored settings of a service, or its defaults.
pub fn settings_of(user: &User, entry: &Entry) -> Value {
    user.services
        .get(entry.id.0)
        .cloned()
        .unwrap_or_else(|| entry.defaults())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PackId;
    use crate::service::{
        call_transfer::CallTransfer, do_not_disturb::DoNotDisturb, forwarding_busy,
    };
    use crate::snapshot::Snapshot;
    use crate::time::Zone;
    use serde_json::json;

    fn subscriber(services: &Value, packs: &[&str]) -> Subscriber {
        let organisation = json!({
            "format": 1, "enterprise": {"name": "E"}, "departments": [], "admins": [], "schedules": [],
            "service_packs": [{"id": 1, "name": "P", "licences": 1, "services": packs}],
            "locations": [{"id": 1, "name": "L", "country": "nl", "zone": "UTC", "numbers": []}],
            "users": [{"id": 7, "login": "u", "first_name": "U", "last_name": "U", "profile": "fixed", "location": 1,
                "extension": "101", "packs": [PackId(1)], "services": services}],
        });
        let organisation = serde_json::from_value(organisation).unwrap();
        Snapshot::of(&organisation, &|_| Some(Zone::utc()))
            .users()
            .next()
            .unwrap()
            .clone()
    }

    #[test]
    fn only_saved_settings_of_services_that_are_theirs_are_held() {
        let services = json!({
            "do-not-disturb": {"active": true}, "forwarding-busy": {"active": true, "number": "102"},
            "ring-count": {"rings": 7}, "call-transfer": {"recall_rings": "many"},
        });
        let s = subscriber(
            &services,
            &["do-not-disturb", "call-transfer", "forwarding-always"],
        );
        assert_eq!(s.saved.len(), 3);
        assert_eq!(s.user.services.len(), 0);
        assert!(s.active::<DoNotDisturb>().is_some());
        assert_eq!(s.settings::<forwarding_busy::ForwardingBusy>(), None);
        assert_eq!(s.settings::<CallTransfer>(), None);
        assert_eq!(
            s.unreadable().map(|entry| entry.id.0).collect::<Vec<_>>(),
            ["call-transfer"]
        );
        assert_eq!(s.rings, 7);
        let stored = |service| s.stored(ServiceId(service));
        assert_eq!(
            stored("do-not-disturb"),
            Some(json!({"active": true, "ring_splash": false}))
        );
        assert_eq!(stored("forwarding-always").unwrap()["active"], json!(false));
        assert_eq!(stored("forwarding-busy"), None);
        assert_eq!(stored("call-transfer"), None);
    }

    #[test]
    fn each_stage_has_its_rows_in_the_order_of_the_catalogue() {
        let s = subscriber(&json!({}), &[]);
        for stage in [
            Stage::Arrival,
            Stage::Notice,
            Stage::Ringing,
            Stage::NotReachable,
            Stage::Busy,
            Stage::NoAnswer,
        ] {
            let all = s
                .slots()
                .filter(|slot| slot.entry.stages.contains(&stage))
                .map(|slot| slot.entry.id);
            let at = s
                .slots_at(stage)
                .map(|slot| slot.entry.id)
                .collect::<Vec<_>>();
            assert_eq!(at, all.collect::<Vec<_>>(), "{stage:?}");
            assert!(!at.is_empty(), "{stage:?}");
        }
        for (row, entry) in CATALOGUE.iter().enumerate() {
            assert_eq!(s.slot(row).entry.id, entry.id);
        }
    }

    #[test]
    fn a_place_that_changes_is_that_of_its_users() {
        let mut organisation: crate::organisation::Organisation = serde_json::from_value(json!({
            "format": 1, "enterprise": {"name": "E"}, "departments": [], "admins": [], "schedules": [], "service_packs": [],
            "locations": [{"id": 1, "name": "L", "country": "nl", "zone": "UTC", "numbers": []}],
            "users": [{"id": 7, "login": "u", "first_name": "U", "last_name": "U", "profile": "fixed", "location": 1}],
        }))
        .unwrap();
        let before = Snapshot::of(&organisation, &|_| Some(Zone::utc()));
        let mut after = before.clone();
        organisation.locations[0].prefix = "8".into();
        after.put_place(CompiledLocation::new(&organisation.locations[0], &|_| {
            Some(Zone::utc())
        }));
        let prefix = |snapshot: &Snapshot| snapshot.users().next().unwrap().place.prefix.clone();
        assert_eq!(
            (prefix(&before), prefix(&after)),
            (String::new(), "8".into())
        );
    }
}
