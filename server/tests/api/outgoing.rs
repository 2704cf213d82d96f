//! Which calls may leave (requirement K2): who sees and sets it, what a preview says of it, and who lifts a stop.

use crate::server::{
    DAAN, DEPARTMENT, ENTERPRISE, LOCATION, OTHER_DEPARTMENT, OTHER_LOCATION, SANNE, Server,
};
use centrale_core::exchange::{PersistedExchange, Stop};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use centrale_core::trace::Limit;
use centrale_server::telephony::lift_asked;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is set for an owner. The path says which part it is, and the owner must be that of the path.
fn part(owner: &Value, classes: &Value) -> Value {
    json!({ "kind": "outgoing", "content": { "owner": owner, "classes": classes } })
}

/// The first step that says that a number may not be called.
fn barred(story: &Value) -> Value {
    let steps = story["trace"].as_array().unwrap();
    steps
        .iter()
        .find(|step| step["step"] == "barred")
        .cloned()
        .unwrap_or_default()
}

#[tokio::test]
async fn who_sets_what_may_leave() {
    let server = Server::start().await;
    let actors = [
        ENTERPRISE,
        LOCATION,
        OTHER_LOCATION,
        DEPARTMENT,
        OTHER_DEPARTMENT,
        SANNE,
    ];
    let check = async |kind: &str, id: u32, owner: Value, sees: [u16; 6], saves: [u16; 6]| {
        let path = format!("/api/parts/{kind}/{id}");
        for ((login, sees), saves) in actors.iter().zip(sees).zip(saves) {
            let actor = server.actor(login).await;
            let found = actor.get(&path).await;
            assert_eq!(found.status, sees, "{login} sees {path}");
            let version = server.actor(ENTERPRISE).await.get(&path).await.ok()["version"].clone();
            let part = part(&owner, &json!({ "asia": true }));
            let saved = actor
                .put(&path, json!({ "version": version, "part": part }))
                .await;
            assert_eq!(saved.status, saves, "{login} saves {path}");
        }
    };
    let enterprise = json!({ "level": "enterprise" });
    check(
        "outgoing",
        1,
        enterprise,
        [200, 200, 200, 200, 200, 403],
        [200, 403, 403, 403, 403, 403],
    )
    .await;
    let utrecht = json!({ "level": "location", "id": 1 });
    check(
        "location-outgoing",
        1,
        utrecht,
        [200, 200, 404, 404, 404, 403],
        [200, 200, 404, 404, 404, 403],
    )
    .await;
    let service = json!({ "level": "department", "id": 1 });
    check(
        "department-outgoing",
        1,
        service,
        [200, 200, 404, 200, 404, 403],
        [200, 200, 404, 200, 404, 403],
    )
    .await;
    let sanne = json!({ "level": "user", "id": 1 });
    check(
        "user-outgoing",
        1,
        sanne,
        [200, 200, 404, 200, 404, 403],
        [200, 200, 404, 200, 404, 403],
    )
    .await;

    let admin = server.actor(ENTERPRISE).await;
    assert_eq!(admin.get("/api/parts/user-outgoing/9999").await.status, 404);
    let other = part(&json!({ "level": "user", "id": 2 }), &json!({}));
    let answer = admin
        .put(
            "/api/parts/user-outgoing/1",
            json!({ "version": 3, "part": other }),
        )
        .await;
    assert_eq!(answer.fields(), ["part.kind: malformed"]);
    let all = json!({ "kind": "outgoing",
        "content": { "owner": { "level": "user", "id": 1 }, "all_calls": 3, "calls": 100_001 } });
    let answer = admin
        .put(
            "/api/parts/user-outgoing/1",
            json!({ "version": 3, "part": all }),
        )
        .await;
    assert_eq!(
        answer.fields(),
        [
            "part.calls: out-of-range",
            "part.all_calls: enterprise-only"
        ]
    );
    let exported = server.store().await.export().await.unwrap();
    assert_eq!(exported.outgoing.len(), 4);
    let again = Server::of(&exported).await;
    let kept = again
        .actor(ENTERPRISE)
        .await
        .get("/api/parts/user-outgoing/1")
        .await
        .ok();
    assert_eq!(kept["part"]["content"]["classes"], json!({ "asia": true }));
}

