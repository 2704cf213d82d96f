//! Organisations of any size: one Dutch location, and users who all forward some calls by six rules of three
//! criteria (a time schedule, outside the holidays, listed callers).

use centrale_core::id::{LocationId, PackId, ScheduleId};
use centrale_core::number::Country;
use centrale_core::organisation::{Location, ServicePack, SiteSettings, User};
use centrale_core::schedule::{
    Block, HolidaySchedule, Schedule, ScheduleKind, ScheduleOwner, TimeSchedule, WeekMinute,
    ready_sets::{READY_SETS, ReadySet},
};
use centrale_core::service::CATALOGUE;
use centrale_core::snapshot::{CompiledLocation, Role, Snapshot, Source};
use centrale_core::time::{Timestamp, Zone};
use chrono::{DateTime, Offset, TimeZone};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Rules of a user.
pub(crate) const RULES: u32 = 6;
/// The location of all users.
pub(crate) const LOCATION: LocationId = LocationId(1);
/// The schedule of the holidays; those of the rules follow.
pub(crate) const HOLIDAYS: ScheduleId = ScheduleId(1);

/// The time zone of all schedules.
pub(crate) fn amsterdam() -> Zone {
    let (from, to) = (
        Timestamp::from_seconds(631_152_000),
        Timestamp::from_seconds(3_155_760_000),
    );
    Zone::from_offsets("Europe/Amsterdam", from, to, |at| {
        let utc = DateTime::from_timestamp(at, 0)
            .unwrap_or_default()
            .naive_utc();
        chrono_tz::Europe::Amsterdam
            .offset_from_utc_datetime(&utc)
            .fix()
            .local_minus_utc()
    })
    .expect("the database's transitions are in order")
}

/// The Dutch holidays.
pub(crate) fn holidays() -> ScheduleKind {
    let set = READY_SETS.iter().find(|set| set.country == Country::Nl);
    ScheduleKind::Holidays(set.map_or_else(HolidaySchedule::default, ReadySet::schedule))
}

/// Monday to Friday, from and to an hour and minute.
pub(crate) fn weekdays(from: (u16, u16), to: (u16, u16)) -> ScheduleKind {
    let at = |day, (hour, minute)| WeekMinute::on(day, hour * 60 + minute).unwrap_or_default();
    let blocks = (0..5)
        .map(|day| Block {
            start: at(day, from),
            end: at(day, to),
        })
        .collect();
    ScheduleKind::Time(TimeSchedule { blocks })
}

/// The hours of the day in which a rule holds.
pub(crate) const fn hours(rule: u32) -> (u16, u16) {
    (8 + rule as u16, 13 + rule as u16)
}

/// The number of a user.
pub(crate) fn number(user: u32) -> String {
    format!("+3130{user:07}")
}

/// The callers that a rule of a user lists; the last one is the same in all rules.
pub(crate) fn listed(user: u32, rule: u32) -> [String; 3] {
    let mobile = |n: u32| {
        format!(
            "+316{:08}",
            10_000_000 + (u64::from(user) * 13 + u64::from(n)) % 80_000_000
        )
    };
    [mobile(2 * rule), mobile(2 * rule + 1), mobile(12)]
}

/// The settings of selective forwarding of a user.
pub(crate) fn forwarding(user: u32) -> Value {
    let rule = |rule: u32| {
        json!({
            "name": format!("Rule {rule}"),
            "time": {"schedule": HOLIDAYS.0 + 1 + rule},
            "holiday": {"schedule": HOLIDAYS.0, "outside": true},
            "who": {"from": "listed", "numbers": listed(user, rule)},
        })
    };
    json!({"active": true, "number": "+31205550142", "rules": (0..RULES).map(rule).collect::<Vec<_>>()})
}

/// A user who forwards by rules.
pub(crate) fn user(id: u32) -> User {
    serde_json::from_value(json!({
        "id": id, "login": format!("user{id}"), "first_name": "User", "last_name": id.to_string(), "profile": "fixed",
        "location": LOCATION, "number": number(id), "extension": (1_000_000 + id).to_string(), "packs": [1],
        "services": {"forwarding-selective": forwarding(id)},
    }))
    .expect("a user as the export file has it")
}

/// Puts a user, as a save does.
pub(crate) fn put(snapshot: &mut Snapshot, user: Arc<User>) {
    static PACKS: LazyLock<Vec<ServicePack>> = LazyLock::new(|| {
        let services = CATALOGUE
            .iter()
            .map(|entry| entry.id.0.to_owned())
            .collect();
        vec![ServicePack {
            id: PackId(1),
            name: "All".into(),
            licences: u32::MAX,
            services,
        }]
    });
    let versions = &BTreeMap::new();
    // Calls need the user without the settings as they are stored: those are the directory's.
    let mut bare = User::clone(&user);
    let services = &std::mem::take(&mut bare.services);
    let (user, role) = (Arc::new(bare), Role::Person);
    snapshot.put_user(&Source {
        user,
        services,
        role,
        versions,
        packs: &PACKS,
        hidden: false,
    });
}

/// The snapshot of an organisation whose users have the ids from 1 on.
pub(crate) fn snapshot(users: u32) -> Snapshot {
    let mut snapshot = Snapshot::default();
    let location = Location {
        id: LOCATION,
        name: "Utrecht".into(),
        country: Country::Nl,
        zone: "Europe/Amsterdam".into(),
        prefix: String::new(),
        numbers: Vec::new(),
        site: SiteSettings::default(),
    };
    snapshot.put_place(CompiledLocation::new(&location, &|_| Some(amsterdam())));
    let rules = (0..RULES).map(|rule| weekdays((hours(rule).0, 0), (hours(rule).1, 0)));
    for (kind, id) in std::iter::once(holidays()).chain(rules).zip(HOLIDAYS.0..) {
        let owner = ScheduleOwner::Location(LOCATION);
        snapshot.put_schedule(&Schedule {
            id: ScheduleId(id),
            owner,
            name: id.to_string(),
            kind,
        });
    }
    for id in 1..=users {
        put(&mut snapshot, Arc::new(user(id)));
    }
    snapshot
}

/// Random inputs that are the same in every run (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number in `0..limit`; `limit` is not 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}
