//! Whatever a save changes: the lamps are those that everybody would have if all were read anew.

use super::*;
use centrale_core::exchange::PersistedExchange;
use centrale_core::organisation::{Organisation, ServicePack, User};
use centrale_core::snapshot::{Role, Source};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

const USERS: u32 = 5;

/// Somebody with a phone on the desk, who monitors some and lets some see their line.
#[derive(Clone, Debug)]
struct Person {
    watches: Vec<u32>,
    hides: bool,
    permits: Vec<u32>,
    extension: Option<u32>,
}

impl Person {
    fn user(&self, id: u32) -> User {
        let desk = json!({ "id": id, "name": "Desk", "kind": "desk", "account": format!("a{id}") });
        serde_json::from_value(json!({
            "id": id, "login": format!("u{id}"), "first_name": "A", "last_name": "B", "profile": "fixed", "location": 1,
            "extension": self.extension.map(|one| format!("{}", 100 * one + id)), "packs": [1], "devices": [desk],
            "services": {
                "line-monitoring": { "users": self.watches, "notify_parked": false },
                "privacy": { "hide_status": self.hides, "permitted": self.permits, "refuse_barge_in": false },
            },
        }))
        .unwrap()
    }
}

fn person() -> impl Strategy<Value = Person> {
    let some =
        || prop::collection::btree_set(1..=USERS, 0..4).prop_map(|some| some.into_iter().collect());
    (some(), any::<bool>(), some(), prop::option::of(1..3_u32)).prop_map(
        |(watches, hides, permits, extension)| Person {
            watches,
            hides,
            permits,
            extension,
        },
    )
}

fn snapshot(people: &[Option<Person>]) -> Snapshot {
    let mut organisation: Organisation = serde_json::from_value(json!({
        "format": 1, "enterprise": { "name": "E" }, "departments": [], "admins": [], "schedules": [], "users": [],
        "service_packs": [{ "id": 1, "name": "P", "licences": 99, "services": ["line-monitoring"] }],
        "locations": [{ "id": 1, "name": "L", "country": "nl", "zone": "UTC", "numbers": [] }],
    }))
    .unwrap();
    organisation.users = people
        .iter()
        .zip(1..)
        .filter_map(|(person, id)| Some(person.as_ref()?.user(id)))
        .collect();
    Snapshot::of(&organisation, &|_| None)
}

fn save(snapshot: &mut Snapshot, id: u32, person: Option<&Person>) {
    let Some(person) = person else {
        return snapshot.remove_user(UserId(id));
    };
    let user = person.user(id);
    let packs: Vec<ServicePack> = serde_json::from_value(
        json!([{ "id": 1, "name": "P", "licences": 99, "services": ["line-monitoring"] }]),
    )
    .unwrap();
    let services = user.services.clone();
    let (user, versions) = (Arc::new(user), BTreeMap::new());
    snapshot.put_user(&Source {
        user,
        services: &services,
        role: Role::Person,
        versions: &versions,
        packs: &packs,
        hidden: false,
    });
}

fn seen(
    lamps: &BusyLampField,
) -> (
    BTreeMap<UserId, BTreeSet<String>>,
    BTreeMap<String, DeviceState>,
) {
    let of = lamps
        .of
        .iter()
        .map(|(user, lamps)| (*user, lamps.iter().cloned().collect()));
    (of.collect(), lamps.shown.clone())
}

proptest! {
    #[test]
    fn a_save_comes_to_the_same_as_reading_all_anew(
        first in prop::collection::vec(prop::option::weighted(0.8, person()), USERS as usize),
        saves in prop::collection::vec((1..=USERS, prop::option::weighted(0.8, person())), 1..6),
    ) {
        let exchange = Exchange::new(1, PersistedExchange::default());
        let all: Vec<UserId> = (1..=USERS).map(UserId).collect();
        let mut config = snapshot(&first);
        let mut lamps = BusyLampField::new(None);
        lamps.configure(&config, &exchange, &all);
        // Watchers have lamps at all.
        prop_assert_eq!(lamps.shown.is_empty(), all.iter().all(|user| {
            monitored(&config, *user).iter().all(|watched| name(&config, *user, *watched).is_none())
        }));
        for (id, person) in saves {
            let before = config.clone();
            save(&mut config, id, person.as_ref());
            lamps.configure(&config, &exchange, &config.changed_users(&before));
            let mut anew = BusyLampField::new(None);
            anew.configure(&config, &exchange, &all);
            prop_assert_eq!(seen(&lamps), seen(&anew));
        }
    }
}