#[tokio::test]
async fn a_preview_says_what_may_not_leave() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let question = json!({ "dialled": "+881612345678", "from": 1, "caller": { "user": 1, "extension": "142" } });
    let ask = async |login: &str| {
        let path = if login == SANNE {
            "/api/users/1/simulate"
        } else {
            "/api/simulate"
        };
        server
            .actor(login)
            .await
            .post(path, question.clone())
            .await
            .ok()
    };
    for login in [ENTERPRISE, LOCATION, DEPARTMENT] {
        let step = barred(&ask(login).await);
        assert_eq!(
            (&step["class"], &step["set_by"]),
            (&json!("satellite"), &Value::Null),
            "{login}: {step}"
        );
    }
    let save = async |kind: &str, id: u32, owner: Value, allowed: bool| {
        let part = part(&owner, &json!({ "satellite": allowed }));
        admin
            .put(
                &format!("/api/parts/{kind}/{id}"),
                json!({ "version": 0, "part": part }),
            )
            .await
            .ok();
    };
    save("outgoing", 1, json!({ "level": "enterprise" }), true).await;
    for login in [ENTERPRISE, LOCATION, DEPARTMENT] {
        assert_eq!(barred(&ask(login).await), Value::Null, "{login}");
    }
    let department = json!({ "level": "department", "id": 1 });
    save("department-outgoing", 1, department.clone(), false).await;
    for login in [ENTERPRISE, LOCATION, DEPARTMENT] {
        assert_eq!(barred(&ask(login).await)["set_by"], department, "{login}");
    }
    let sanne = json!({ "level": "user", "id": 1 });
    save("user-outgoing", 1, sanne, true).await;
    assert_eq!(barred(&ask(LOCATION).await), Value::Null);
}

#[tokio::test]
async fn what_others_may_call_stays_theirs() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let set = async |kind: &str, id: u32, owner: Value| {
        let part = json!({ "kind": "outgoing",
            "content": { "owner": owner, "classes": { "asia": false, "internal": false }, "calls": 7 } });
        admin
            .put(
                &format!("/api/parts/{kind}/{id}"),
                json!({ "version": 0, "part": part }),
            )
            .await
            .ok();
    };
    set("outgoing", 1, json!({ "level": "enterprise" })).await;
    set("user-outgoing", 3, json!({ "level": "user", "id": 3 })).await;
    set(
        "location-outgoing",
        2,
        json!({ "level": "location", "id": 2 }),
    )
    .await;
    let slice = async |login: &str, user: u32| {
        server
            .actor(login)
            .await
            .get(&format!("/api/users/{user}/slice?also=143"))
            .await
            .ok()
    };
    let sees = |slice: &Value| {
        let shown = slice["shared"]["outgoing"].as_array().unwrap().clone();
        assert!(
            shown.iter().all(|set| set["calls"].is_null()),
            "limits are no matter of a preview"
        );
        let owners: Vec<_> = shown
            .iter()
            .map(|set| set["owner"]["level"].as_str().unwrap().to_owned())
            .collect();
        (owners, slice["beyond"]["barred"].clone())
    };
    let (enterprise, user) = ("enterprise".to_owned(), "user".to_owned());
    assert_eq!(
        sees(&slice(SANNE, 1).await),
        (vec![enterprise.clone()], json!([3]))
    );
    assert_eq!(
        sees(&slice(DAAN, 3).await),
        (vec![enterprise.clone(), user.clone()], json!([]))
    );
    assert_eq!(
        sees(&slice(LOCATION, 1).await),
        (vec![enterprise, user], json!([]))
    );

    // A colleague who may not call inside: what is not known is told so, and no more.
    let question =
        json!({ "dialled": "142", "from": 1, "caller": { "user": 3, "extension": "143" } });
    let story = server
        .actor(SANNE)
        .await
        .post("/api/users/1/simulate", question.clone())
        .await
        .ok();
    let steps: Vec<_> = story["trace"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["step"].clone())
        .collect();
    assert!(steps.contains(&json!("hidden")), "{story}");
    let whole = server
        .actor(LOCATION)
        .await
        .post("/api/simulate", question)
        .await
        .ok();
    assert_eq!(barred(&whole)["class"], "internal", "{whole}");
}

