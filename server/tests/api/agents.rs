//! Agents: what they are, what they choose, and that it outlives a restart.

use crate::server::{DAAN, ENTERPRISE, NOW, SANNE, Server, strings};
use serde_json::{Value, json};

const PATH: &str = "/api/users/1/agent";

fn joined(agent: &Value) -> Vec<(u64, bool)> {
    let queues = agent["queues"].as_array().unwrap();
    queues
        .iter()
        .map(|q| {
            (
                q["center"].as_u64().unwrap(),
                q["joined"].as_bool().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn an_agent_chooses_state_and_queues() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    assert_eq!(
        sanne.get(PATH).await.ok(),
        json!({
            "user": 1, "state": { "state": "signed-out" }, "since": 0,
            "queues": [
                { "center": 100, "name": "Klantenservice", "joined": false, "may_join": true },
                { "center": 101, "name": "Planning", "joined": true, "may_join": false },
            ],
            "codes": [{ "id": 1, "name": "Lunch" }, { "id": 2, "name": "Overleg" }], "default_code": 2,
            "guard_seconds": null, "unavailable_on_bounce": false, "unavailable_on_do_not_disturb": false,
        })
    );
    let agent = sanne
        .put(PATH, json!({ "state": "available", "join": [100] }))
        .await
        .ok();
    assert_eq!(
        (&agent["state"], &agent["since"]),
        (&json!({ "state": "available" }), &json!(NOW.0))
    );
    assert_eq!(joined(&agent), [(100, true), (101, true)]);
    assert_eq!(sanne.get(PATH).await.ok(), agent);

    let state = async |change: Value| sanne.put(PATH, change).await.ok()["state"].clone();
    let unavailable = |code: u32| json!({ "state": "unavailable", "code": code });
    assert_eq!(state(unavailable(1)).await, unavailable(1));
    // Who must give a reason and gives none gets the default one.
    assert_eq!(
        state(json!({ "state": "unavailable" })).await,
        unavailable(2)
    );
    assert_eq!(state(json!({ "leave": [100] })).await, unavailable(2));
    assert_eq!(
        state(json!({ "state": "wrap-up" })).await,
        json!({ "state": "wrap-up" })
    );
    assert_eq!(
        joined(&sanne.get(PATH).await.ok()),
        [(100, false), (101, true)]
    );
}

#[tokio::test]
async fn what_an_agent_may_not() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let before = sanne.get(PATH).await.ok();
    let check = async |change: Value, expected: &[&str]| {
        let answer = sanne.put(PATH, change).await;
        assert_eq!(
            (answer.refusal(), answer.fields()),
            ((422, "malformed"), strings(expected))
        );
    };
    check(json!({ "leave": [101] }), &["leave.0: forbidden"]).await;
    check(
        json!({ "join": [100, 102], "state": "available" }),
        &["join.1: not-found"],
    )
    .await;
    check(
        json!({ "state": "unavailable", "code": 3 }),
        &["code: not-found"],
    )
    .await;
    check(
        json!({ "state": "available", "code": 1 }),
        &["code: malformed"],
    )
    .await;
    let unknown = sanne.put(PATH, json!({ "state": "asleep" })).await;
    assert_eq!(
        (unknown.refusal(), unknown.fields()),
        ((400, "body-malformed"), strings(&["state: malformed"]))
    );
    assert_eq!(sanne.get(PATH).await.ok(), before, "all or nothing");

    let admin = server.actor(ENTERPRISE).await;
    let agent = admin
        .put(PATH, json!({ "leave": [101], "join": [100] }))
        .await
        .ok();
    assert_eq!(joined(&agent), [(100, true), (101, false)]);
    let nobody = admin.get("/api/users/4/agent").await.ok();
    assert_eq!(
        (&nobody["state"], joined(&nobody)),
        (&json!({ "state": "signed-out" }), Vec::new())
    );
    let refused = admin
        .put("/api/users/4/agent", json!({ "state": "available" }))
        .await;
    assert_eq!(refused.fields(), ["state: not-available"]);
}

#[tokio::test]
async fn what_agents_chose_outlives_a_restart() {
    let server = Server::start().await;
    let daan = server.actor(DAAN).await;
    let path = "/api/users/3/agent";
    let chosen = json!({ "state": "unavailable", "code": 1, "join": [100] });
    let before = daan.put(path, chosen).await.ok();
    let server = server.restart().await;
    assert_eq!(server.actor(DAAN).await.get(path).await.ok(), before);
}

#[tokio::test]
async fn supervisors_choose_for_their_agents() {
    let server = Server::start().await;
    let reception = server.actor("receptie").await;
    // The reception supervises Daan, not Sanne, at one call center.
    let change = json!({ "state": "unavailable", "code": 1, "join": [100] });
    let agent = reception.put("/api/users/3/agent", change).await.ok();
    assert_eq!(agent["state"], json!({ "state": "unavailable", "code": 1 }));
    assert_eq!(joined(&agent), [(100, true)]);
    assert_eq!(reception.get("/api/users/3/agent").await.ok(), agent);
    assert_eq!(
        server
            .actor(DAAN)
            .await
            .get("/api/users/3/agent")
            .await
            .ok()["state"],
        agent["state"]
    );
    for answer in [
        reception.get(PATH).await,
        reception.put(PATH, json!({ "state": "available" })).await,
    ] {
        assert_eq!(answer.refusal(), (404, "not-found"));
    }
    let daan = server.actor(DAAN).await.get("/api/users/2/agent").await;
    assert_eq!(
        daan.refusal(),
        (404, "not-found"),
        "who is supervised supervises nobody"
    );
    assert_eq!(
        reception.get("/api/users/3/services").await.refusal(),
        (404, "not-found")
    );

    // Of somebody who works elsewhere too, only what is theirs to supervise.
    let admin = server.actor(ENTERPRISE).await;
    let mut part = admin.get("/api/parts/call-center/100").await.ok();
    part["part"]["content"]["supervisors"][0]["agents"] = json!([1, 3]);
    let new = json!({ "version": part["version"], "part": part["part"] });
    admin.put("/api/parts/call-center/100", new).await.ok();
    assert_eq!(
        joined(&reception.put(PATH, json!({ "join": [100] })).await.ok()),
        [(100, true)]
    );
    let elsewhere = reception.put(PATH, json!({ "leave": [101] })).await;
    assert_eq!(
        (elsewhere.refusal(), elsewhere.fields()),
        ((422, "malformed"), strings(&["leave.0: forbidden"]))
    );
}
