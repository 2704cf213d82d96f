//! Call histories: their order and pages, what is too much and too old, and that they can be emptied.

use crate::base::{Base, NOW, SANNE, actor};
use crate::on_both;
use centrale_core::history::{Entry, Kind, Named, Other};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use centrale_server::store::{CALLS_KEPT, CALLS_KEPT_DAYS};

const OTHER: UserId = UserId(100);

fn entry(user: UserId, at: Timestamp, kind: Kind) -> Entry {
    Entry {
        user,
        kind,
        at,
        other: Other {
            number: "+31205550100".parse().ok(),
            ..Other::default()
        },
        dialled: String::new(),
        waited: 7,
        talked: (kind == Kind::Received).then_some(61),
        via: Some(Named {
            user: OTHER,
            name: "Verkoop".into(),
        }),
        answered_by: None,
        forwarded_to: "0205550111".parse().ok(),
        message: kind == Kind::Missed,
    }
}

async fn history(base: &Base, user: UserId, kind: Option<Kind>) -> Vec<Entry> {
    let found = base.store.calls_of(user, kind, None, 2000).await.unwrap();
    found.into_iter().map(|(_, entry)| entry).collect()
}

async fn the_latest_come_first(base: &Base) {
    let at = |seconds| NOW.plus_seconds(seconds);
    let (old, long, short) = (
        entry(SANNE, at(0), Kind::Missed),
        entry(SANNE, at(10), Kind::Received),
        entry(SANNE, at(20), Kind::Placed),
    );
    // A short call can be over before a long one that began earlier.
    base.store
        .add_calls(&[
            old.clone(),
            short.clone(),
            entry(OTHER, at(30), Kind::Missed),
        ])
        .await
        .unwrap();
    base.store
        .add_calls(std::slice::from_ref(&long))
        .await
        .unwrap();
    assert_eq!(
        history(base, SANNE, None).await,
        [short.clone(), long.clone(), old.clone()]
    );
    assert_eq!(history(base, SANNE, Some(Kind::Received)).await, [long]);
    assert_eq!(history(base, SANNE, Some(Kind::Missed)).await, [old]);
    assert_eq!(history(base, UserId(7), None).await, []);
}

async fn pages_follow_each_other(base: &Base) {
    let entries: Vec<_> = (0..5)
        .map(|n| entry(SANNE, NOW.plus_seconds(n / 3), Kind::Missed))
        .collect();
    base.store.add_calls(&entries).await.unwrap();
    let (mut seen, mut place) = (Vec::new(), None);
    for expected in [2, 2, 1, 0] {
        let page = base
            .store
            .calls_of(SANNE, Some(Kind::Missed), place, 2)
            .await
            .unwrap();
        assert_eq!(page.len(), expected);
        place = page.last().map(|(place, _)| *place).or(place);
        seen.extend(page.into_iter().map(|(place, entry)| (place.id, entry)));
    }
    let ids: Vec<_> = seen.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [5, 4, 3, 2, 1]);
    let moments: Vec<_> = seen.iter().map(|(_, entry)| entry.at.since(NOW)).collect();
    assert_eq!(moments, [1000, 1000, 0, 0, 0]);
}

async fn the_oldest_go_that_are_too_many(base: &Base) {
    let many = CALLS_KEPT as i64 + 3;
    let entries: Vec<_> = (0..many)
        .map(|n| entry(SANNE, NOW.plus_seconds(n), Kind::Missed))
        .collect();
    base.store.add_calls(&entries[..2]).await.unwrap();
    base.store
        .add_calls(&[entry(OTHER, NOW, Kind::Missed)])
        .await
        .unwrap();
    base.store.add_calls(&entries[2..]).await.unwrap();
    let left = history(base, SANNE, None).await;
    assert_eq!((left.len(), left.last()), (CALLS_KEPT, Some(&entries[3])));
    assert_eq!(history(base, OTHER, None).await.len(), 1);
}

async fn what_is_too_old_is_forgotten(base: &Base) {
    let oldest = NOW.plus_seconds(-CALLS_KEPT_DAYS * 86_400);
    let entries = [oldest.plus_ms(-1), oldest, NOW].map(|at| entry(SANNE, at, Kind::Placed));
    base.store.add_calls(&entries).await.unwrap();
    base.store
        .add_calls(&[entry(OTHER, oldest.plus_ms(-1), Kind::Missed)])
        .await
        .unwrap();
    assert_eq!(base.store.forget_calls(NOW).await.unwrap(), 2);
    assert_eq!(base.store.forget_calls(NOW).await.unwrap(), 0);
    assert_eq!(
        history(base, SANNE, None).await,
        [entries[2].clone(), entries[1].clone()]
    );
    assert_eq!(history(base, OTHER, None).await, []);
}

async fn a_history_is_emptied(base: &Base) {
    base.with_demo().await;
    let entries = [
        entry(SANNE, NOW, Kind::Placed),
        entry(OTHER, NOW, Kind::Missed),
    ];
    base.store.add_calls(&entries).await.unwrap();
    base.store.clear_calls(&actor(), NOW, SANNE).await.unwrap();
    base.store.clear_calls(&actor(), NOW, SANNE).await.unwrap();
    assert_eq!(history(base, SANNE, None).await, []);
    assert_eq!(history(base, OTHER, None).await.len(), 1);
    let events = base.store.events_of_user(SANNE, 10).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|e| (e.subject.as_str(), e.before.clone(), e.after.clone()))
        .collect();
    assert_eq!(told, [("calls", Some(1.into()), None)]);
    assert_eq!(
        (events[0].by.as_str(), events[0].at),
        ("Marieke van Dijk", NOW.0)
    );
}

async fn what_cannot_be_read_is_left_out(base: &Base) {
    base.store
        .add_calls(&[entry(SANNE, NOW, Kind::Placed)])
        .await
        .unwrap();
    base.meddle(
        "INSERT INTO calls (user_id, at, id, kind, content) VALUES (1, 5, 99, 'missed', '{}')",
    )
    .await;
    assert_eq!(
        history(base, SANNE, None).await,
        [entry(SANNE, NOW, Kind::Placed)]
    );
}

on_both! {
    the_latest_come_first
    pages_follow_each_other
    the_oldest_go_that_are_too_many
    what_is_too_old_is_forgotten
    a_history_is_emptied
    what_cannot_be_read_is_left_out
}
