//! Previews: slices show no more than the asker may see, and a simulation is what a call does.

use crate::server::{ENTERPRISE, LOCATION, SANNE, Server};
use serde_json::{Value, json};

fn users(slice: &Value) -> Vec<(u64, bool)> {
    let users = slice["users"].as_array().unwrap();
    users
        .iter()
        .map(|u| {
            (
                u["user"]["id"].as_u64().unwrap(),
                u["hidden"].as_bool().unwrap(),
            )
        })
        .collect()
}

fn ids(list: &Value) -> Vec<u64> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|s| s["id"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_user_sees_where_calls_go_and_no_further() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let slice = sanne.get("/api/users/1/slice").await.ok();
    assert_eq!(users(&slice), [(1, false), (2, true)]);
    assert_eq!(ids(&slice["schedules"]), [1, 2, 6, 7]);
    assert_eq!(slice["locations"][0][1]["name"], "Europe/Amsterdam");
    assert_eq!(slice["locations"].as_array().unwrap().len(), 1);
    let hidden = &slice["users"][1];
    for field in ["login", "email"] {
        assert_eq!(hidden["user"][field], "", "{field}");
    }
    assert_eq!(
        (&hidden["user"]["services"], &hidden["user"]["devices"]),
        (&json!({}), &json!([]))
    );
    assert_eq!(
        (&hidden["user"]["mobile"], &hidden["versions"]),
        (&Value::Null, &json!({}))
    );

    // Bram's calls go to his mobile phone and Daan's to the reception: neither is followed.
    let also = sanne
        .get("/api/users/1/slice?also=145,%20030%20555%2001%2043,06,nonsense")
        .await
        .ok();
    assert_eq!(users(&also), [(1, false), (2, true), (3, true), (5, true)]);
}

#[tokio::test]
async fn an_administrator_sees_the_whole_way() {
    let server = Server::start().await;
    let slice = server
        .actor(LOCATION)
        .await
        .get("/api/users/6/slice?also=143,%20820")
        .await
        .ok();
    assert_eq!(users(&slice), [(2, false), (3, false), (6, false)]);
    let admin = server.actor(ENTERPRISE).await;
    let slice = admin
        .get("/api/users/20/slice?also=%2B31305550140")
        .await
        .ok();
    assert_eq!(
        users(&slice),
        [(2, false), (20, false), (21, false), (28, false)]
    );
    assert_eq!(slice["locations"].as_array().unwrap().len(), 2);
    // The administrator of Rotterdam learns nothing of Utrecht.
    let rotterdam = server.actor(crate::server::OTHER_LOCATION).await;
    let slice = rotterdam
        .get("/api/users/20/slice?also=%2B31305550140")
        .await
        .ok();
    assert_eq!(
        users(&slice),
        [(2, true), (20, false), (21, false), (28, false)]
    );
}

#[tokio::test]
async fn a_saved_setting_steers_the_next_call() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let ask = async |more: Value| {
        let mut question =
            json!({ "dialled": "+31305550142", "caller": { "number": "+31201234567" } });
        question
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        actor.post("/api/users/1/simulate", question).await.ok()
    };
    let before = ask(json!({})).await;
    assert_eq!(before["outcome"]["by"], json!({ "kind": "user", "id": 1 }));
    let settings = json!({ "active": true, "number": "+31655509999" });
    let draft =
        json!({ "draft": [{ "user": 1, "service": "forwarding-always", "settings": settings }] });
    let outside = json!({ "kind": "outside", "id": "+31655509999" });
    assert_eq!(ask(draft).await["outcome"]["by"], outside);
    assert_eq!(
        ask(json!({})).await["outcome"],
        before["outcome"],
        "a draft is not kept"
    );
    let change = json!({ "service": "forwarding-always", "version": 0, "settings": settings });
    actor
        .put("/api/users/1/services", json!({ "changes": [change] }))
        .await
        .ok();
    let after = ask(json!({})).await;
    assert_eq!(after["outcome"]["by"], outside);
    assert!(after["version"].as_u64() > before["version"].as_u64());
    // Saturday evening, by the rule that holds outside office hours: the rule stands before the service.
    let evening = ask(json!({ "at": crate::server::NOW.0 + 4 * 86_400_000 + 36_000_000 })).await;
    assert_eq!(
        evening["outcome"]["by"],
        json!({ "kind": "outside", "id": "+31655501199" })
    );
}

