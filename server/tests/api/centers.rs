//! Call centers as they are now, what is forced there, and what was counted.

use crate::server::{DAAN, ENTERPRISE, NOW, SANNE, Server};
use serde_json::{Value, json};

const LIVE: &str = "/api/call-centers/100/live";
const STATISTICS: &str = "/api/call-centers/100/statistics";
const QUARTER: i64 = 900_000;

fn agents(center: &Value) -> Vec<u64> {
    center["agents"].as_array().unwrap().iter().map(|a| a["user"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_call_center_as_it_is() {
    let server = Server::start().await;
    let daan = server.actor(DAAN).await;
    daan.put("/api/users/3/agent", json!({ "state": "available", "join": [100] })).await.ok();
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
    assert_eq!(agents(&server.actor("receptie").await.get(LIVE).await.ok()), [3]);
    assert_eq!(agents(&server.actor(ENTERPRISE).await.get(LIVE).await.ok()), [1, 3]);
    let elsewhere = server.actor("noor.bos").await.get(LIVE).await;
    assert_eq!(elsewhere.refusal(), (404, "not-found"));
    let person = server.actor(ENTERPRISE).await.get("/api/call-centers/1/live").await;
    assert_eq!(person.refusal(), (404, "not-found"));
}

#[tokio::test]
async fn what_is_forced_outlives_a_restart_and_steers_calls() {
    let server = Server::start().await;
    let supervisor = server.actor("receptie").await;
    let forced = supervisor.put("/api/call-centers/100/force", json!({ "night": true })).await.ok();
    assert_eq!((&forced["night"], &forced["forwarding"]), (&json!(true), &Value::Null));
    let server = server.restart().await;
    let supervisor = server.actor("receptie").await;
    assert_eq!(supervisor.get(LIVE).await.ok()["night"], true);
    let forced = supervisor.put("/api/call-centers/100/force", json!({ "forwarding": false })).await.ok();
    assert_eq!((&forced["night"], &forced["forwarding"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn statistics_outlive_a_restart() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    sanne.put("/api/users/1/agent", json!({ "state": "available", "join": [100] })).await.ok();
    server.clock.advance(20 * 60);
    let admin = server.actor(ENTERPRISE).await;
    let counted = admin.get(STATISTICS).await.ok();
    let staffed = |of: &Value| -> Vec<(i64, u64)> {
        let intervals = of["intervals"].as_array().unwrap().iter();
        intervals
            .map(|it| (it["start"].as_i64().unwrap(), it["counters"]["staffed_ms"].as_u64().unwrap()))
            .collect()
    };
    let expected = [(NOW.0, 900_000), (NOW.0 + QUARTER, 300_000)];
    assert_eq!(staffed(&counted), expected);
    assert_eq!(counted["total"]["staffed_ms"], 1_200_000);
    assert_eq!(counted["until"], NOW.0 + 20 * 60_000);
    let agent = |counted: &Value, at: usize| counted["agents"][at].clone();
    assert_eq!(agent(&counted, 0)["name"], "Sanne de Boer");
    assert_eq!((staffed(&agent(&counted, 0)), staffed(&agent(&counted, 1))), (expected.into(), Vec::new()));

    let server = server.restart().await;
    server.clock.advance(25 * 60);
    let admin = server.actor(ENTERPRISE).await;
    let again = admin.get(&format!("{STATISTICS}?from={}", NOW.0 + QUARTER)).await.ok();
    assert_eq!(staffed(&again)[0].0, NOW.0 + QUARTER);
    assert!(staffed(&again)[0].1 >= 300_000, "{again}");
    let range = format!("{STATISTICS}?from=0&until={}", NOW.0);
    assert_eq!(admin.get(&range).await.fields(), ["until: out-of-range"]);
    let before = format!("{STATISTICS}?until={}", NOW.0);
    assert_eq!(admin.get(&before).await.ok()["intervals"], json!([]));
}
