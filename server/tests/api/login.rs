//! Logging in: cookies, sessions, requests from elsewhere, and guessing.

use crate::server::{
    Actor, DEPARTMENT, ENTERPRISE, LOCATION, OTHER_LOCATION, PASSWORD, SANNE, Server,
};
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
            "language": "nl", "must_set_up": false, "now": crate::server::NOW.0,
        })
    );
    let admin = server
        .actor(ENTERPRISE)
        .await
        .get("/api/session")
        .await
        .ok();
    assert_eq!(
        admin["who"],
        json!({ "role": "admin", "id": 1, "scope": { "level": "enterprise" } })
    );
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
    assert_eq!(
        actor.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    actor.cookie = Some(again.cookie());
    let end = actor.send("DELETE", "/api/session", None).await;
    assert_eq!(end.status, 204);
    assert!(
        end.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(
        actor.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    actor.cookie = Some("centrale=0000".into());
    assert_eq!(
        actor.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
}

#[tokio::test]
async fn behind_tls() {
    let settings = HttpSettings {
        secure_cookies: true,
        ..HttpSettings::default()
    };
    let server = Server::with(&[], settings).await;
    let answer = server.anonymous().log_in(SANNE, PASSWORD).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-centrale=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(
        answer
            .headers
            .contains_key(header::STRICT_TRANSPORT_SECURITY)
    );
}

#[tokio::test]
async fn behind_a_proxy_that_says_that_it_talks_tls() {
    let settings = HttpSettings {
        trust_proxy: true,
        ..HttpSettings::default()
    };
    let server = Server::with(&[], settings).await;
    let mut visitor = server.anonymous();
    let plain = visitor.log_in(SANNE, PASSWORD).await;
    assert!(
        plain.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .starts_with("centrale=")
    );
    visitor.headers.push(("x-forwarded-proto", "https".into()));
    let answer = visitor.log_in(SANNE, PASSWORD).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-centrale=") && cookie.contains("Secure"),
        "{cookie}"
    );
    // It is read over TLS only.
    visitor.cookie = Some(answer.cookie());
    assert_eq!(visitor.get("/api/session").await.status, 200);
    visitor.headers.clear();
    assert_eq!(
        visitor.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
}

#[tokio::test]
async fn sessions_end_when_they_are_not_used() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    for _ in 0..3 {
        server.clock.advance(11 * 3600);
        assert_eq!(
            actor.get("/api/session").await.status,
            200,
            "each use prolongs it"
        );
    }
    server.clock.advance(12 * 3600);
    assert_eq!(
        actor.get("/api/session").await.refusal(),
        (401, "session-ended")
    );
    let change = json!({ "changes": [] });
    assert_eq!(
        actor.put("/api/users/1/services", change).await.refusal(),
        (401, "session-ended")
    );
}

#[tokio::test]
async fn requests_from_elsewhere() {
    let server = Server::start().await;
    let mut actor = server.actor(SANNE).await;
    let body = || Body::from(json!({ "changes": [] }).to_string());
    let put =
        Request::put("/api/users/1/services").header(header::CONTENT_TYPE, "application/json");
    let without = actor.ask(put.body(body()).unwrap()).await;
    assert_eq!(without.refusal(), (403, "cross-site"));
    let check = async |actor: &crate::server::Actor<'_>, status| {
        let answer = actor
            .put("/api/users/1/services", json!({ "changes": [] }))
            .await;
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
    assert_eq!(
        answer.refusal(),
        (403, "cross-site"),
        "logging in is no exception"
    );
}

#[tokio::test]
async fn guessing_a_password_slows_down() {
    let server = Server::start().await;
    let visitor = server.anonymous();
    let fail = async || {
        let answer = visitor.log_in(SANNE, "fout").await;
        assert_eq!(answer.refusal(), (401, "login-failed"));
        assert_eq!(answer.headers.get(header::SET_COOKIE), None);
    };
    let slowed = async |password: &str, seconds: u32| {
        let answer = visitor.log_in(" SANNE", password).await;
        assert_eq!(answer.refusal(), (429, "login-locked"));
        assert_eq!(answer.body["retry_after"], seconds);
        assert_eq!(answer.headers[header::RETRY_AFTER], seconds.to_string());
    };
    for _ in 0..5 {
        fail().await;
    }
    for delay in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        slowed("fout", delay).await;
        slowed(PASSWORD, delay).await;
        server.clock.advance(i64::from(delay));
        fail().await;
    }
    server.clock.advance(299);
    slowed(PASSWORD, 1).await;
    server.clock.advance(1);
    assert_eq!(visitor.log_in(SANNE, PASSWORD).await.status, 200);
    fail().await;
}

#[tokio::test]
async fn names_that_nobody_has_are_treated_alike() {
    let server = Server::start().await;
    let visitor = server.anonymous();
    for _ in 0..5 {
        assert_eq!(
            visitor.log_in("niemand", "fout").await.refusal(),
            (401, "login-failed")
        );
    }
    assert_eq!(
        visitor.log_in("niemand", "fout").await.refusal(),
        (429, "login-locked")
    );
    assert_eq!(
        visitor.log_in(&"n".repeat(5000), "fout").await.refusal(),
        (401, "login-failed")
    );
}

/// Somebody else at an address.
fn at<'a>(server: &'a Server, address: &str) -> Actor<'a> {
    let mut visitor = server.anonymous();
    visitor.headers = vec![("x-forwarded-for", address.into())];
    visitor
}

