//! Listing and saving services.

use crate::server::{Answer, DAAN, DEPARTMENT, ENTERPRISE, LOCATION, NOW, SANNE, Server, strings};
use serde_json::{Value, json};

#[allow(clippy::needless_pass_by_value, reason = "calls read better")]
fn change(service: &str, version: u64, settings: Value) -> Value {
    json!({ "service": service, "version": version, "settings": settings })
}

fn save(changes: &[Value]) -> Value {
    json!({ "changes": changes })
}

fn find<'a>(list: &'a Value, service: &str) -> &'a Value {
    list.as_array()
        .unwrap()
        .iter()
        .find(|s| s["service"] == service)
        .unwrap()
}

#[tokio::test]
async fn every_service_is_listed() {
    let server = Server::start().await;
    let sanne = server
        .actor(SANNE)
        .await
        .get("/api/users/1/services")
        .await
        .ok();
    assert_eq!(
        sanne.as_array().unwrap().len(),
        centrale_core::service::CATALOGUE.len()
    );
    let busy = find(&sanne, "forwarding-busy");
    assert_eq!(
        (&busy["version"], &busy["settings"]["number"]),
        (&json!(1), &json!("140"))
    );
    let never_saved = find(&sanne, "do-not-disturb");
    assert_eq!(
        (&never_saved["version"], &never_saved["settings"]["active"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(
        find(&sanne, "forwarding-not-reachable")["unavailable"],
        "not-assigned"
    );
    let mobile = server
        .actor(LOCATION)
        .await
        .get("/api/users/13/services")
        .await
        .ok();
    assert_eq!(
        find(&mobile, "forwarding-busy")["unavailable"],
        "no-fixed-number"
    );
}

#[tokio::test]
async fn a_save_answers_with_what_was_saved() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let changes = [
        change(
            "forwarding-always",
            0,
            json!({ "active": true, "number": "06 5550 1234" }),
        ),
        change("ring-count", 1, json!({ "rings": 7 })),
    ];
    let saved = actor
        .put("/api/users/1/services", save(&changes))
        .await
        .ok();
    let settings =
        json!({ "active": true, "number": "0655501234", "voicemail": false, "ring_splash": false });
    assert_eq!(
        saved,
        json!([
            { "service": "forwarding-always", "version": 1, "settings": settings },
            { "service": "ring-count", "version": 2, "settings": { "rings": 7 } },
        ])
    );
    let listed = actor.get("/api/users/1/services").await.ok();
    assert_eq!(find(&listed, "forwarding-always"), &saved[0]);
    let events = actor.get("/api/users/1/events").await.ok();
    assert_eq!(events.as_array().unwrap().len(), 2);
    let event = &events[1];
    assert_eq!(
        (
            &event["by"],
            &event["at"],
            &event["subject"],
            &event["before"],
            &event["after"]
        ),
        (
            &json!("Sanne de Boer"),
            &json!(NOW.0),
            &json!("forwarding-always"),
            &Value::Null,
            &settings
        )
    );
}

#[tokio::test]
async fn every_fault_of_every_service_is_told() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let check = async |changes: &[Value], code: &str, expected: &[&str]| {
        let answer = actor.put("/api/users/1/services", save(changes)).await;
        assert_eq!(
            (answer.refusal(), answer.fields()),
            ((422, code), strings(expected))
        );
    };
    let rule = |more: Value| {
        let mut rule = json!({ "name": "Regel", "who": { "from": "any" } });
        rule.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({ "active": true, "number": "140", "rules": [rule] })
    };
    check(
        &[
            change(
                "forwarding-always",
                0,
                json!({ "active": true, "number": "030 555 01" }),
            ),
            change(
                "forwarding-busy",
                1,
                json!({ "active": true, "number": "nul zes" }),
            ),
            change("ring-count", 1, json!({ "rings": 1 })),
            change("anonymous-rejection", 1, json!({ "active": true })),
        ],
        "malformed",
        &[
            "forwarding-always.number: number-too-short",
            "forwarding-busy.number: number-bad-character",
            "ring-count.rings: out-of-range",
        ],
    )
    .await;
    let always = |settings| [change("forwarding-always", 0, settings)];
    check(
        &always(json!({ "active": true })),
        "malformed",
        &["forwarding-always.number: number-needed"],
    )
    .await;
    check(
        &always(json!({ "x": 1 })),
        "malformed",
        &["forwarding-always.x: unknown-field"],
    )
    .await;
    check(
        &always(json!([])),
        "malformed",
        &["forwarding-always: malformed"],
    )
    .await;
    check(
        &always(json!({ "number": "142" })),
        "malformed",
        &["forwarding-always.number: own-number"],
    )
    .await;
    check(
        &always(json!({ "number": "112" })),
        "malformed",
        &["forwarding-always.number: emergency-number"],
    )
    .await;
    let selective = |settings| [change("forwarding-selective", 1, settings)];
    let listed = json!({ "who": { "from": "listed", "numbers": ["+31 30*", "+31*5", "a"] } });
    check(
        &selective(rule(listed)),
        "malformed",
        &[
            "forwarding-selective.rules.0.numbers.1: pattern-star-not-last",
            "forwarding-selective.rules.0.numbers.2: pattern-bad-character",
        ],
    )
    .await;
    // Schedule 8 is Daan's, 3 of the other location, 2 holds holidays.
    for schedule in [8, 3, 2, 99] {
        check(
            &selective(rule(json!({ "time": { "schedule": schedule } }))),
            "malformed",
            &["forwarding-selective.rules.0.time: schedule-unknown"],
        )
        .await;
    }
    let busy = change("forwarding-busy", 1, json!({ "active": false }));
    let answer = actor
        .put("/api/users/1/services", save(&[busy.clone(), busy]))
        .await;
    assert_eq!(answer.fields(), ["changes.1.service: malformed"]);
    // Nothing of it took effect.
    assert_eq!(actor.get("/api/users/1/events").await.ok(), json!([]));
}

#[tokio::test]
async fn services_that_a_user_has_not() {
    let server = Server::start().await;
    let check = async |login: &str, user: u32, service: &str, expected: (u16, &str)| {
        let changes = [change(service, 0, json!({}))];
        let answer = server
            .actor(login)
            .await
            .put(&format!("/api/users/{user}/services"), save(&changes))
            .await;
        assert_eq!(answer.refusal(), expected, "{user} {service}");
        answer.fields()
    };
    assert_eq!(
        check(SANNE, 1, "forwarding-not-reachable", (422, "not-assigned")).await,
        ["forwarding-not-reachable: not-assigned"]
    );
    check(ENTERPRISE, 13, "forwarding-always", (422, "not-available")).await;
    check(ENTERPRISE, 13, "ring-count", (422, "not-available")).await;
    // The ring count needs no licence.
    check(ENTERPRISE, 11, "ring-count", (200, "")).await;
}

#[tokio::test]
async fn a_stale_save_shows_what_others_saved() {
    let server = Server::start().await;
    let (sanne, admin) = (server.actor(SANNE).await, server.actor(DEPARTMENT).await);
    let by_admin = [change(
        "forwarding-busy",
        1,
        json!({ "active": true, "number": "143" }),
    )];
    admin
        .put("/api/users/1/services", save(&by_admin))
        .await
        .ok();
    server.clock.advance(60);
    let by_sanne = [
        change("forwarding-busy", 1, json!({ "active": false })),
        change("do-not-disturb", 0, json!({ "active": true })),
    ];
    let answer = sanne.put("/api/users/1/services", save(&by_sanne)).await;
    assert_eq!(answer.refusal(), (409, "stale"));
    assert_eq!(
        answer.body["current"],
        json!([{
            "service": "forwarding-busy", "version": 2, "by": "Ruben Postma", "at": NOW.0,
            "settings": { "active": true, "number": "143", "voicemail": false },
        }])
    );
    let listed = sanne.get("/api/users/1/services").await.ok();
    assert_eq!(find(&listed, "do-not-disturb")["version"], 0, "all or none");
    let again = [change("forwarding-busy", 2, json!({ "active": false }))];
    sanne.put("/api/users/1/services", save(&again)).await.ok();
}

#[tokio::test]
async fn two_first_saves_do_not_overwrite_each_other() {
    let server = Server::start().await;
    let actor = server.actor(DAAN).await;
    let first = || save(&[change("do-not-disturb", 0, json!({ "active": true }))]);
    let both: [Answer; 2] = tokio::join!(
        actor.put("/api/users/3/services", first()),
        actor.put("/api/users/3/services", first())
    )
    .into();
    let mut statuses = both.map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn what_only_administrators_may_save() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let listed = sanne.get("/api/users/1/services").await.ok();
    let own = |setting: &&Value| setting["admin"] == true;
    let admin: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .filter(own)
        .map(|s| &s["service"])
        .collect();
    assert!(admin.contains(&&json!("call-center-agent")), "{admin:?}");
    assert_eq!(find(&listed, "forwarding-always").get("admin"), None);
    let settings = json!({ "override": "off" });
    let changes = [
        change("location-forwarding", 0, settings),
        change("ring-count", 1, json!({ "rings": 5 })),
    ];
    let refused = sanne.put("/api/users/1/services", save(&changes)).await;
    assert_eq!(
        (refused.refusal(), refused.fields()),
        (
            (403, "forbidden"),
            strings(&["location-forwarding: forbidden"])
        )
    );
    assert_eq!(
        find(&sanne.get("/api/users/1/services").await.ok(), "ring-count")["version"],
        1,
        "all or none"
    );
    let saved = server
        .actor(DEPARTMENT)
        .await
        .put("/api/users/1/services", save(&changes))
        .await
        .ok();
    assert_eq!(
        (&saved[0]["version"], &saved[0]["admin"]),
        (&json!(1), &json!(true))
    );
}
