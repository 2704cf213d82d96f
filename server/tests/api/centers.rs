//! Call centers as they are now, what is forced there, and what was counted.

use crate::server::{DAAN, ENTERPRISE, NOW, SANNE, Server};
use serde_json::{Value, json};

const LIVE: &str = "/api/call-centers/100/live";
const STATISTICS: &str = "/api/call-centers/100/statistics";
const QUARTER: i64 = 900_000;

fn agents(center: &Value) -> Vec<u64> {
    center["agents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["user"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_call_center_as_it_is() {
    let server = Server::start().await;
    let daan = server.actor(DAAN).await;
    daan.put(
        "/api/users/3/agent",
        json!({ "state": "available", "join": [100] }),
    )
    .await
    .ok();
    let mine = daan.get(LIVE).await.ok();
    assert_eq!(
        mine,
        json!({
            "center": 100, "name": "Klantenservice", "waiting": [], "night": null, "forwarding": null,
            "may_force": false,
            "agents": [{
                "user": 3, "name": "Daan Visser", "joined": true, "state": { "state": "available" },
                "since": NOW.0, "calls": 0, "reachable": false,
            }],
        })
    );
    assert_eq!(
        agents(&server.actor("receptie").await.get(LIVE).await.ok()),
        [3]
    );
    assert_eq!(
        agents(&server.actor(ENTERPRISE).await.get(LIVE).await.ok()),
        [1, 3]
    );
    let elsewhere = server.actor("noor.bos").await.get(LIVE).await;
    assert_eq!(elsewhere.refusal(), (404, "not-found"));
    let person = server
        .actor(ENTERPRISE)
        .await
        .get("/api/call-centers/1/live")
        .await;
    assert_eq!(person.refusal(), (404, "not-found"));
}

#[tokio::test]
async fn what_is_forced_outlives_a_restart_and_steers_calls() {
    let server = Server::start().await;
    let supervisor = server.actor("receptie").await;
    let forced = supervisor
        .put("/api/call-centers/100/force", json!({ "night": true }))
        .await
        .ok();
    assert_eq!(
        (&forced["night"], &forced["forwarding"]),
        (&json!(true), &Value::Null)
    );
    let server = server.restart().await;
    let supervisor = server.actor("receptie").await;
    assert_eq!(supervisor.get(LIVE).await.ok()["night"], true);
    let forced = supervisor
        .put(
            "/api/call-centers/100/force",
            json!({ "forwarding": false }),
        )
        .await
        .ok();
    assert_eq!(
        (&forced["night"], &forced["forwarding"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn statistics_outlive_a_restart() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    sanne
        .put(
            "/api/users/1/agent",
            json!({ "state": "available", "join": [100] }),
        )
        .await
        .ok();
    server.clock.advance(20 * 60);
    let admin = server.actor(ENTERPRISE).await;
    let counted = admin.get(STATISTICS).await.ok();
    let staffed = |of: &Value| -> Vec<(i64, u64)> {
        let intervals = of["intervals"].as_array().unwrap().iter();
        intervals
            .map(|it| {
                (
                    it["start"].as_i64().unwrap(),
                    it["counters"]["staffed_ms"].as_u64().unwrap(),
                )
            })
            .collect()
    };
    let expected = [(NOW.0, 900_000), (NOW.0 + QUARTER, 300_000)];
    assert_eq!(staffed(&counted), expected);
    assert_eq!(counted["total"]["staffed_ms"], 1_200_000);
    assert_eq!(counted["until"], NOW.0 + 20 * 60_000);
    let agent = |counted: &Value, at: usize| counted["agents"][at].clone();
    assert_eq!(agent(&counted, 0)["name"], "Sanne de Boer");
    assert_eq!(
        (staffed(&agent(&counted, 0)), staffed(&agent(&counted, 1))),
        (expected.into(), Vec::new())
    );

    let server = server.restart().await;
    server.clock.advance(25 * 60);
    let admin = server.actor(ENTERPRISE).await;
    let again = admin
        .get(&format!("{STATISTICS}?from={}", NOW.0 + QUARTER))
        .await
        .ok();
    assert_eq!(staffed(&again)[0].0, NOW.0 + QUARTER);
    assert!(staffed(&again)[0].1 >= 300_000, "{again}");
    let range = format!("{STATISTICS}?from=0&until={}", NOW.0);
    assert_eq!(admin.get(&range).await.fields(), ["until: out-of-range"]);
    let before = format!("{STATISTICS}?until={}", NOW.0);
    assert_eq!(admin.get(&before).await.ok()["intervals"], json!([]));
}

const PRIORITIES: &str = "/api/call-centers/priorities";

/// Each call center with its priority and version.
fn order(ranked: &Value) -> Vec<(u64, u64, u64)> {
    let number = |value: &Value| value.as_u64().unwrap();
    let of = |r: &Value| {
        (
            number(&r["center"]),
            number(&r["priority"]),
            number(&r["version"]),
        )
    };
    ranked.as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn a_priority_between_two_is_renumbered() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let center = json!({ "kind": "call-center", "content": {
        "id": 0, "priority": 2, "identity": { "name": "Nazorg", "location": 1, "extension": "862" }
    } });
    let id = admin
        .post("/api/parts", json!({ "part": center }))
        .await
        .ok()["part"]["content"]["id"]
        .as_u64()
        .unwrap();
    let typed = |center: u64, version: u64, priority: &str| json!({ "center": center, "version": version, "priority": priority });
    let put = async |list: Vec<Value>| admin.put(PRIORITIES, json!({ "priorities": list })).await;

    let before = admin.get(PRIORITIES).await.ok();
    assert_eq!(before[0]["name"], "Klantenservice");
    let saved = put(vec![
        typed(100, 1, "1"),
        typed(101, 1, "2"),
        typed(id, 1, "1.5"),
    ])
    .await
    .ok();
    assert_eq!(order(&saved), [(100, 1, 2), (id, 2, 1), (101, 3, 2)]);
    assert_eq!(admin.get(PRIORITIES).await.ok(), saved);
    // Those that are not named stay where they are; what does not change is not saved.
    let saved = put(vec![typed(101, 2, "0,5")]).await.ok();
    assert_eq!(order(&saved), [(101, 1, 3), (100, 2, 3), (id, 3, 2)]);
    let part = admin.get("/api/parts/call-center/101").await.ok();
    assert_eq!(
        (&part["part"]["content"]["priority"], &part["version"]),
        (&json!(1), &json!(3))
    );

    let check = async |list: Vec<Value>, expected: &str| {
        let answer = put(list).await;
        assert_eq!(
            (answer.refusal(), answer.fields()),
            ((422, "malformed"), vec![expected.to_owned()])
        );
    };
    check(
        vec![typed(100, 3, "1"), typed(101, 3, "first")],
        "priorities.1.priority: malformed",
    )
    .await;
    check(vec![typed(1, 1, "1")], "priorities.0.center: not-found").await;
    check(
        vec![typed(100, 3, "1"), typed(100, 3, "2")],
        "priorities.1.center: twice",
    )
    .await;

    // Somebody else saved one in the meantime: nothing of it is done.
    let stale = put(vec![typed(101, 3, "9"), typed(100, 2, "1")]).await;
    assert_eq!(stale.refusal(), (409, "stale"));
    assert_eq!(stale.body["current"]["part"]["content"]["id"], 100);
    assert_eq!(admin.get(PRIORITIES).await.ok(), saved);
}

#[tokio::test]
async fn old_statistics_are_forgotten_in_time() {
    let day = 86_400_000;
    let (kept, gone) = (NOW.0 - 395 * day, NOW.0 - 397 * day);
    let row = |at: i64| format!("INSERT INTO statistics VALUES (100, {at}, '{{\"offered\":7}}')");
    let server = Server::meddled(&[&row(kept), &row(gone)]).await;
    let offered = async |from: i64| {
        // Sessions end sooner than statistics.
        let admin = server.actor(ENTERPRISE).await;
        let path = format!("{STATISTICS}?from={from}&until={}", from + day);
        admin.get(&path).await.ok()["total"]["offered"].clone()
    };
    assert_eq!(
        (offered(gone).await, offered(kept).await),
        (json!(0), json!(7))
    );
    // A day is not yet over, and then it is.
    server.clock.advance(86_400 - 1);
    assert_eq!(offered(kept).await, 7);
    server.clock.advance(86_400 + 1);
    assert_eq!(offered(kept).await, 0);
}
