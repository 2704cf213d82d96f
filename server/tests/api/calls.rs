//! Call histories: pages, kinds, who may empty them, and those of virtual users.

use crate::server::{DAAN, ENTERPRISE, LOCATION, NOW, OTHER_LOCATION, SANNE, Server};
use centrale_core::history::{Entry, Kind, Other};
use centrale_core::id::UserId;
use serde_json::{Value, json};

const PATH: &str = "/api/users/1/calls";

/// Missed, received, placed, missed…: one a second.
async fn remember(server: &Server, user: u32, count: usize) {
    let kinds = [Kind::Missed, Kind::Received, Kind::Placed]
        .into_iter()
        .cycle();
    let entry = |(nth, kind): (usize, Kind)| Entry {
        user: UserId(user),
        kind,
        at: NOW.plus_seconds(nth as i64),
        other: Other {
            withheld: true,
            ..Other::default()
        },
        dialled: String::new(),
        waited: 4,
        talked: (kind == Kind::Received).then_some(75),
        via: None,
        answered_by: None,
        forwarded_to: None,
        message: false,
    };
    let entries: Vec<_> = (0..count).zip(kinds).map(entry).collect();
    server.store().await.add_calls(&entries).await.unwrap();
}

fn moments(page: &Value) -> Vec<i64> {
    let calls = page["calls"].as_array().unwrap().iter();
    calls
        .map(|call| (call["at"].as_i64().unwrap() - NOW.0) / 1000)
        .collect()
}

#[tokio::test]
async fn a_history_in_pages() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    assert_eq!(
        sanne.get(PATH).await.ok(),
        json!({ "calls": [], "next": null })
    );
    remember(&server, 1, 50).await;
    let all = sanne.get(PATH).await.ok();
    assert_eq!(
        (moments(&all), &all["next"]),
        ((0..50).rev().collect(), &Value::Null)
    );
    assert_eq!(
        all["calls"][48],
        json!({ "user": 1, "kind": "received", "at": NOW.0 + 1000, "other": { "withheld": true },
            "waited": 4, "talked": 75 })
    );
    remember(&server, 1, 51).await;
    let first = sanne.get(PATH).await.ok();
    assert_eq!(moments(&first).len(), 50);
    let next = |page: &Value| format!("{PATH}?after={}", page["next"].as_str().unwrap());
    let second = sanne.get(&next(&first)).await.ok();
    let third = sanne.get(&next(&second)).await.ok();
    assert_eq!(
        (moments(&second).len(), moments(&third), &third["next"]),
        (50, vec![0], &Value::Null)
    );
    assert!(moments(&first).last() >= moments(&second).first());

    let missed = sanne.get(&format!("{PATH}?kind=missed")).await.ok();
    assert_eq!(missed["calls"].as_array().unwrap().len(), 34);
    assert!(
        missed["calls"]
            .as_array()
            .unwrap()
            .iter()
            .all(|call| call["kind"] == "missed")
    );
    let check = async |query: &str, expected: &str| {
        assert_eq!(
            sanne.get(&format!("{PATH}?{query}")).await.fields(),
            [expected],
            "{query}"
        );
    };
    check("after=1", "after: malformed").await;
    check("after=x-1", "after: malformed").await;
    check("kind=lost", "kind: malformed").await;
}

#[tokio::test]
async fn a_history_is_emptied_by_the_user_or_an_administrator_of_theirs() {
    let server = Server::start().await;
    remember(&server, 1, 2).await;
    let sanne = server.actor(SANNE).await;
    server.actor(DAAN).await.delete(PATH, Value::Null).await;
    server
        .actor(OTHER_LOCATION)
        .await
        .delete(PATH, Value::Null)
        .await;
    assert_eq!(moments(&sanne.get(PATH).await.ok()), [1, 0]);
    assert_eq!(sanne.delete(PATH, Value::Null).await.status, 204);
    assert_eq!(moments(&sanne.get(PATH).await.ok()), Vec::<i64>::new());
    remember(&server, 1, 1).await;
    let admin = server.actor(LOCATION).await;
    assert_eq!(admin.delete(PATH, Value::Null).await.status, 204);
    assert_eq!(moments(&sanne.get(PATH).await.ok()), Vec::<i64>::new());
    let events = sanne.get("/api/users/1/events").await.ok();
    let told = |nth: usize| {
        (
            events[nth]["subject"].clone(),
            events[nth]["before"].clone(),
        )
    };
    assert_eq!(
        [told(0), told(1)],
        [(json!("calls"), json!(1)), (json!("calls"), json!(2))]
    );
}

#[tokio::test]
async fn administrators_see_the_histories_of_virtual_users() {
    let server = Server::start().await;
    remember(&server, 100, 3).await;
    let path = "/api/users/100/calls";
    for login in [LOCATION, ENTERPRISE] {
        assert_eq!(
            moments(&server.actor(login).await.get(path).await.ok()),
            [2, 1, 0],
            "{login}"
        );
    }
    for login in [SANNE, OTHER_LOCATION] {
        let answer = server.actor(login).await.get(path).await;
        assert_eq!(answer.refusal(), (404, "not-found"), "{login}");
    }
    // What is gone takes its history with it.
    let admin = server.actor(ENTERPRISE).await;
    let version = admin.get("/api/parts/call-center/100").await.ok()["version"].clone();
    let gone = admin
        .delete("/api/parts/call-center/100", json!({ "version": version }))
        .await;
    assert_eq!(gone.status, 204, "{gone:?}");
    let left = server
        .store()
        .await
        .calls_of(UserId(100), None, None, 10)
        .await
        .unwrap();
    assert_eq!(left, []);
}