#[tokio::test]
async fn a_schedule_that_changes_steers_the_next_call() {
    let server = Server::start().await;
    let (sanne, admin) = (server.actor(SANNE).await, server.actor(LOCATION).await);
    let ask = async || {
        let question =
            json!({ "dialled": "142", "from": 1, "caller": { "user": 3, "extension": "143" } });
        sanne.post("/api/users/1/simulate", question).await.ok()["outcome"]["by"].clone()
    };
    assert_eq!(ask().await, json!({ "kind": "user", "id": 1 }));
    let kind = json!({ "type": "time", "blocks": [{ "start": "mon 08:00", "end": "mon 09:00" }] });
    let replace = json!({ "version": 1, "name": "Kantooruren", "kind": kind });
    admin.put("/api/schedules/1", replace).await.ok();
    assert_eq!(
        ask().await,
        json!({ "kind": "outside", "id": "+31655501199" })
    );
}

#[tokio::test]
async fn a_simulation_tells_nothing_of_others() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let question =
        json!({ "dialled": "145", "from": 1, "caller": { "user": 1, "extension": "142" } });
    let story = sanne
        .post("/api/users/1/simulate", question.clone())
        .await
        .ok();
    assert!(!story.to_string().contains("+31655501105"), "{story}");
    let admin = server.actor(LOCATION).await;
    let story = admin.post("/api/users/1/simulate", question).await.ok();
    assert!(story.to_string().contains("+31655501105"), "{story}");
    let of_daan = json!({ "dialled": "143", "draft": [{ "user": 3, "service": "ring-count", "settings": {} }] });
    assert_eq!(
        sanne.post("/api/users/1/simulate", of_daan).await.refusal(),
        (404, "not-found")
    );
    let elsewhere = json!({ "dialled": "220", "from": 2 });
    assert_eq!(
        sanne
            .post("/api/users/1/simulate", elsewhere)
            .await
            .fields(),
        ["from: not-found"]
    );
    let wrong = json!({ "dialled": "142", "draft": [
        { "user": 1, "service": "ring-count", "settings": { "rings": 4 } },
        { "user": 1, "service": "forwarding-always", "settings": { "number": "0" } }] });
    let answer = sanne.post("/api/users/1/simulate", wrong).await;
    assert_eq!(
        answer.fields(),
        ["draft.1.settings.number: number-too-short"]
    );
}

#[tokio::test]
async fn settings_that_cannot_be_read_break_nothing() {
    for stored in [r#"{"active":"yes"}"#, "not even JSON", "null"] {
        let sql = format!(
            "UPDATE settings SET settings = '{stored}' WHERE owner_id = 1 AND service = 'forwarding-selective'"
        );
        let server = Server::meddled(&[&sql]).await;
        let actor = server.actor(SANNE).await;
        let story = actor
            .post(
                "/api/users/1/simulate",
                json!({ "dialled": "+31305550142" }),
            )
            .await
            .ok();
        assert_eq!(story["outcome"]["outcome"], "answered", "{story}");
        let steps = story["trace"].as_array().unwrap();
        let skipped = steps
            .iter()
            .find(|step| step["service"] == "forwarding-selective")
            .unwrap();
        assert_eq!(
            skipped["verdict"],
            json!({ "did": "pass", "why": "unreadable" })
        );
        assert_eq!(actor.get("/api/users/1/slice").await.status, 200);
        assert_eq!(actor.get("/api/users/1/services").await.status, 200);
        assert_eq!(
            server.actor(LOCATION).await.get("/api/users").await.status,
            200
        );
        let mend = json!({ "changes": [{ "service": "forwarding-selective", "version": 1, "settings": {} }] });
        assert_eq!(
            actor.put("/api/users/1/services", mend).await.status,
            200,
            "it can be mended"
        );
    }
}

#[tokio::test]
async fn an_administrator_asks_about_a_queue() {
    let server = Server::start().await;
    let question = json!({ "dialled": "860", "from": 1, "caller": { "user": 6, "extension": "146" },
        "centers": { "agents": { "1": { "state": "signed-out" } } } });
    let ask = async |login: &str| {
        server
            .actor(login)
            .await
            .post("/api/simulate", question.clone())
            .await
            .ok()
    };
    let story = ask(LOCATION).await;
    assert_eq!(
        story["outcome"]["by"],
        json!({ "kind": "user", "id": 3 }),
        "{story}"
    );
    // The administrator of a department sees neither the queue nor who works for it.
    let story = ask(crate::server::DEPARTMENT).await;
    assert_eq!(
        (&story["trace"][2]["step"], &story["trace"][2]["user"]),
        (&json!("hidden"), &json!(100)),
        "{story}"
    );
    let nobody = json!({ "dialled": "899", "from": 1 });
    let story = server
        .actor(LOCATION)
        .await
        .post("/api/simulate", nobody)
        .await
        .ok();
    assert_eq!(story["outcome"]["outcome"], "announced", "{story}");
}

