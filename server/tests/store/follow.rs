//! Several servers on one database, and answers that got lost: memory agrees with the database all the same. Each `Live`
//! is what a server knows; the database between them is real.

use crate::base::{Base, NOW, SANNE, actor, change};
use crate::live::{agrees, live};
use centrale_core::api::schedules::New;
use centrale_core::id::{LocationId, PickupGroupId, ScheduleId, UserId};
use centrale_core::organisation::{Part, PartKind, PickupGroup};
use centrale_core::schedule::ScheduleOwner;
use centrale_server::live::Live;
use centrale_server::store::{News, SaveError};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};

crate::on_both! {
    another_server_follows
    a_conflict_is_learnt_from
    a_save_after_an_unknown_one_skips_nothing
    what_leaves_no_event_is_read_as_a_whole
    servers_agree_after_any_saves
    a_server_that_keeps_up_needs_no_asking
}

pub(crate) async fn rings(live: &Arc<Live>, version: u64, rings: u8) -> Result<(), SaveError> {
    let change = change("ring-count", version, json!({ "rings": rings }));
    live.save_services(&actor(), NOW, SANNE, vec![change])
        .await
        .map(drop)
}

pub(crate) fn rings_of(live: &Live) -> u8 {
    live.view().snapshot.user(SANNE).unwrap().rings
}

fn group(name: &str) -> Part {
    Part::PickupGroup(PickupGroup {
        id: PickupGroupId(0),
        location: LocationId(1),
        name: name.into(),
        members: vec![UserId(1), UserId(2)],
    })
}

async fn another_server_follows(base: &Base) {
    base.with_demo().await;
    let (one, other) = (live(&base.store).await, live(&base.store).await);
    rings(&one, 1, 9).await.unwrap();
    assert_eq!((rings_of(&one), rings_of(&other)), (9, 4));
    let known = other.view();
    assert!(other.follow().await.unwrap());
    assert_eq!(rings_of(&other), 9);
    agrees(base, &other.view()).await;
    // Only what changed was read.
    let someone = |live: &Live| live.view().directory.user(UserId(2)).unwrap().clone();
    assert!(Arc::ptr_eq(
        known.directory.user(UserId(2)).unwrap(),
        &someone(&other)
    ));
    assert!(!other.follow().await.unwrap());
    assert!(!one.follow().await.unwrap());
}

async fn a_conflict_is_learnt_from(base: &Base) {
    base.with_demo().await;
    let (one, other) = (live(&base.store).await, live(&base.store).await);
    rings(&one, 1, 9).await.unwrap();
    let refused = rings(&other, 1, 7).await;
    assert!(matches!(&refused, Err(SaveError::Stale(_))), "{refused:?}");
    assert_eq!(rings_of(&other), 9);
    agrees(base, &other.view()).await;
    rings(&other, 2, 7).await.unwrap();
}

async fn a_save_after_an_unknown_one_skips_nothing(base: &Base) {
    base.with_demo().await;
    let (one, other) = (live(&base.store).await, live(&base.store).await);
    rings(&one, 1, 9).await.unwrap();
    let new = New {
        name: "Avond".into(),
        kind: crate::live::evening(),
    };
    other
        .add_schedule(&actor(), NOW, ScheduleOwner::User(SANNE), new)
        .await
        .unwrap();
    assert_eq!(rings_of(&other), 9);
    agrees(base, &other.view()).await;
}

async fn what_leaves_no_event_is_read_as_a_whole(base: &Base) {
    let live = live(&base.store).await;
    base.with_demo().await;
    assert!(live.follow().await.unwrap());
    agrees(base, &live.view()).await;
    // Somebody took events away: what they told is not known.
    let known = base.store.revision().await.unwrap();
    rings(&live, 1, 9).await.unwrap();
    rings(&live, 2, 8).await.unwrap();
    base.meddle("DELETE FROM events WHERE id = 1").await;
    assert!(matches!(base.store.news(known).await.unwrap(), News::All));
    // The database was set back to an earlier state.
    let known = base.store.revision().await.unwrap();
    base.meddle("UPDATE counters SET value = 1 WHERE name = 'events'")
        .await;
    assert!(matches!(base.store.news(known).await.unwrap(), News::All));
}

/// Something that a server does, right or not.
async fn something(server: &Arc<Live>, random: &mut StdRng) {
    let name = format!("Naam {}", random.random_range(0..6));
    let view = server.view();
    match random.random_range(0..7) {
        0 | 1 => {
            let user = UserId(random.random_range(1..=3));
            let version = view
                .directory
                .user(user)
                .unwrap()
                .versions
                .get("ring-count")
                .copied()
                .unwrap_or(0);
            let change = change(
                "ring-count",
                version,
                json!({ "rings": random.random_range(2..=20) }),
            );
            server
                .save_services(&actor(), NOW, user, vec![change])
                .await
                .ok();
        }
        2 => {
            let new = New {
                name,
                kind: crate::live::evening(),
            };
            server
                .add_schedule(&actor(), NOW, ScheduleOwner::User(SANNE), new)
                .await
                .ok();
        }
        3 => {
            let ids: Vec<ScheduleId> = view
                .directory
                .schedules()
                .map(|stored| stored.schedule.id)
                .collect();
            let id = ids[random.random_range(0..ids.len())];
            let version = view.directory.schedule(id).unwrap().version;
            server
                .delete_schedule(&actor(), NOW, id, version)
                .await
                .ok();
        }
        4 => {
            server.add_part(&actor(), NOW, group(&name)).await.ok();
        }
        kind => {
            let mut groups = view
                .directory
                .parts()
                .filter(|part| part.part.kind() == PartKind::PickupGroup);
            let Some(found) = groups.next() else { return };
            let (key, version) = (found.part.key(), found.version);
            if kind == 5 {
                server.delete_part(&actor(), NOW, key, version).await.ok();
            } else {
                let mut part = group(&name);
                part.set_id(key.id);
                server.replace_part(&actor(), NOW, part, version).await.ok();
            }
        }
    }
}

async fn servers_agree_after_any_saves(base: &Base) {
    base.with_demo().await;
    let servers = [
        live(&base.store).await,
        live(&base.store).await,
        live(&base.store).await,
    ];
    for seed in 0..15 {
        let mut random = StdRng::seed_from_u64(seed);
        for _ in 0..12 {
            let server = &servers[random.random_range(0..servers.len())];
            something(server, &mut random).await;
        }
        for server in &servers {
            server.follow().await.unwrap();
            agrees(base, &server.view()).await;
        }
    }
}

/// Waits for what happens by itself.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so().await {
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn a_server_that_keeps_up_needs_no_asking(base: &Base) {
    base.with_demo().await;
    let (one, other) = (live(&base.store).await, live(&base.store).await);
    let tasks = [&one, &other].map(|live| tokio::spawn(live.clone().keep_up()));
    for (version, server) in (1..).zip([&one, &other, &one]) {
        let count = 4 + version as u8;
        rings(server, version, count).await.unwrap();
        until("a server does not follow", async || {
            rings_of(&one) == count && rings_of(&other) == count
        })
        .await;
    }
    for task in tasks {
        task.abort();
    }
}
