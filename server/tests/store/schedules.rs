//! Schedules: names, versions, events.

use crate::base::{Base, NOW, SANNE, actor};
use centrale_core::api::schedules::{New, Replace};
use centrale_core::id::{LocationId, ScheduleId, UserId};
use centrale_core::schedule::{Schedule, ScheduleKind, ScheduleOwner, TimeSchedule};
use centrale_server::store::SaveError;
use serde_json::json;

crate::on_both! {
    names_are_unique_per_owner
    a_schedule_has_versions_and_events
}

fn morning() -> ScheduleKind {
    ScheduleKind::Time(
        serde_json::from_value(json!({"blocks": [{"start": "mon 08:00", "end": "mon 12:00"}]}))
            .unwrap(),
    )
}

fn new(name: &str) -> New {
    New {
        name: name.into(),
        kind: morning(),
    }
}

fn replace(version: u64, name: &str) -> Replace {
    Replace {
        version,
        name: name.into(),
        kind: ScheduleKind::Time(TimeSchedule::default()),
    }
}

async fn add(base: &Base, owner: ScheduleOwner, name: &str) -> Result<Schedule, SaveError> {
    base.store
        .add_schedule(&actor(), NOW, owner, &new(name))
        .await
        .map(|(schedule, _)| schedule)
}

async fn names_are_unique_per_owner(base: &Base) {
    base.with_demo().await;
    let mine = ScheduleOwner::User(SANNE);
    let check = async |owner: ScheduleOwner, name: &str, free: bool| {
        let added = add(base, owner, name).await;
        if free {
            assert!(added.is_ok(), "{name} {added:?}");
        } else {
            assert!(
                matches!(added, Err(SaveError::NameTaken)),
                "{name} {added:?}"
            );
        }
    };
    check(mine, "Ochtenden", true).await;
    check(mine, "Ochtenden", false).await;
    check(mine, " ochtenDEN ", false).await;
    check(mine, "Ochtenden 2", true).await;
    check(ScheduleOwner::User(UserId(2)), "Ochtenden", true).await;
    check(ScheduleOwner::Location(LocationId(1)), "Ochtenden", true).await;

    let other = add(base, mine, "Middagen").await.unwrap();
    let renamed = base
        .store
        .replace_schedule(&actor(), NOW, other.id, &replace(1, "OCHTENDEN"))
        .await;
    assert!(matches!(renamed, Err(SaveError::NameTaken)), "{renamed:?}");
    base.store
        .replace_schedule(&actor(), NOW, other.id, &replace(1, "middagen"))
        .await
        .unwrap();
}

async fn a_schedule_has_versions_and_events(base: &Base) {
    let last = base
        .with_demo()
        .await
        .schedules
        .iter()
        .map(|s| s.id.0)
        .max()
        .unwrap();
    let added = add(base, ScheduleOwner::User(SANNE), " Ochtenden ")
        .await
        .unwrap();
    assert_eq!(
        (added.id, added.name.as_str()),
        (ScheduleId(last + 1), "Ochtenden")
    );
    let replaced = base
        .store
        .replace_schedule(&actor(), NOW, added.id, &replace(1, "Leeg"))
        .await
        .unwrap();
    assert_eq!(replaced, (2, 2));
    let loaded = base.store.load().await.unwrap();
    assert_eq!(loaded.schedule_versions[&added.id], 2);
    let stored = loaded
        .organisation
        .schedules
        .iter()
        .find(|s| s.id == added.id)
        .unwrap();
    assert_eq!(
        (stored.name.as_str(), &stored.kind),
        ("Leeg", &replace(0, "").kind)
    );

    for stale in [
        base.store
            .replace_schedule(&actor(), NOW, added.id, &replace(1, "Vol"))
            .await
            .map(|_| ()),
        base.store
            .delete_schedule(&actor(), NOW, added.id, 1)
            .await
            .map(|_| ()),
    ] {
        let Err(SaveError::ScheduleStale(now)) = stale else {
            panic!("{stale:?}")
        };
        assert_eq!(
            (&now.schedule, now.version, now.by.as_str(), now.at),
            (stored, 2, "Marieke van Dijk", NOW.0)
        );
    }
    assert_eq!(
        base.store
            .delete_schedule(&actor(), NOW, added.id, 2)
            .await
            .unwrap(),
        3
    );
    for gone in [
        base.store
            .replace_schedule(&actor(), NOW, added.id, &replace(2, "Vol"))
            .await
            .map(|_| ()),
        base.store
            .delete_schedule(&actor(), NOW, added.id, 2)
            .await
            .map(|_| ()),
    ] {
        assert!(matches!(gone, Err(SaveError::NotFound)), "{gone:?}");
    }
    let events = base.store.events_of_user(SANNE, 10).await.unwrap();
    let subject = format!("schedule:{}", added.id);
    let names: Vec<_> = events
        .iter()
        .map(|e| {
            assert_eq!(e.subject, subject);
            let name = |v: &Option<serde_json::Value>| {
                v.as_ref().map(|v| v["name"].as_str().unwrap().to_owned())
            };
            (name(&e.before), name(&e.after))
        })
        .collect();
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(
        names,
        [
            (some("Leeg"), None),
            (some("Ochtenden"), some("Leeg")),
            (None, some("Ochtenden"))
        ]
    );
    // An id is never given twice, or an old rule would link a new schedule.
    assert_eq!(
        add(base, ScheduleOwner::User(SANNE), "Nieuw")
            .await
            .unwrap()
            .id,
        ScheduleId(last + 2)
    );
}
