//! The log of changes: a line that is changed, moved, removed or added by somebody else shows.

use crate::base::{Base, NOW, actor, change};
use centrale_core::api::security::{EventFault, EventLog, LastEvent};
use centrale_core::id::UserId;
use centrale_server::store::Store;
use serde_json::json;
use tokio::task::JoinSet;

crate::on_both! {
    what_is_done_to_lines_shows
    saves_at_the_same_time_keep_the_chain
    lines_of_before_are_chained_when_it_is_opened
    who_makes_the_whole_log_anew_is_found_by_what_was_told
}

async fn log(base: &Base) -> EventLog {
    base.store.check_events(None).await.unwrap()
}

/// A log of five lines.
async fn five(base: &Base) {
    base.with_demo().await;
    for version in 1..=5 {
        base.save(&[change(
            "ring-count",
            version,
            json!({ "rings": version + 2 }),
        )])
        .await
        .unwrap();
    }
    let log = log(base).await;
    assert_eq!(
        (log.events, log.last.id, log.last.hash.len(), log.faults),
        (5, 5, 64, vec![])
    );
}

fn does_not_follow(id: u64, after: u64) -> EventFault {
    EventFault::DoesNotFollow { id, after }
}

async fn what_is_done_to_lines_shows(base: &Base) {
    assert_eq!(log(base).await, EventLog::default());
    five(base).await;
    base.meddle("CREATE TABLE copied AS SELECT * FROM events")
        .await;
    let check = async |done: &str, expected: &[EventFault]| {
        base.meddle(done).await;
        assert_eq!(log(base).await.faults, expected, "{done}");
        base.meddle("DELETE FROM events; INSERT INTO events SELECT * FROM copied")
            .await;
        assert_eq!(log(base).await.faults, [], "it is as it was");
    };
    for changed in [
        "at = at + 1",
        "account_id = 2",
        "by_name = ''",
        "owner = 'location'",
        "owner_id = 2",
        "subject = 'call-waiting'",
        "before = NULL",
        "after = after || ' '",
        "before = after, after = before",
    ] {
        check(
            &format!("UPDATE events SET {changed} WHERE id = 3"),
            &[does_not_follow(3, 2)],
        )
        .await;
    }
    // Who makes the hash of a line anew is found at the next one; here it is another's.
    let hash = "(SELECT hash FROM copied WHERE id = 1)";
    check(
        &format!("UPDATE events SET hash = {hash} WHERE id = 3"),
        &[does_not_follow(3, 2), does_not_follow(4, 3)],
    )
    .await;
    check("DELETE FROM events WHERE id = 3", &[does_not_follow(4, 2)]).await;
    check("DELETE FROM events WHERE id = 1", &[does_not_follow(2, 0)]).await;
    check(
        "DELETE FROM events WHERE id = 5",
        &[EventFault::EndMissing { after: 4 }],
    )
    .await;
    check("DELETE FROM events", &[EventFault::EndMissing { after: 0 }]).await;
    let number = |from: u64, to: u64| format!("UPDATE events SET id = {to} WHERE id = {from};");
    let swapped = [number(2, 99), number(3, 2), number(99, 3)].concat();
    check(
        &swapped,
        &[
            does_not_follow(2, 1),
            does_not_follow(3, 2),
            does_not_follow(4, 3),
        ],
    )
    .await;
    check(
        &number(2, 99),
        &[
            does_not_follow(3, 1),
            does_not_follow(99, 5),
            EventFault::EndMissing { after: 99 },
        ],
    )
    .await;
    let columns = "at, account_id, by_name, owner, owner_id, subject, before, after, hash";
    let added =
        format!("INSERT INTO events (id, {columns}) SELECT 6, {columns} FROM copied WHERE id = 5");
    check(&added, &[does_not_follow(6, 5)]).await;
    base.meddle("DROP TABLE copied").await;
}

async fn saves_at_the_same_time_keep_the_chain(base: &Base) {
    base.with_demo().await;
    let mut saves = JoinSet::new();
    for user in 1..=20 {
        let store = base.store.clone();
        saves.spawn(async move {
            for version in 0..5 {
                let settings = json!({ "active": version % 2 == 0, "ring_splash": false });
                let pair = [
                    change("privacy", version, settings.clone()),
                    change("call-waiting", 99, settings),
                ];
                // A save that is refused is no line of the log.
                store
                    .save_services(&actor(), NOW, UserId(user), &pair)
                    .await
                    .unwrap_err();
                store
                    .save_services(&actor(), NOW, UserId(user), &pair[..1])
                    .await
                    .unwrap();
            }
        });
    }
    saves.join_all().await;
    let log = log(base).await;
    assert_eq!((log.events, log.last.id, log.faults), (100, 100, vec![]));
}

async fn lines_of_before_are_chained_when_it_is_opened(base: &Base) {
    five(base).await;
    let chained = log(base).await;
    // As the migration leaves them.
    base.meddle("UPDATE events SET hash = ''; UPDATE event_chain SET hash = NULL")
        .await;
    let store = Store::open(&base.url).await.unwrap();
    assert_eq!(store.check_events(None).await.unwrap(), chained);
    base.save(&[change("ring-count", 6, json!({ "rings": 3 }))])
        .await
        .unwrap();
    assert_eq!(log(base).await.faults, []);
    // It is done once: a hash that is taken away later shows.
    base.meddle("UPDATE events SET hash = ''").await;
    store.close().await;
    let store = Store::open(&base.url).await.unwrap();
    assert_eq!(store.check_events(None).await.unwrap().faults.len(), 7);
    store.close().await;
}

async fn who_makes_the_whole_log_anew_is_found_by_what_was_told(base: &Base) {
    five(base).await;
    let told = log(base).await.last;
    base.save(&[change("ring-count", 6, json!({ "rings": 3 }))])
        .await
        .unwrap();
    let seen = async |seen: &LastEvent| base.store.check_events(Some(seen)).await.unwrap().faults;
    assert_eq!(seen(&told).await, []);
    assert_eq!(seen(&LastEvent::default()).await, []);
    base.meddle("DELETE FROM events WHERE id = 3; UPDATE event_chain SET hash = NULL")
        .await;
    Store::open(&base.url).await.unwrap().close().await;
    assert_eq!(
        log(base).await.faults,
        [],
        "it looks as if nothing had happened"
    );
    assert_eq!(seen(&told).await, [EventFault::SeenMissing { id: 5 }]);
}
