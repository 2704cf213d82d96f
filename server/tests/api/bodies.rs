//! What arrives and cannot be read is told at its field, and nothing of it takes effect.

use crate::server::{Actor, SANNE, Server, strings};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

async fn put_raw(actor: &Actor<'_>, kind: &str, body: String) -> (u16, String) {
    let request = Request::put("/api/users/1/services")
        .header("x-centrale", "1")
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body))
        .unwrap();
    let answer = actor.ask(request).await;
    (answer.status.as_u16(), answer.refusal().1.to_owned())
}

#[tokio::test]
async fn bodies_that_are_not_what_is_asked_for() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let check = async |kind: &str, body: &str, status: u16, code: &str| {
        assert_eq!(
            put_raw(&actor, kind, body.to_owned()).await,
            (status, code.to_owned()),
            "{kind} {body:.40}"
        );
    };
    check("application/json", "{", 400, "body-malformed").await;
    check("application/json", "", 400, "body-malformed").await;
    check("application/json", "[]", 400, "body-malformed").await;
    check(
        "application/json",
        r#"{"changes":[]} x"#,
        400,
        "body-malformed",
    )
    .await;
    check("text/plain", r#"{"changes":[]}"#, 400, "body-malformed").await;
    check(
        "application/json; charset=utf-8",
        r#"{"changes":[]}"#,
        200,
        "",
    )
    .await;
    let large = format!(r#"{{"changes":[],"more":"{}"}}"#, "x".repeat(1024 * 1024));
    check("application/json", &large, 413, "body-too-large").await;
    let answer = actor
        .put("/api/users/1/services", json!({ "more": large }))
        .await;
    assert_eq!(
        answer.headers["connection"], "close",
        "the rest of the body is not read"
    );
    let deep = "[".repeat(100_000);
    check("application/json", &deep, 400, "body-malformed").await;
}

#[tokio::test]
async fn faults_stand_at_their_field() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let check = async |method: &str, path: &str, body: Value, expected: &[&str]| {
        let answer = actor.send(method, path, Some(body)).await;
        assert_eq!(
            (answer.refusal(), answer.fields()),
            ((400, "body-malformed"), strings(expected))
        );
    };
    let change = |more: Value| {
        let mut change = json!({ "service": "do-not-disturb", "version": 0, "settings": {} });
        change
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({ "changes": [change] })
    };
    let services = "/api/users/1/services";
    check(
        "PUT",
        services,
        change(json!({ "colour": "red" })),
        &["changes.0.colour: unknown-field"],
    )
    .await;
    check(
        "PUT",
        services,
        change(json!({ "service": "x" })),
        &["changes.0.service: malformed"],
    )
    .await;
    check(
        "PUT",
        services,
        change(json!({ "version": "new" })),
        &["changes.0.version: malformed"],
    )
    .await;
    check("PUT", services, json!({}), &["changes: empty"]).await;
    let schedule =
        |block: Value| json!({ "name": "Uren", "kind": { "type": "time", "blocks": [block] } });
    let schedules = "/api/users/1/schedules";
    let block = json!({ "start": "mon 08:00", "end": "mon 25:00" });
    check(
        "POST",
        schedules,
        schedule(block),
        &["kind.blocks.0.end: malformed"],
    )
    .await;
    check(
        "POST",
        schedules,
        schedule(json!({ "start": "mon 08:00" })),
        &["kind.blocks.0.end: empty"],
    )
    .await;
    let simulate = "/api/users/1/simulate";
    check(
        "POST",
        simulate,
        json!({ "dialled": "140", "at": "now" }),
        &["at: malformed"],
    )
    .await;
    let caller = json!({ "dialled": "140", "caller": { "number": "+0" } });
    check("POST", simulate, caller, &["caller.number: malformed"]).await;
    let answer = actor.get("/api/users/1/slice?alzo=140").await;
    assert_eq!(answer.fields(), ["alzo: unknown-field"]);
}

/// Texts that a database may refuse, or that nobody sees, are told at their field before anything is asked or stored:
/// in bodies, queries and paths, with and without a session.
#[tokio::test]
async fn texts_that_none_may_be() {
    let server = Server::start().await;
    for text in ["\0", "anna\0", "a\u{7}", "a\u{7f}b", "\u{85}", "a\nb"] {
        let login = server
            .anonymous()
            .send(
                "POST",
                "/api/session",
                Some(json!({"login": text, "password": "x"})),
            )
            .await;
        assert_eq!(
            (login.refusal(), login.fields()),
            ((422, "malformed"), strings(&["login: text-control"])),
            "{text:?}"
        );
        let password = json!({"login": SANNE, "password": text});
        let password = server
            .anonymous()
            .send("POST", "/api/session", Some(password))
            .await;
        assert_eq!(
            password.fields(),
            strings(&["password: text-control"]),
            "{text:?}"
        );
    }
    let actor = server.actor(crate::server::ENTERPRISE).await;
    let part = |name: &str| json!({"part": {"kind": "pickup-group", "content": {"id": 0, "name": name, "location": 1, "members": []}}});
    for (name, code) in [
        ("a\0", "text-control"),
        ("\u{200b}\u{202e}", "text-invisible"),
        ("\u{feff} ", "text-invisible"),
    ] {
        let answer = actor.send("POST", "/api/parts", Some(part(name))).await;
        let expected = strings(&[&format!("part.content.name: {code}")]);
        assert_eq!(
            (answer.refusal(), answer.fields()),
            ((422, "malformed"), expected),
            "{name:?}"
        );
    }
    let key = actor
        .send("POST", "/api/parts", Some(json!({"a\0": 1})))
        .await;
    assert_eq!(key.fields(), strings(&[": text-control"]));
    let search = actor.get("/api/users?search=a%00").await;
    assert_eq!(
        (search.refusal(), search.fields()),
        ((400, "body-malformed"), strings(&["search: text-control"]))
    );
    let unseen = actor.get("/api/users?search=%E2%80%8B").await;
    assert_eq!(unseen.fields(), strings(&["search: text-invisible"]));
    assert_eq!(
        actor.get("/api/users/1%00").await.refusal(),
        (404, "not-found")
    );
    assert_eq!(actor.get("/api/users?search=Zo%C3%AB").await.status, 200);
}
