//! The configuration in memory: what it shows after saves is what a restart would show.

use crate::base::{Base, NOW, SANNE, actor, change};
use centrale_core::api::schedules::{New, Replace};
use centrale_core::id::ScheduleId;
use centrale_core::rule::Schedules;
use centrale_core::schedule::{ScheduleKind, ScheduleOwner};
use centrale_server::live::{By, Live, View};
use centrale_server::store::{SaveError, Store};
use serde_json::json;
use std::sync::Arc;

crate::on_both! {
    a_save_is_seen_at_once
    schedules_follow
    a_schedule_in_use_stays
    a_save_ends_without_its_asker
    writers_agree_with_the_database
}

pub(crate) async fn live(store: &Store) -> Arc<Live> {
    Arc::new(Live::load(store).await.unwrap())
}

/// Checks that the view is what the database holds.
pub(crate) async fn agrees(base: &Base, view: &View) {
    let fresh = live(&base.store).await.view();
    assert_eq!(view.snapshot.version, fresh.snapshot.version);
    let users = |view: &View| view.directory.users().cloned().collect::<Vec<_>>();
    assert_eq!(users(view), users(&fresh));
    let schedules = |view: &View| view.directory.schedules().cloned().collect::<Vec<_>>();
    assert_eq!(schedules(view), schedules(&fresh));
    let parts = |view: &View| view.directory.parts().collect::<Vec<_>>();
    assert_eq!(parts(view), parts(&fresh));
    for (a, b) in view.snapshot.users().zip(fresh.snapshot.users()) {
        let versions = |s: &centrale_core::snapshot::Subscriber| {
            s.slots().map(|s| s.version).collect::<Vec<_>>()
        };
        assert_eq!(
            (&a.user, versions(a), a.rings),
            (&b.user, versions(b), b.rings)
        );
    }
    for stored in fresh.directory.schedules() {
        let id = stored.schedule.id;
        assert_eq!(view.snapshot.schedule(id), fresh.snapshot.schedule(id));
    }
}

pub(crate) fn evening() -> ScheduleKind {
    let blocks = json!({"type": "time", "blocks": [{"start": "mon 18:00", "end": "mon 22:00"}]});
    serde_json::from_value(blocks).unwrap()
}

async fn a_save_is_seen_at_once(base: &Base) {
    base.with_demo().await;
    let live = live(&base.store).await;
    let before = live.view();
    let saved = live
        .save_services(
            &actor(),
            NOW,
            SANNE,
            vec![change("ring-count", 1, json!({"rings": 9}))],
        )
        .await
        .unwrap();
    assert_eq!(
        (saved[0].version, &saved[0].settings, saved[0].unavailable),
        (2, &json!({"rings": 9}), None)
    );
    let after = live.view();
    assert_eq!(
        (
            after.snapshot.user(SANNE).unwrap().rings,
            before.snapshot.user(SANNE).unwrap().rings
        ),
        (9, 4)
    );
    assert!(after.snapshot.version > before.snapshot.version);
    // What did not change is shared, not copied.
    let other = centrale_core::id::UserId(2);
    let known = |view: &View| view.snapshot.user(other).unwrap().user.clone();
    assert!(Arc::ptr_eq(&known(&after), &known(&before)));
    assert!(Arc::ptr_eq(
        after.directory.user(other).unwrap(),
        before.directory.user(other).unwrap()
    ));
    agrees(base, &after).await;

    let stale = vec![change("ring-count", 1, json!({"rings": 2}))];
    let stale = live.save_services(&actor(), NOW, SANNE, stale).await;
    assert!(
        matches!(&stale, Err(SaveError::Stale(newer)) if newer[0].setting.version == 2),
        "{stale:?}"
    );
    assert!(Arc::ptr_eq(&live.view(), &after));
}

async fn schedules_follow(base: &Base) {
    base.with_demo().await;
    let live = live(&base.store).await;
    let owner = ScheduleOwner::User(SANNE);
    let new = New {
        name: "Avonden".into(),
        kind: evening(),
    };
    let added = live.add_schedule(&actor(), NOW, owner, new).await.unwrap();
    let id = added.schedule.id;
    agrees(base, &live.view()).await;
    let replace = Replace {
        version: 1,
        name: "Maandagavond".into(),
        kind: evening(),
    };
    let replaced = live
        .replace_schedule(&actor(), NOW, id, replace)
        .await
        .unwrap();
    assert_eq!(
        (replaced.version, replaced.schedule.name.as_str()),
        (2, "Maandagavond")
    );
    agrees(base, &live.view()).await;
    live.delete_schedule(&actor(), NOW, id, 2).await.unwrap();
    assert!(live.view().snapshot.schedule(id).is_none());
    agrees(base, &live.view()).await;
}

async fn a_schedule_in_use_stays(base: &Base) {
    base.with_demo().await;
    let live = live(&base.store).await;
    let used = live.view().directory.uses(ScheduleId(1));
    assert!(used.iter().any(|found| found.by == By::User(SANNE)
        && found.told.rule == "Avond"
        && found.told.service == "forwarding-selective"));
    let refused = live.delete_schedule(&actor(), NOW, ScheduleId(1), 1).await;
    assert!(
        matches!(&refused, Err(SaveError::InUse(by)) if by.len() == used.len()),
        "{refused:?}"
    );
    // And what is gone cannot be linked.
    let rule = json!({"name": "Weg", "time": {"schedule": 9999}});
    let settings = json!({"active": true, "number": "140", "ring_splash": false, "rules": [rule]});
    let linking = vec![change("forwarding-selective", 1, settings)];
    let refused = live.save_services(&actor(), NOW, SANNE, linking).await;
    assert!(
        matches!(refused, Err(SaveError::ScheduleGone)),
        "{refused:?}"
    );
    agrees(base, &live.view()).await;
}

async fn a_save_ends_without_its_asker(base: &Base) {
    base.with_demo().await;
    let live = live(&base.store).await;
    let first = vec![change("ring-count", 1, json!({"rings": 9}))];
    let actor = actor();
    let save = live.save_services(&actor, NOW, SANNE, first);
    // Polled once and dropped: the connection of the browser went away.
    tokio::select! {
        biased;
        _ = save => {}
        () = std::future::ready(()) => {}
    }
    while live.view().snapshot.version == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(live.view().snapshot.user(SANNE).unwrap().rings, 9);
    agrees(base, &live.view()).await;
}

async fn writers_agree_with_the_database(base: &Base) {
    base.with_demo().await;
    let live = live(&base.store).await;
    let users: Vec<_> = live
        .view()
        .directory
        .users()
        .take(12)
        .map(|m| m.user.id)
        .collect();
    let saves = users
        .iter()
        .flat_map(|user| (0..4u64).map(move |round| (*user, round)))
        .map(|(user, round)| {
            let live = live.clone();
            tokio::spawn(async move {
                let version = || {
                    live.view()
                        .directory
                        .user(user)
                        .unwrap()
                        .versions
                        .get("ring-count")
                        .copied()
                };
                loop {
                    let change = change(
                        "ring-count",
                        version().unwrap_or(0),
                        json!({"rings": 2 + round}),
                    );
                    match live.save_services(&actor(), NOW, user, vec![change]).await {
                        Ok(_) => break,
                        Err(SaveError::Stale(_)) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            })
        });
    for save in saves.collect::<Vec<_>>() {
        save.await.unwrap();
    }
    assert_eq!(live.view().snapshot.version, 4 * users.len() as u64);
    agrees(base, &live.view()).await;
}
