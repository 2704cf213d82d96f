//! What limits those who are logged in: at each limit the last that is taken and the first that is not.

use crate::server::{Actor, Answer, LOCATION, SANNE, Server};
use crate::wav::wav;
use axum::body::Body;
use axum::http::{Request, header};
use centrale_core::quota::Quota;
use serde_json::{Value, json};

fn schedule(name: &str) -> Value {
    let blocks = json!([{ "start": "mon 08:00", "end": "mon 12:00" }]);
    json!({ "name": name, "kind": { "type": "time", "blocks": blocks } })
}

/// Refused at a field, with the limit.
#[track_caller]
fn refused(answer: &Answer, status: u16, field: &str, quota: Quota) {
    let told = json!([{ "field": field, "code": quota.code().name(), "limit": quota.limit() }]);
    assert_eq!(
        (answer.status.as_u16(), &answer.body["fields"]),
        (status, &told),
        "{answer:?}"
    );
}

#[tokio::test]
async fn schedules_of_a_user_and_of_a_location() {
    let server = Server::start().await;
    let check = async |actor: &Actor<'_>, path: &str, own: &str, quota: Quota| {
        let there = actor.get(path).await.ok();
        let owned = there
            .as_array()
            .unwrap()
            .iter()
            .filter(|s| !s["schedule"]["owner"][own].is_null())
            .count();
        let mut last = Value::Null;
        for count in owned..quota.limit() as usize {
            last = actor
                .post(path, schedule(&format!("Nummer {count}")))
                .await
                .ok();
        }
        refused(
            &actor.post(path, schedule("Een te veel")).await,
            422,
            "name",
            quota,
        );
        // What is there can be changed, and makes room when it goes.
        let mut change = schedule("Anders");
        change["version"] = json!(1);
        let one = format!("/api/schedules/{}", last["schedule"]["id"]);
        actor.put(&one, change).await.ok();
        actor.delete(&one, json!({ "version": 2 })).await.ok();
        actor.post(path, schedule("Weer een")).await.ok();
    };
    check(
        &server.actor(SANNE).await,
        "/api/users/1/schedules",
        "user",
        Quota::UserSchedules,
    )
    .await;
    let admin = server.actor(LOCATION).await;
    check(
        &admin,
        "/api/locations/1/schedules",
        "location",
        Quota::LocationSchedules,
    )
    .await;
}

#[tokio::test]
async fn rules_of_a_service() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let services = sanne.get("/api/users/1/services").await.ok();
    let selective = services
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["service"] == "selective-rejection")
        .unwrap();
    let save = async |version: &Value, count: u32| {
        let rule = |at| json!({ "name": format!("Regel {at}"), "who": { "from": "any" } });
        let rules: Vec<Value> = (0..count).map(rule).collect();
        let settings = json!({ "active": true, "rules": rules });
        let change =
            json!({ "service": "selective-rejection", "version": version, "settings": settings });
        sanne
            .put("/api/users/1/services", json!({ "changes": [change] }))
            .await
    };
    let over = save(&selective["version"], Quota::Rules.limit() + 1).await;
    refused(&over, 422, "selective-rejection.rules", Quota::Rules);
    save(&selective["version"], Quota::Rules.limit()).await.ok();
}

#[tokio::test]
async fn uploads_of_an_owner() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let add = async |name: u32| {
        let path = format!("/api/uploads?owner=user:1&name=Geluid%20{name}");
        let request = Request::post(path)
            .header("x-centrale", "1")
            .body(Body::from(wav(440, 10)));
        sanne.ask(request.unwrap()).await
    };
    let there = sanne
        .get("/api/uploads?owner=user:1")
        .await
        .ok()
        .as_array()
        .unwrap()
        .len() as u32;
    for name in there..Quota::Uploads.limit() {
        add(name).await.ok();
    }
    refused(&add(99).await, 422, "owner", Quota::Uploads);
}

#[tokio::test]
async fn passcodes_within_an_hour() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let set = async |passcode: &str| {
        sanne
            .put("/api/users/1/passcode", json!({ "passcode": passcode }))
            .await
    };
    for _ in 0..Quota::Passcodes.limit() {
        // A try that is refused counts: it costs as much.
        assert_eq!(set("12").await.fields(), ["passcode: passcode-too-short"]);
    }
    let over = set("205917").await;
    refused(&over, 429, "passcode", Quota::Passcodes);
    assert_eq!(
        (
            &over.body["retry_after"],
            &over.headers[header::RETRY_AFTER]
        ),
        (&json!(180), &"180".parse().unwrap())
    );
    // Others are none the worse for it, also when one administrator sets many.
    let admin = server.actor(LOCATION).await;
    admin
        .put("/api/users/3/passcode", json!({ "passcode": "205917" }))
        .await
        .ok();
    server.clock.advance(180);
    set("205917").await.ok();
}

#[tokio::test]
async fn requests_within_a_minute() {
    let server = Server::start().await.limiting();
    let sanne = server.actor(SANNE).await;
    // The account is limited, whatever the session.
    let elsewhere = server.actor(SANNE).await;
    for count in 0..Quota::Requests.limit() {
        let actor = if count % 2 == 0 { &sanne } else { &elsewhere };
        actor.get("/api/users/1").await.ok();
    }
    for actor in [&sanne, &elsewhere] {
        let over = actor.get("/api/users/1").await;
        assert_eq!(over.refusal(), (429, "quota-requests"));
        assert_eq!(
            (&over.body["limit"], &over.body["retry_after"]),
            (&json!(Quota::Requests.limit()), &json!(1))
        );
        assert_eq!(over.headers[header::RETRY_AFTER], "1");
    }
    server.actor(LOCATION).await.get("/api/users/1").await.ok();
    server.clock.advance(1);
    for _ in 0..Quota::Requests.limit() / 60 {
        sanne.get("/api/users/1").await.ok();
    }
    assert_eq!(
        sanne.get("/api/users/1").await.refusal(),
        (429, "quota-requests")
    );
}