#[tokio::test]
async fn a_stranger_keeps_nobody_out() {
    let settings = HttpSettings {
        trust_proxy: true,
        ..HttpSettings::default()
    };
    let server = Server::with(&[], settings).await;
    let known = at(&server, "198.51.100.7")
        .log_in(ENTERPRISE, PASSWORD)
        .await
        .cookies();
    let stranger = at(&server, "198.51.100.7");
    for _ in 0..23 {
        stranger.log_in(ENTERPRISE, "fout").await;
    }
    assert_eq!(
        stranger.log_in(ENTERPRISE, PASSWORD).await.refusal(),
        (429, "login-locked")
    );
    let elsewhere = at(&server, "203.0.113.9");
    assert_eq!(
        elsewhere.log_in(ENTERPRISE, PASSWORD).await.status,
        200,
        "from elsewhere"
    );
    assert_eq!(
        stranger.log_in(SANNE, PASSWORD).await.status,
        200,
        "somebody else at the address"
    );
    let mut own = at(&server, "198.51.100.7");
    own.cookie = known
        .into_iter()
        .find(|cookie| cookie.starts_with("centrale-browser="));
    assert_eq!(
        own.log_in(ENTERPRISE, PASSWORD).await.status,
        200,
        "in a known browser at the address"
    );
    // A browser is known to those who logged in there, and its own failures count.
    for _ in 0..5 {
        assert_eq!(
            own.log_in(ENTERPRISE, "fout").await.refusal(),
            (401, "login-failed")
        );
    }
    assert_eq!(
        own.log_in(ENTERPRISE, PASSWORD).await.refusal(),
        (429, "login-locked")
    );
    own.cookie = Some("centrale-browser=0000".into());
    let again = own.log_in(SANNE, PASSWORD).await.cookies();
    assert!(
        again
            .iter()
            .any(|cookie| cookie.starts_with("centrale-browser=") && cookie.len() == 17 + 64)
    );
}

#[tokio::test]
async fn the_crowd_at_nine() {
    let server = Server::start().await;
    let people: Vec<String> = server.logins().await.into_iter().take(40).collect();
    assert_eq!(people.len(), 40);
    for _ in 0..20 {
        server.anonymous().log_in("niemand", "fout").await;
    }
    let tries = people.iter().map(|login| async {
        server
            .anonymous()
            .log_in(login, PASSWORD)
            .await
            .status
            .as_u16()
    });
    assert_eq!(futures_util::future::join_all(tries).await, [200; 40]);
    // One person in many tabs at once, too.
    let tabs = (0..40).map(|_| async {
        server
            .anonymous()
            .log_in(SANNE, PASSWORD)
            .await
            .status
            .as_u16()
    });
    assert_eq!(futures_util::future::join_all(tabs).await, [200; 40]);
}

#[tokio::test]
async fn many_wrong_ones_at_once_gain_nothing() {
    let server = Server::start().await;
    let tries = (0..40).map(|_| async {
        server
            .anonymous()
            .log_in(SANNE, "fout")
            .await
            .status
            .as_u16()
    });
    let found = futures_util::future::join_all(tries).await;
    assert_eq!(
        found.iter().filter(|status| **status == 401).count(),
        5,
        "{found:?}"
    );
}

#[tokio::test]
async fn administrators_see_and_lift_locks() {
    let settings = HttpSettings {
        trust_proxy: true,
        ..HttpSettings::default()
    };
    let server = Server::with(&[], settings).await;
    let stranger = at(&server, "198.51.100.7");
    for login in [SANNE, LOCATION, "niemand"] {
        for _ in 0..5 {
            stranger.log_in(login, "fout").await;
        }
    }
    let seen = async |login: &str| {
        let locks = at(&server, "203.0.113.9")
            .log_in(login, PASSWORD)
            .await
            .cookie();
        let mut actor = server.anonymous();
        actor.cookie = Some(locks);
        let locks = actor.get("/api/locks").await.ok();
        let logins = locks
            .as_array()
            .unwrap()
            .iter()
            .map(|lock| lock["login"].as_str().unwrap().to_owned());
        logins.collect::<Vec<_>>()
    };
    assert_eq!(seen(ENTERPRISE).await, [LOCATION, "niemand", SANNE]);
    assert_eq!(seen(LOCATION).await, [SANNE]);
    assert_eq!(seen(DEPARTMENT).await, [SANNE]);
    assert_eq!(seen(OTHER_LOCATION).await, Vec::<String>::new());
    let mut admin = at(&server, "203.0.113.9");
    admin.cookie = Some(admin.log_in(ENTERPRISE, PASSWORD).await.cookie());
    let locks = admin.get("/api/locks").await.ok();
    assert_eq!(
        locks[2],
        json!({
            "account": "user-1", "login": "sanne", "name": "Sanne de Boer", "failures": 5, "seconds": 1,
            "source": { "from": "address", "address": "198.51.100.7" }, "last_at": crate::server::NOW.0,
        })
    );
    assert_eq!(
        stranger.log_in(SANNE, PASSWORD).await.refusal(),
        (429, "login-locked")
    );
    assert_eq!(
        admin
            .send("DELETE", "/api/accounts/user-1/locks", None)
            .await
            .status,
        204
    );
    assert_eq!(stranger.log_in(SANNE, PASSWORD).await.status, 200);
    assert_eq!(
        admin.get("/api/locks").await.ok().as_array().unwrap().len(),
        2
    );
    for path in [
        "/api/accounts/user-999/locks",
        "/api/accounts/sanne/locks",
        "/api/accounts/admin-99/locks",
    ] {
        assert_eq!(
            admin.send("DELETE", path, None).await.refusal(),
            (404, "not-found"),
            "{path}"
        );
    }
}