#[tokio::test]
async fn what_is_dialled_and_keyed_later_is_followed() {
    let server = Server::start().await;
    let admin = server.actor(LOCATION).await;
    let lotte = json!({ "user": 6, "extension": "146" });
    let check = async |dialled: &str, keys: Value, later: Value, expected: u64| {
        let question =
            json!({ "dialled": dialled, "from": 1, "caller": lotte, "keys": keys, "later": later });
        let story = admin.post("/api/simulate", question).await.ok();
        let steps = story["trace"].as_array().unwrap();
        let arrives = steps.iter().rfind(|step| step["step"] == "arrives");
        assert_eq!(
            arrives.map(|step| &step["user"]),
            Some(&json!(expected)),
            "{dialled}: {story}"
        );
    };
    let none = json!([]);
    for code in ["*80", "*67", "*70"] {
        check(&format!("{code}143"), none.clone(), none.clone(), 3).await;
    }
    // An extension keyed into the menu, and one to which the talk is transferred.
    check("100", json!(["147"]), none.clone(), 7).await;
    let transfer =
        json!([{ "after": 20, "event": { "does": "transfer", "by": "caller", "to": "148" } }]);
    check("143", none.clone(), transfer, 8).await;
}

#[tokio::test]
async fn a_user_previews_by_schedules_whose_times_they_do_not_see() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let slice = sanne.get("/api/users/1/slice").await.ok();
    let hours = |slice: &Value| slice["schedules"][0]["kind"]["blocks"].clone();
    assert_eq!(
        (&slice["schedules"][0]["name"], hours(&slice)),
        (&json!("Kantooruren"), json!([]))
    );
    // One moment is told, as a call at that moment would tell it: Tuesday 2026-11-24, 10:00.
    let slice = sanne
        .get("/api/users/1/slice?also=moment:1:20781:600,moment:3:20781:600")
        .await
        .ok();
    let answers = slice["beyond"]["answers"].as_array().unwrap();
    let told: Vec<_> = answers
        .iter()
        .filter(|known| known[0].as_str().unwrap().starts_with("moment"))
        .collect();
    assert_eq!(
        told,
        [&json!(["moment:1:20781:600", { "is": "state", "it": { "active": true, "by": 1 } }])]
    );
    let slice = server
        .actor(LOCATION)
        .await
        .get("/api/users/1/slice")
        .await
        .ok();
    assert_ne!(hours(&slice), json!([]));
}

/// Monday 2026-11-23, 00:00 in Amsterdam.
const MONDAY: i64 = 1_795_388_400_000;
const HOUR: i64 = 3_600_000;

/// Sanne forwards outside the office hours of the location, whose times she may not see: the server tells her the hours in
/// which calls go elsewhere, as they do when each is asked for.
#[tokio::test]
async fn the_hours_of_a_week_tell_the_effect_of_schedules_and_not_their_times() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let question = json!({ "dialled": "+31305550142", "caller": { "number": "+31205550100" } });
    let week = async |since: i64, until: i64| {
        let mut span = question.clone();
        (span["since"], span["until"]) = (json!(since), json!(until));
        sanne.post("/api/users/1/week", span).await
    };
    let stretches = week(MONDAY, MONDAY + 168 * HOUR).await.ok();
    let stretches = stretches.as_array().unwrap();
    assert!(stretches.len() > 5, "{stretches:?}");
    assert_eq!(stretches[0]["from"], MONDAY);
    assert_eq!(stretches.last().unwrap()["until"], MONDAY + 168 * HOUR);
    for hour in 0..168 {
        let at = MONDAY + hour * HOUR;
        let mut asked = question.clone();
        asked["at"] = json!(at);
        let story = sanne.post("/api/users/1/simulate", asked).await.ok();
        let within = |s: &&Value| s["from"].as_i64() <= Some(at) && Some(at) < s["until"].as_i64();
        let told = stretches.iter().find(within).unwrap();
        assert_eq!(told["outcome"], story["outcome"], "hour {hour}");
        assert_ne!(told["outcome"]["outcome"], "not-known", "hour {hour}");
    }
    // A draft counts.
    let mut span = question.clone();
    (span["since"], span["until"]) = (json!(MONDAY), json!(MONDAY + 24 * HOUR));
    span["draft"] =
        json!([{ "user": 1, "service": "forwarding-selective", "settings": { "active": false } }]);
    let whole_day = sanne.post("/api/users/1/week", span).await.ok();
    assert_eq!(whole_day.as_array().unwrap().len(), 1, "{whole_day}");

    for (since, until) in [
        (MONDAY, MONDAY),
        (MONDAY, MONDAY - 1),
        (MONDAY, MONDAY + 170 * HOUR),
    ] {
        assert_eq!(week(since, until).await.fields(), ["until: out-of-range"]);
    }
}