#[tokio::test]
async fn a_stop_is_listed_and_lifted() {
    let stop = |user: Option<u32>, limit| Stop {
        user: user.map(UserId),
        since: Timestamp(1000),
        limit,
    };
    let stops = vec![
        stop(None, Limit::EnterpriseCalls),
        stop(Some(1), Limit::UserCalls),
        stop(Some(20), Limit::UserCallsAMinute),
    ];
    let kept = serde_json::to_string(&PersistedExchange {
        stops,
        ..PersistedExchange::default()
    })
    .unwrap();
    let sql = format!("INSERT INTO kept (name, content) VALUES ('exchange', '{kept}')");
    let server = Server::meddled(&[&sql]).await;
    let listed = async |server: &Server, login: &str| {
        let stops = server.actor(login).await.get("/api/stops").await.ok();
        let user = |stop: &Value| stop["user"].as_u64();
        stops
            .as_array()
            .unwrap()
            .iter()
            .map(user)
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&server, ENTERPRISE).await, [None, Some(1), Some(20)]);
    assert_eq!(listed(&server, LOCATION).await, [None, Some(1)]);
    assert_eq!(listed(&server, OTHER_LOCATION).await, [None, Some(20)]);
    let all = server.actor(ENTERPRISE).await.get("/api/stops").await.ok();
    assert_eq!(
        all[1],
        json!({ "user": 1, "since": 1000, "limit": "user-calls", "name": "Sanne de Boer" })
    );
    let (enterprise, location) = (server.actor(ENTERPRISE).await, server.actor(LOCATION).await);
    assert_eq!(
        location
            .delete("/api/users/20/stop", Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(location.delete("/api/stop", Value::Null).await.status, 403);
    assert_eq!(
        location
            .delete("/api/users/1/stop", Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        location
            .delete("/api/users/1/stop", Value::Null)
            .await
            .status,
        404,
        "once"
    );
    assert_eq!(
        enterprise.delete("/api/stop", Value::Null).await.status,
        204
    );
    assert_eq!(listed(&server, ENTERPRISE).await, [Some(20)]);
    let kept: PersistedExchange = loop {
        // What is lifted is stored by a task of its own.
        let kept: PersistedExchange = server
            .store()
            .await
            .kept("exchange")
            .await
            .unwrap()
            .unwrap();
        if kept.stops.len() == 1 {
            break kept;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(kept.stops[0].user, Some(UserId(20)));
    let events = enterprise.get("/api/security/events").await.ok();
    let lifted = events
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["kind"] == "stop-lifted");
    let who = |event: &Value| {
        (
            event["login"].clone(),
            event["account"].clone(),
            event["by"].clone(),
        )
    };
    let expected = [
        (json!(""), Value::Null, json!("Marieke van Dijk")),
        (json!("sanne"), json!("user-1"), json!("Joost Hendriks")),
    ];
    assert_eq!(lifted.map(who).collect::<Vec<_>>(), expected);
    let server = server.restart().await;
    assert_eq!(listed(&server, ENTERPRISE).await, [Some(20)]);

    // What the command line asks for is done by the server that has the calls, once.
    let store = server.store().await;
    for user in [Some(UserId(20)), Some(UserId(1)), None] {
        store.ask_to_lift(user).await.unwrap();
    }
    store.lifted(&BTreeSet::from([None])).await.unwrap();
    assert_eq!(
        store.lifts().await.unwrap(),
        BTreeSet::from([Some(UserId(1)), Some(UserId(20))])
    );
    lift_asked(&store, server.calls()).await.unwrap();
    assert_eq!(listed(&server, ENTERPRISE).await, []);
    assert_eq!(store.lifts().await.unwrap(), BTreeSet::new());
}
