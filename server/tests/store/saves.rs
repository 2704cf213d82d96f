//! Saving services: versions, conflicts, events, and writers at the same time.

use crate::base::{Base, NOW, SANNE, actor, change};
use centrale_core::api::services::Change;
use centrale_core::id::UserId;
use centrale_server::store::{Actor, SaveError, Store};
use serde_json::{Value, json};
use std::collections::BTreeSet;

crate::on_both! {
    a_save_carries_the_version
    a_save_is_all_or_none
    events_tell_before_and_after
    writers_at_the_same_time_lose_nothing
    who_hangs_up_leaves_nothing_open
}

fn rings(rings: u8) -> Value {
    json!({ "rings": rings })
}

fn dnd(active: bool) -> Value {
    json!({"active": active, "ring_splash": false})
}

async fn a_save_carries_the_version(base: &Base) {
    base.with_demo().await;
    let saved = base
        .save(&[
            change("ring-count", 1, rings(5)),
            change("do-not-disturb", 0, dnd(true)),
        ])
        .await
        .unwrap();
    assert_eq!((saved.versions, saved.config), (vec![2, 1], 2));
    let loaded = base.store.load().await.unwrap();
    assert_eq!(loaded.versions[&SANNE]["ring-count"], 2);
    assert_eq!(
        loaded.organisation.users[0].services["do-not-disturb"],
        dnd(true)
    );

    let check = async |change: Change, expected: (u64, Value, &str, i64)| {
        let Err(SaveError::Stale(newer)) = base.save(std::slice::from_ref(&change)).await else {
            panic!("{change:?} was saved");
        };
        let found = &newer[0];
        let setting = &found.setting;
        assert_eq!(setting.service, change.service);
        assert_eq!(
            (
                setting.version,
                setting.settings.clone(),
                found.by.as_str(),
                found.at
            ),
            expected,
            "{change:?}"
        );
    };
    let marieke = "Marieke van Dijk";
    check(
        change("ring-count", 1, rings(6)),
        (2, rings(5), marieke, NOW.0),
    )
    .await;
    check(
        change("ring-count", 3, rings(6)),
        (2, rings(5), marieke, NOW.0),
    )
    .await;
    check(
        change("ring-count", 0, rings(6)),
        (2, rings(5), marieke, NOW.0),
    )
    .await;
    check(
        change("ring-count", u64::MAX, rings(6)),
        (2, rings(5), marieke, NOW.0),
    )
    .await;
    let busy = json!({"active": true, "number": "140", "voicemail": false});
    check(change("forwarding-busy", 0, json!({})), (1, busy, "", 0)).await;
    let found = base
        .save(&[change("forwarding-always", 7, json!({}))])
        .await;
    assert!(
        matches!(&found, Err(SaveError::Stale(newer)) if newer[0].setting.version == 0),
        "{found:?}"
    );

    let nobody = base
        .store
        .save_services(
            &actor(),
            NOW,
            UserId(9999),
            &[change("ring-count", 0, rings(5))],
        )
        .await;
    assert!(matches!(nobody, Err(SaveError::NotFound)), "{nobody:?}");
    // Refused saves used up no number of an event.
    assert_eq!(base.store.load().await.unwrap().config, 2);
}

async fn a_save_is_all_or_none(base: &Base) {
    base.with_demo().await;
    let before = base.store.load().await.unwrap();
    let mixed = [
        change("do-not-disturb", 0, dnd(true)),
        change("ring-count", 4, rings(9)),
    ];
    let Err(SaveError::Stale(newer)) = base.save(&mixed).await else {
        panic!("saved")
    };
    assert_eq!(
        newer
            .iter()
            .map(|n| n.setting.service.0)
            .collect::<Vec<_>>(),
        ["ring-count"]
    );
    assert_eq!(base.store.load().await.unwrap(), before);
    assert_eq!(base.store.events_of_user(SANNE, 10).await.unwrap(), []);
}

