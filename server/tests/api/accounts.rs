//! Passwords, second factors, sessions and blocks, and what is kept of them.

use crate::server::{Actor, ENTERPRISE, LOCATION, NOW, PASSWORD, SANNE, Server};
use axum::http::header;
use serde_json::{Value, json};
use totp_rs::{Algorithm, Secret, TOTP};

const NEW: &str = "kraan molen zwaluw";

/// The code that an app with the secret shows.
fn code(server: &Server, secret: &str) -> String {
    let seed = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let totp = TOTP::new(Algorithm::SHA1, 6, 1, 30, seed, None, String::new()).unwrap();
    totp.generate((server.now().0 / 1000).unsigned_abs())
}

/// Sets up a second factor; the secret and the recovery codes.
async fn set_up(server: &Server, actor: &Actor<'_>) -> (String, Vec<String>) {
    let seed = actor
        .post("/api/own/second-factor", json!({ "password": PASSWORD }))
        .await
        .ok();
    let secret = seed["secret"].as_str().unwrap().to_owned();
    let confirm = json!({ "code": code(server, &secret) });
    let codes = actor.put("/api/own/second-factor", confirm).await.ok();
    (
        secret,
        codes["codes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap().to_owned())
            .collect(),
    )
}

async fn log_in_with(server: &Server, login: &str, code: &str) -> crate::server::Answer {
    let body = json!({ "login": login, "password": PASSWORD, "code": code });
    server.anonymous().post("/api/session", body).await
}

#[tokio::test]
async fn a_password_is_changed_and_all_other_sessions_end() {
    let server = Server::start().await;
    let (sanne, other) = (server.actor(SANNE).await, server.actor(SANNE).await);
    let mut watching = other.watch().await;
    watching.next().await.unwrap();
    let change = async |current: &str, new: &str| {
        sanne
            .put(
                "/api/own/password",
                json!({ "current": current, "new": new }),
            )
            .await
    };
    let refused = async |current: &str, new: &str, expected: &str| {
        let answer = change(current, new).await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, vec![expected.to_owned()])
        );
    };
    refused(PASSWORD, PASSWORD, "new: password-same").await;
    refused("fout", NEW, "current: password-wrong").await;
    refused(PASSWORD, "kraan", "new: password-too-short").await;
    refused(
        PASSWORD,
        &"kraan molen ".repeat(20),
        "new: password-too-long",
    )
    .await;
    refused(PASSWORD, "mijn sanne 1974 kraan", "new: password-own-word").await;
    refused(
        PASSWORD,
        "kraan logistiek 7 molen",
        "new: password-own-word",
    )
    .await;
    refused(PASSWORD, "wachtwoord123", "new: password-common").await;
    refused(PASSWORD, "qwertyuiop12", "new: password-common").await;
    assert_eq!(change(PASSWORD, NEW).await.status, 204);
    assert_eq!(
        sanne.get("/api/session").await.status,
        200,
        "the session that asks stays"
    );
    assert_eq!(
        other.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    while watching.next().await.is_some() {}
    assert_eq!(
        server.anonymous().log_in(SANNE, PASSWORD).await.refusal(),
        (401, "login-failed")
    );
    assert_eq!(server.anonymous().log_in(SANNE, NEW).await.status, 200);
    // Guessing at the current one is slowed down like logging in.
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(change("fout", "kraan molen zwaluw 2").await.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
}

#[tokio::test]
async fn a_link_chooses_a_password_once() {
    let server = Server::start().await;
    let mut admin = server.actor(LOCATION).await;
    let sanne = server.actor(SANNE).await;
    admin.headers = vec![
        ("host", "centrale.example".into()),
        ("origin", "https://centrale.example".into()),
    ];
    let first = admin
        .send("POST", "/api/accounts/user-1/reset", None)
        .await
        .ok();
    let made = admin
        .send("POST", "/api/accounts/user-1/reset", None)
        .await
        .ok();
    let token = |made: &Value| {
        let link = made["link"].as_str().unwrap().to_owned();
        link.strip_prefix("https://centrale.example/password#")
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        (&made["mailed"], &made["until"]),
        (&json!(false), &json!(NOW.plus_seconds(86_400)))
    );
    let choose = async |token: &str, password: &str| {
        server
            .anonymous()
            .post(
                "/api/password",
                json!({ "token": token, "password": password }),
            )
            .await
    };
    assert_eq!(
        choose(&token(&first), NEW).await.refusal(),
        (422, "link-ended"),
        "the later takes its place"
    );
    for _ in 0..5 {
        server.anonymous().log_in(SANNE, "fout").await;
    }
    assert_eq!(
        choose(&token(&made), "sanne kraan molen").await.fields(),
        ["password: password-own-word"]
    );
    assert_eq!(choose(&token(&made), NEW).await.status, 204);
    assert_eq!(
        choose(&token(&made), "kraan molen zwaluw 2")
            .await
            .refusal(),
        (422, "link-ended")
    );
    assert_eq!(
        sanne.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    assert_eq!(
        server.anonymous().log_in(SANNE, NEW).await.status,
        200,
        "and nobody waits any more"
    );
    let late = admin
        .send("POST", "/api/accounts/user-1/reset", None)
        .await
        .ok();
    server.clock.advance(86_400);
    assert_eq!(
        choose(&token(&late), "kraan molen zwaluw 2")
            .await
            .refusal(),
        (422, "link-ended")
    );
}

#[tokio::test]
async fn a_second_factor_is_asked_and_no_code_is_taken_twice() {
    let server = Server::start().await;
    let (sanne, other) = (server.actor(SANNE).await, server.actor(SANNE).await);
    let path = "/api/own/second-factor";
    let wrong = sanne.post(path, json!({ "password": "fout" })).await;
    assert_eq!(wrong.fields(), ["password: password-wrong"]);
    sanne.post(path, json!({ "password": PASSWORD })).await.ok();
    assert_eq!(
        sanne.put(path, json!({ "code": "000000" })).await.fields(),
        ["code: second-factor-wrong"]
    );
    assert_eq!(
        log_in_with(&server, SANNE, "").await.status,
        200,
        "it is not asked until it is confirmed"
    );
    let (secret, codes) = set_up(&server, &sanne).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(
        other.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    assert_eq!(
        sanne
            .post(path, json!({ "password": PASSWORD }))
            .await
            .refusal(),
        (409, "second-factor-there")
    );
    let state = sanne.get(path).await.ok();
    assert_eq!(
        state,
        json!({ "since": NOW, "recovery_codes": 10, "required": false })
    );

    let refused = async |code: &str, expected: &str| {
        let answer = log_in_with(&server, SANNE, code).await;
        assert_eq!(answer.refusal(), (401, expected), "{code}");
        assert_eq!(answer.headers.get(header::SET_COOKIE), None);
    };
    refused("", "second-factor-needed").await;
    refused(&code(&server, &secret), "second-factor-wrong").await;
    server.clock.advance(30);
    let now = code(&server, &secret);
    assert_eq!(log_in_with(&server, SANNE, &now).await.status, 200);
    refused(&now, "second-factor-wrong").await;
    assert_eq!(
        log_in_with(&server, SANNE, &codes[3].to_uppercase())
            .await
            .status,
        200
    );
    refused(&codes[3], "second-factor-wrong").await;
    assert_eq!(sanne.get(path).await.ok()["recovery_codes"], 9);
    // The seed is nowhere in the database as it is.
    let kept = server.store().await.sealed().await.unwrap();
    assert!(kept.len() == 1 && !kept[0].text.contains(&secret));

    let removed = sanne.delete(path, json!({ "password": PASSWORD })).await;
    assert_eq!(removed.status, 204);
    assert_eq!(log_in_with(&server, SANNE, "").await.status, 200);
}

#[tokio::test]
async fn guessing_codes_slows_down_from_everywhere() {
    let settings = centrale_server::state::HttpSettings {
        trust_proxy: true,
        ..centrale_server::state::HttpSettings::default()
    };
    let server = Server::with(&[], settings).await;
    let (secret, _) = set_up(&server, &server.actor(SANNE).await).await;
    let mut statuses = Vec::new();
    for address in 0..6 {
        let mut stranger = server.anonymous();
        stranger.headers = vec![("x-forwarded-for", format!("198.51.100.{address}"))];
        let body = json!({ "login": SANNE, "password": PASSWORD, "code": "000000" });
        statuses.push(stranger.post("/api/session", body).await.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
    server.clock.advance(30);
    assert_eq!(
        log_in_with(&server, SANNE, &code(&server, &secret))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn administrators_may_need_a_second_factor() {
    let server = Server::start().await;
    let (enterprise, location) = (server.actor(ENTERPRISE).await, server.actor(LOCATION).await);
    let policy = json!({ "version": 0, "admins_need_second_factor": true });
    assert_eq!(
        enterprise
            .put("/api/security/policy", policy.clone())
            .await
            .ok()["version"],
        1
    );
    for actor in [&enterprise, &location] {
        assert_eq!(
            actor.get("/api/users").await.refusal(),
            (403, "second-factor-missing")
        );
        assert_eq!(actor.get("/api/session").await.ok()["must_set_up"], true);
    }
    assert_eq!(
        server.actor(SANNE).await.get("/api/users/1").await.status,
        200
    );
    set_up(&server, &enterprise).await;
    assert_eq!(enterprise.get("/api/users").await.status, 200);
    assert_eq!(
        enterprise
            .put("/api/security/policy", policy)
            .await
            .refusal(),
        (409, "stale")
    );
    let remove = enterprise
        .delete("/api/own/second-factor", json!({ "password": PASSWORD }))
        .await;
    assert_eq!(
        remove.refusal(),
        (403, "second-factor-missing"),
        "as long as it is needed"
    );
    // Who lost it asks who is above them.
    set_up(&server, &location).await;
    let lost = "/api/accounts/admin-2/second-factor";
    assert_eq!(
        location.send("DELETE", lost, None).await.refusal(),
        (404, "not-found")
    );
    assert_eq!(enterprise.send("DELETE", lost, None).await.status, 204);
    assert_eq!(
        location.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    let own = enterprise
        .send("DELETE", "/api/accounts/admin-1/second-factor", None)
        .await;
    assert_eq!(own.refusal(), (422, "own-account"));
}

#[tokio::test]
async fn blocked_accounts() {
    let server = Server::start().await;
    let (admin, sanne) = (server.actor(ENTERPRISE).await, server.actor(SANNE).await);
    let mut watching = sanne.watch().await;
    let block = async |account: &str, blocked: bool| {
        admin
            .put(
                &format!("/api/accounts/{account}/blocked"),
                json!({ "blocked": blocked }),
            )
            .await
    };
    assert_eq!(block("admin-1", true).await.refusal(), (422, "own-account"));
    let state = block("user-1", true).await.ok();
    assert_eq!(
        (&state["blocked_at"], &state["sessions"]),
        (&json!(NOW), &json!(0))
    );
    assert_eq!(
        sanne.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    while watching.next().await.is_some() {}
    assert_eq!(
        server.anonymous().log_in(SANNE, PASSWORD).await.refusal(),
        (403, "account-blocked")
    );
    assert_eq!(
        server.anonymous().log_in(SANNE, "fout").await.refusal(),
        (401, "login-failed")
    );
    assert_eq!(block("user-1", false).await.ok()["blocked_at"], Value::Null);
    assert_eq!(server.anonymous().log_in(SANNE, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let server = Server::start().await;
    let mut phone = server.anonymous();
    phone.headers = vec![("user-agent", "A phone".into())];
    phone.cookie = Some(phone.log_in(SANNE, PASSWORD).await.cookie());
    server.clock.advance(60);
    let (desk, third) = (server.actor(SANNE).await, server.actor(SANNE).await);
    server.actor("daan.visser").await;
    let list = desk.get("/api/own/sessions").await.ok();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 3);
    assert_eq!(
        (&list[0]["current"], &list[0]["since"]),
        (&json!(true), &json!(NOW.plus_seconds(60)))
    );
    let of_phone = list
        .iter()
        .find(|session| session["browser"] == "A phone")
        .unwrap();
    assert_eq!(
        (&of_phone["current"], &of_phone["since"]),
        (&json!(false), &json!(NOW))
    );
    let path = format!("/api/own/sessions/{}", of_phone["id"].as_str().unwrap());
    assert_eq!(
        server
            .actor("daan.visser")
            .await
            .send("DELETE", &path, None)
            .await
            .refusal(),
        (404, "not-found")
    );
    assert_eq!(desk.send("DELETE", &path, None).await.status, 204);
    assert_eq!(
        phone.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    let mut watching = third.watch().await;
    assert_eq!(
        desk.send("DELETE", "/api/own/sessions", None).await.status,
        204
    );
    while watching.next().await.is_some() {}
    assert_eq!(
        third.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    assert_eq!(
        desk.get("/api/own/sessions")
            .await
            .ok()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn no_session_is_older_than_thirty_days() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    for _ in 0..71 {
        server.clock.advance(10 * 3600);
        assert_eq!(sanne.get("/api/session").await.status, 200);
    }
    server.clock.advance(10 * 3600 - 1);
    assert_eq!(sanne.get("/api/session").await.status, 200);
    server.clock.advance(1);
    assert_eq!(
        sanne.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
}

#[tokio::test]
async fn the_log_of_changes_is_looked_through() {
    let log = async |server: &Server| {
        server
            .actor(ENTERPRISE)
            .await
            .get("/api/security/log")
            .await
            .ok()
    };
    let server = Server::start().await;
    assert_eq!(
        log(&server).await,
        json!({ "events": 0, "last": { "id": 0, "hash": "" }, "faults": [] })
    );
    let dnd = json!({ "active": true, "ring_splash": false });
    let save =
        json!({ "changes": [{ "service": "do-not-disturb", "version": 0, "settings": dnd }] });
    server
        .actor(SANNE)
        .await
        .put("/api/users/1/services", save)
        .await
        .ok();
    let found = log(&server).await;
    assert_eq!(
        (&found["events"], &found["last"]["id"], &found["faults"]),
        (&json!(1), &json!(1), &json!([]))
    );
    let added = "INSERT INTO events (id, at, account_id, by_name, owner, owner_id, subject)
                 VALUES (1, 5, 1, 'Ada', 'user', 1, 'passcode')";
    let found = log(&Server::meddled(&[added]).await).await;
    assert_eq!(
        found["faults"],
        json!([{ "fault": "does-not-follow", "id": 1, "after": 0 }])
    );
}

#[tokio::test]
async fn what_happens_to_accounts_is_kept_without_secrets() {
    let server = Server::start().await;
    let (admin, sanne) = (server.actor(ENTERPRISE).await, server.actor(SANNE).await);
    for _ in 0..7 {
        server.anonymous().log_in(SANNE, "geheim fout").await;
    }
    server.anonymous().log_in("niemand", "geheim fout").await;
    sanne
        .put(
            "/api/own/password",
            json!({ "current": PASSWORD, "new": NEW }),
        )
        .await;
    admin
        .send("DELETE", "/api/accounts/user-1/locks", None)
        .await;
    admin
        .put(
            "/api/own/password",
            json!({ "current": PASSWORD, "new": NEW }),
        )
        .await
        .ok();
    admin
        .send("POST", "/api/accounts/user-3/reset", None)
        .await
        .ok();
    admin
        .put("/api/accounts/user-3/blocked", json!({ "blocked": true }))
        .await
        .ok();
    admin.get("/api/organisation/export").await.ok();
    sanne.send("DELETE", "/api/session", None).await;
    let answer = admin.get("/api/security/events").await;
    for secret in ["geheim", PASSWORD, NEW, "password#"] {
        assert!(!answer.text.contains(secret), "{secret}");
    }
    let events = answer.ok();
    let told = |event: &Value| {
        let text = |name: &str| event[name].as_str().unwrap_or("-").to_owned();
        format!(
            "{} {} {} {} {}",
            text("kind"),
            text("login"),
            text("account"),
            text("by"),
            event["count"]
        )
    };
    let told: Vec<String> = events.as_array().unwrap().iter().map(told).collect();
    assert_eq!(
        told,
        [
            "log-out sanne user-1  1",
            "exported beheer admin-1  1",
            "blocked daan.visser user-3 Marieke van Dijk 1",
            "reset-made daan.visser user-3 Marieke van Dijk 1",
            "password-changed beheer admin-1  1",
            "lock-lifted sanne user-1 Marieke van Dijk 1",
            "log-in-refused niemand -  1",
            "log-in-slowed sanne user-1  2",
            "log-in-refused sanne user-1  5",
            "log-in sanne user-1  1",
            "log-in beheer admin-1  1",
        ]
    );
    let before = events[9]["id"].as_u64().unwrap();
    let page = admin
        .get(&format!("/api/security/events?before={before}"))
        .await
        .ok();
    assert_eq!(page.as_array().unwrap().len(), 1);
}
