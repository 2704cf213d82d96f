//! What happens now: who is told what, and for how long.

use crate::server::{DAAN, ENTERPRISE, OTHER_LOCATION, SANNE, Server};
use centrale_server::state::HttpSettings;
use serde_json::{Value, json};
use std::time::Duration;

/// Whom each event is about.
fn about(events: &[Value]) -> Vec<(String, u64)> {
    let subject = |event: &Value| {
        event["user"]
            .as_u64()
            .or(event["center"].as_u64())
            .unwrap_or(0)
    };
    events
        .iter()
        .map(|event| (event["live"].as_str().unwrap().to_owned(), subject(event)))
        .collect()
}

fn named(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter()
        .map(|(kind, id)| ((*kind).to_owned(), *id))
        .collect()
}

#[tokio::test]
async fn everybody_sees_their_part() {
    let server = Server::start().await;
    server
        .actor(SANNE)
        .await
        .get("/api/users/1/agent")
        .await
        .ok();
    let check = async |login: &str, expected: &[(&str, u64)]| {
        let seen = server
            .actor(login)
            .await
            .watch()
            .await
            .some(expected.len())
            .await;
        assert_eq!(about(&seen), named(expected), "{login}");
    };
    check(
        ENTERPRISE,
        &[
            ("anew", 0),
            ("agent", 1),
            ("agent", 3),
            ("agent", 21),
            ("queue", 100),
            ("queue", 101),
        ],
    )
    .await;
    check(
        OTHER_LOCATION,
        &[("anew", 0), ("agent", 21), ("queue", 101)],
    )
    .await;
    check(
        SANNE,
        &[("anew", 0), ("agent", 1), ("queue", 100), ("queue", 101)],
    )
    .await;
    check(DAAN, &[("anew", 0), ("agent", 3), ("queue", 100)]).await;
    check("receptie", &[("anew", 0), ("agent", 3), ("queue", 100)]).await;
}

#[tokio::test]
async fn changes_are_told_to_who_may_see_them() {
    let server = Server::start().await;
    let (sanne, daan) = (server.actor(SANNE).await, server.actor(DAAN).await);
    sanne.get("/api/users/1/agent").await.ok();
    let mut seen = server.actor("receptie").await.watch().await;
    seen.some(3).await;
    let work = json!({ "state": "available", "join": [100] });
    sanne.put("/api/users/1/agent", work.clone()).await.ok();
    daan.put("/api/users/3/agent", work).await.ok();
    let mut events = Vec::new();
    while events
        .last()
        .is_none_or(|event: &Value| event["state"]["state"] != "available")
    {
        events.push(seen.next().await.unwrap());
    }
    assert!(events.iter().all(|event| event["user"] != 1), "{events:?}");
    assert_eq!(
        (
            &events.last().unwrap()["user"],
            &events.last().unwrap()["joined"]
        ),
        (&json!(3), &json!([100]))
    );
    let queue = events
        .iter()
        .rfind(|event| event["live"] == "queue")
        .unwrap();
    assert_eq!(
        (&queue["waiting"], &queue["staffed"]),
        (&json!(0), &json!(2))
    );
}

#[tokio::test]
async fn what_one_may_see_follows_the_configuration() {
    let server = Server::start().await;
    let (noor, admin) = (
        server.actor("noor.bos").await,
        server.actor(ENTERPRISE).await,
    );
    let mut seen = noor.watch().await;
    assert_eq!(about(&seen.some(1).await), named(&[("anew", 0)]));
    let stored = admin.get("/api/parts/call-center/100").await.ok();
    let mut part = stored["part"].clone();
    part["content"]["supervisors"] = json!([{ "user": 8, "agents": [1] }]);
    admin
        .put(
            "/api/parts/call-center/100",
            json!({ "version": stored["version"], "part": part }),
        )
        .await
        .ok();
    assert_eq!(
        about(&seen.some(3).await),
        named(&[("anew", 0), ("agent", 1), ("queue", 100)])
    );
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let settings = HttpSettings {
        session_check: Duration::from_millis(20),
        ..HttpSettings::default()
    };
    let server = Server::with(&[], settings).await;
    let daan = server.actor(DAAN).await;
    let mut seen = daan.watch().await;
    seen.some(1).await;
    daan.send("DELETE", "/api/session", None).await;
    while seen.next().await.is_some() {}
}