async fn events_tell_before_and_after(base: &Base) {
    base.with_demo().await;
    base.save(&[change("do-not-disturb", 0, dnd(true))])
        .await
        .unwrap();
    base.save(&[
        change("do-not-disturb", 1, dnd(false)),
        change("ring-count", 1, rings(7)),
    ])
    .await
    .unwrap();
    let events = base.store.events_of_user(SANNE, 10).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|e| (e.id, e.subject.as_str(), e.before.clone(), e.after.clone()))
        .collect();
    let expected = [
        (3, "ring-count", Some(rings(4)), Some(rings(7))),
        (2, "do-not-disturb", Some(dnd(true)), Some(dnd(false))),
        (1, "do-not-disturb", None, Some(dnd(true))),
    ];
    assert_eq!(told, expected);
    assert!(
        events
            .iter()
            .all(|e| e.by == actor().name && e.at == NOW.0 && e.user == Some(SANNE))
    );
    assert_eq!(
        base.store.events_of_user(SANNE, 2).await.unwrap(),
        events[..2]
    );
    assert_eq!(base.store.events_of_user(UserId(2), 10).await.unwrap(), []);
}

const WRITERS: usize = 8;
const SAVES: usize = 20;

async fn writers_at_the_same_time_lose_nothing(base: &Base) {
    base.with_demo().await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|w| tokio::spawn(write(base.store.clone(), w)))
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let total = WRITERS * SAVES;
    let loaded = base.store.load().await.unwrap();
    assert_eq!(loaded.versions[&SANNE]["ring-count"], 1 + total as u64);
    let mut events = base.store.events_of_user(SANNE, 10_000).await.unwrap();
    events.reverse();
    assert_eq!(
        events.iter().map(|e| e.id).collect::<Vec<_>>(),
        (1..=total as u64).collect::<Vec<_>>()
    );
    assert!(
        events
            .windows(2)
            .all(|pair| pair[1].before == pair[0].after)
    );
    assert_eq!(
        events.last().unwrap().after.as_ref(),
        Some(&loaded.organisation.users[0].services["ring-count"])
    );
    let saved: BTreeSet<(String, String)> = events
        .iter()
        .map(|e| (e.by.clone(), e.after.as_ref().unwrap().to_string()))
        .collect();
    assert_eq!(saved.len(), total);
}

/// Saves its own values, each as soon as it knows the version; other writes go on beside it.
async fn write(store: Store, writer: usize) {
    let actor = Actor {
        account: writer as i64,
        name: format!("writer {writer}"),
    };
    let mut version = 1;
    for round in 0..SAVES {
        store
            .add_failure(&format!("account:{writer}"), NOW)
            .await
            .unwrap();
        let value = json!({ "rings": round });
        loop {
            match store
                .save_services(
                    &actor,
                    NOW,
                    SANNE,
                    &[change("ring-count", version, value.clone())],
                )
                .await
            {
                Ok(saved) => break version = saved.versions[0],
                Err(SaveError::Stale(newer)) => version = newer[0].setting.version,
                Err(error) => panic!("{error}"),
            }
        }
    }
    assert_eq!(
        store
            .failures(&format!("account:{writer}"), NOW)
            .await
            .unwrap()
            .len(),
        SAVES
    );
}

/// The save is dropped after it was let on more and more often: before, between and within all its statements.
async fn who_hangs_up_leaves_nothing_open(base: &Base) {
    base.with_demo().await;
    let mut version = 1;
    for turns in 0..120 {
        let changes = [change("ring-count", version, rings(2 + (turns % 9) as u8))];
        let hangs_up = async {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            saved = base.save(&changes) => version = saved.unwrap().versions[0],
            () = hangs_up => {}
        }
        // All or nothing was saved, and the next one does not wait for it.
        let Err(SaveError::Stale(newer)) = base.save(&[change("ring-count", 0, rings(3))]).await
        else {
            panic!("saved at a version that is none");
        };
        let stored = newer[0].setting.version;
        assert!(
            stored == version || stored == version + 1,
            "{stored} after {version}"
        );
        version = stored;
    }
    let loaded = base.store.load().await.unwrap();
    assert_eq!(
        (loaded.versions[&SANNE]["ring-count"], loaded.config),
        (version, version - 1)
    );
}
