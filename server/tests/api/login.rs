//! Logging in: cookies, sessions, requests from elsewhere, and guessing.

use crate::server::{ENTERPRISE, PASSWORD, SANNE, Server};
use axum::body::Body;
use axum::http::{Request, header};
use centrale_server::state::HttpSettings;
use serde_json::json;

#[tokio::test]
async fn who_is_logged_in() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let session = sanne.get("/api/session").await.ok();
    assert_eq!(
        session,
        json!({
            "who": { "role": "user", "id": 1 }, "name": "Sanne de Boer", "enterprise": "Van Dijk Logistiek",
            "language": "nl", "now": crate::server::NOW.0,
        })
    );
    let admin = server.actor(ENTERPRISE).await.get("/api/session").await.ok();
    assert_eq!(admin["who"], json!({ "role": "admin", "id": 1, "scope": { "level": "enterprise" } }));
}

#[tokio::test]
async fn the_cookie_and_what_it_is_good_for() {
    let server = Server::start().await;
    let answer = server.anonymous().log_in("Sanne ", PASSWORD).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"));
    let mut actor = server.anonymous();
    actor.cookie = Some(answer.cookie());
    assert_eq!(actor.get("/api/session").await.status, 200);

    // Logging in again in the same browser ends the session that was there.
    let again = actor.log_in(SANNE, PASSWORD).await;
    assert_ne!(again.cookie(), answer.cookie());
    assert_eq!(actor.get("/api/session").await.refusal(), (401, "session-ended"));
    actor.cookie = Some(again.cookie());
    let end = actor.send("DELETE", "/api/session", None).await;
    assert_eq!(end.status, 204);
    assert!(end.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(actor.get("/api/session").await.refusal(), (401, "session-ended"));
    actor.cookie = Some("centrale=0000".into());
    assert_eq!(actor.get("/api/session").await.refusal(), (401, "session-ended"));
}

#[tokio::test]
async fn behind_tls() {
    let settings = HttpSettings { secure_cookies: true, ..HttpSettings::default() };
    let server = Server::with(&[], settings).await;
    let answer = server.anonymous().log_in(SANNE, PASSWORD).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-centrale=") && cookie.contains("Secure"), "{cookie}");
    assert!(answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn sessions_end_when_they_are_not_used() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    for _ in 0..3 {
        server.clock.advance(11 * 3600);
        assert_eq!(actor.get("/api/session").await.status, 200, "each use prolongs it");
    }
    server.clock.advance(12 * 3600);
    assert_eq!(actor.get("/api/session").await.refusal(), (401, "session-ended"));
    let change = json!({ "changes": [] });
    assert_eq!(actor.put("/api/users/1/services", change).await.refusal(), (401, "session-ended"));
}

#[tokio::test]
async fn requests_from_elsewhere() {
    let server = Server::start().await;
    let mut actor = server.actor(SANNE).await;
    let body = || Body::from(json!({ "changes": [] }).to_string());
    let put = Request::put("/api/users/1/services").header(header::CONTENT_TYPE, "application/json");
    let without = actor.ask(put.body(body()).unwrap()).await;
    assert_eq!(without.refusal(), (403, "cross-site"));
    let check = async |actor: &crate::server::Actor<'_>, status| {
        let answer = actor.put("/api/users/1/services", json!({ "changes": [] })).await;
        assert_eq!(answer.status, status, "{:?}", actor.headers);
    };
    check(&actor, 200).await;
    for (name, value, status) in [
        ("sec-fetch-site", "same-origin", 200),
        ("sec-fetch-site", "cross-site", 403),
        ("origin", "https://elsewhere.example", 403),
    ] {
        actor.headers = vec![(name, value.into())];
        check(&actor, status).await;
    }
    let login = server.anonymous();
    let post = Request::post("/api/session").header(header::CONTENT_TYPE, "application/json");
    let answer = login.ask(post.body(Body::from("{}")).unwrap()).await;
    assert_eq!(answer.refusal(), (403, "cross-site"), "logging in is no exception");
}

#[tokio::test]
async fn guessing_a_password_slows_down_and_locks() {
    let server = Server::start().await;
    let visitor = server.anonymous();
    let fail = async || {
        let answer = visitor.log_in(SANNE, "fout").await;
        assert_eq!(answer.refusal(), (401, "login-failed"));
        assert_eq!(answer.headers.get(header::SET_COOKIE), None);
    };
    let locked = async |password: &str, seconds: u32| {
        let answer = visitor.log_in(" SANNE", password).await;
        assert_eq!(answer.refusal(), (429, "login-locked"));
        assert_eq!(answer.body["retry_after"], seconds);
        assert_eq!(answer.headers[header::RETRY_AFTER], seconds.to_string());
    };
    for _ in 0..5 {
        fail().await;
    }
    for delay in [1, 2, 4, 8, 16] {
        locked("fout", delay).await;
        locked(PASSWORD, delay).await;
        server.clock.advance(i64::from(delay));
        fail().await;
    }
    locked(PASSWORD, 900).await;
    server.clock.advance(899);
    locked(PASSWORD, 1).await;
    // Others are not kept out.
    assert_eq!(visitor.log_in("daan.visser", PASSWORD).await.status, 200);
    server.clock.advance(1);
    assert_eq!(visitor.log_in(SANNE, PASSWORD).await.status, 200);
    fail().await;
}

#[tokio::test]
async fn names_that_nobody_has_are_treated_alike() {
    let server = Server::start().await;
    let visitor = server.anonymous();
    for _ in 0..5 {
        assert_eq!(visitor.log_in("niemand", "fout").await.refusal(), (401, "login-failed"));
    }
    assert_eq!(visitor.log_in("niemand", "fout").await.refusal(), (429, "login-locked"));
    assert_eq!(visitor.log_in(&"n".repeat(5000), "fout").await.refusal(), (401, "login-failed"));
}

#[tokio::test]
async fn an_address_that_tries_many_names_is_slowed_down() {
    let settings = HttpSettings { trust_proxy: true, ..HttpSettings::default() };
    let server = Server::with(&[], settings).await;
    let mut visitor = server.anonymous();
    visitor.headers = vec![("x-forwarded-for", "198.51.100.7".into())];
    for user in 0..20 {
        let answer = visitor.log_in(&format!("gok{user}"), "fout").await;
        assert_eq!(answer.refusal(), (401, "login-failed"));
    }
    let answer = visitor.log_in(SANNE, PASSWORD).await;
    assert_eq!((answer.refusal(), answer.body["retry_after"].as_u64()), ((429, "login-locked"), Some(1)));
    visitor.headers = vec![("x-forwarded-for", "198.51.100.8".into())];
    assert_eq!(visitor.log_in(SANNE, PASSWORD).await.status, 200);
}
