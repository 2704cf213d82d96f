//! Every endpoint and every role.

use crate::server::{
    DAAN, DEPARTMENT, ENTERPRISE, LOCATION, OTHER_DEPARTMENT, OTHER_LOCATION, SANNE, Server,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An endpoint, a request that is right, and the status that each actor gets: nobody, Sanne herself, a colleague, the
/// administrator of her department, of another department, of her location, of another location, of the enterprise.
struct Row {
    method: &'static str,
    template: &'static str,
    path: &'static str,
    body: Value,
    expected: [u16; 8],
}

const ACTORS: [Option<&str>; 8] = [
    None,
    Some(SANNE),
    Some(DAAN),
    Some(DEPARTMENT),
    Some(OTHER_DEPARTMENT),
    Some(LOCATION),
    Some(OTHER_LOCATION),
    Some(ENTERPRISE),
];

const PUBLIC: [u16; 8] = [200; 8];
const LOGGED_IN: [u16; 8] = [401, 200, 200, 200, 200, 200, 200, 200];
const ADMIN: [u16; 8] = [401, 403, 403, 200, 200, 200, 200, 200];
const OF_SANNE: [u16; 8] = [401, 200, 404, 200, 404, 200, 404, 200];
const OF_SANNE_NOTHING: [u16; 8] = [401, 204, 404, 204, 404, 204, 404, 204];
const LOGGED_IN_NOTHING: [u16; 8] = [401, 204, 204, 204, 204, 204, 204, 204];
const OWN_NONE: [u16; 8] = [401, 404, 404, 404, 404, 404, 404, 404];
const OWN_REFUSED: [u16; 8] = [401, 422, 422, 422, 422, 422, 422, 422];
const ADMIN_SEES_SANNE: [u16; 8] = [401, 403, 403, 200, 404, 200, 404, 200];
const ADMIN_OF_SANNE: [u16; 8] = [401, 403, 403, 204, 404, 204, 404, 204];
// The administrator of a department of Utrecht.
const ABOVE_ADMIN: [u16; 8] = [401, 403, 403, 404, 404, 204, 404, 204];
const OF_UTRECHT: [u16; 8] = [401, 403, 403, 403, 403, 200, 404, 200];
const ENTERPRISE_ONLY: [u16; 8] = [401, 403, 403, 403, 403, 403, 403, 200];
const ADMIN_OF_NOTHING: [u16; 8] = [401, 403, 403, 404, 404, 404, 404, 404];
const NO_MAIL: [u16; 8] = [401, 403, 403, 403, 403, 403, 403, 404];
// Asking from a phone of a location that one does not know.
const KNOW_UTRECHT: [u16; 8] = [401, 403, 403, 200, 422, 200, 422, 200];
// Sanne and Daan work for the call center.
const OF_CENTER: [u16; 8] = [401, 200, 200, 404, 404, 200, 404, 200];
const FORCES: [u16; 8] = [401, 403, 403, 404, 404, 200, 404, 200];
// Where a save is allowed it is stale, so that every actor finds the same thing.
const SANNES_SCHEDULE: [u16; 8] = [401, 409, 404, 409, 404, 409, 404, 409];
// Where a file is read there is none, so that every actor finds the same thing.
const SANNES_FILE: [u16; 8] = [401, 422, 404, 422, 404, 422, 404, 422];
const UTRECHTS_SCHEDULE: [u16; 8] = [401, 403, 403, 403, 404, 409, 404, 409];
const UTRECHTS_SITE: [u16; 8] = [401, 403, 403, 404, 404, 200, 404, 200];
const UTRECHTS_SITE_SAVE: [u16; 8] = [401, 403, 403, 404, 404, 404, 404, 404];
const UTRECHTS_GROUP: [u16; 8] = [401, 403, 403, 403, 403, 200, 404, 200];
const UTRECHTS_NONE: [u16; 8] = [401, 403, 403, 403, 403, 404, 404, 404];

fn rows() -> Vec<Row> {
    let row = |method, template, path, body, expected| Row {
        method,
        template,
        path,
        body,
        expected,
    };
    let get = |template, path, expected| row("GET", template, path, Value::Null, expected);
    let plain = |path, expected| get(path, path, expected);
    let block = json!({ "type": "time", "blocks": [{ "start": "mon 08:00", "end": "mon 12:00" }] });
    let new = json!({ "name": "Nieuw ACTOR", "kind": block });
    let stale = json!({ "version": 999, "name": "Nieuw", "kind": block });
    let seen = json!({ "version": 999 });
    let schedule = "/api/schedules/{schedule}";
    let of_location = "/api/locations/{location}/schedules";
    let pickup = json!({ "kind": "pickup-group", "content": { "id": 0, "location": 1, "name": "Groep ACTOR" } });
    let site = json!({ "kind": "site", "content": { "location": 1, "settings": {} } });
    let again = json!({ "password": crate::server::PASSWORD });
    let login = json!({ "login": SANNE, "password": crate::server::PASSWORD });
    vec![
        plain("/api/health", PUBLIC),
        row("POST", "/api/session", "/api/session", login, PUBLIC),
        plain("/api/session", LOGGED_IN),
        row(
            "DELETE",
            "/api/session",
            "/api/session",
            Value::Null,
            [204; 8],
        ),
        row(
            "PUT",
            "/api/own/password",
            "/api/own/password",
            json!({ "current": "kraan", "new": "kraan" }),
            OWN_REFUSED,
        ),
        plain("/api/own/sessions", LOGGED_IN),
        row(
            "DELETE",
            "/api/own/sessions",
            "/api/own/sessions",
            Value::Null,
            LOGGED_IN_NOTHING,
        ),
        row(
            "DELETE",
            "/api/own/sessions/{session}",
            "/api/own/sessions/0000",
            Value::Null,
            OWN_NONE,
        ),
        plain("/api/own/second-factor", LOGGED_IN),
        row(
            "POST",
            "/api/own/second-factor",
            "/api/own/second-factor",
            again.clone(),
            LOGGED_IN,
        ),
        row(
            "PUT",
            "/api/own/second-factor",
            "/api/own/second-factor",
            json!({ "code": "0" }),
            OWN_NONE,
        ),
        row(
            "DELETE",
            "/api/own/second-factor",
            "/api/own/second-factor",
            again,
            OWN_NONE,
        ),
        row(
            "POST",
            "/api/password",
            "/api/password",
            json!({ "token": "0000", "password": "kraan molen zwaluw" }),
            [422; 8],
        ),
        row(
            "POST",
            "/api/users/{user}/devices/{device}/secret",
            "/api/users/1/devices/1/secret",
            Value::Null,
            ADMIN_SEES_SANNE,
        ),
        plain("/api/security/policy", ENTERPRISE_ONLY),
        row(
            "PUT",
            "/api/security/policy",
            "/api/security/policy",
            json!({ "version": 0, "admins_need_second_factor": false }),
            ENTERPRISE_ONLY,
        ),
        plain("/api/security/events", ENTERPRISE_ONLY),
        plain("/api/security/log", ENTERPRISE_ONLY),
        get(
            "/api/accounts/{account}",
            "/api/accounts/user-1",
            ADMIN_SEES_SANNE,
        ),
        row(
            "PUT",
            "/api/accounts/{account}/blocked",
            "/api/accounts/user-1/blocked",
            json!({ "blocked": false }),
            ADMIN_SEES_SANNE,
        ),
        row(
            "POST",
            "/api/accounts/{account}/reset",
            "/api/accounts/user-1/reset",
            Value::Null,
            ADMIN_SEES_SANNE,
        ),
        row(
            "DELETE",
            "/api/accounts/{account}/second-factor",
            "/api/accounts/user-1/second-factor",
            Value::Null,
            ADMIN_OF_SANNE,
        ),
        row(
            "DELETE",
            "/api/accounts/{account}/sessions",
            "/api/accounts/user-1/sessions",
            Value::Null,
            ADMIN_OF_SANNE,
        ),
        plain("/api/locks", ADMIN),
        plain("/api/phones/failures", ADMIN),
        row(
            "DELETE",
            "/api/accounts/{account}/locks",
            "/api/accounts/user-1/locks",
            Value::Null,
            ADMIN_OF_SANNE,
        ),
        row(
            "DELETE",
            "/api/accounts/{account}/locks",
            "/api/accounts/admin-4/locks",
            Value::Null,
            ABOVE_ADMIN,
        ),
        plain("/api/stops", ADMIN),
        // Nobody is stopped.
        row(
            "DELETE",
            "/api/users/{user}/stop",
            "/api/users/1/stop",
            Value::Null,
            ADMIN_OF_NOTHING,
        ),
        row("DELETE", "/api/stop", "/api/stop", Value::Null, NO_MAIL),
        plain("/api/organisation", ADMIN),
        plain("/api/organisation/export", ENTERPRISE_ONLY),
        plain("/api/organisation/findings", ENTERPRISE_ONLY),
        plain("/api/mails", ENTERPRISE_ONLY),
        row(
            "POST",
            "/api/mails/try",
            "/api/mails/try",
            json!({ "to": "a@example.com" }),
            ENTERPRISE_ONLY,
        ),
        row(
            "POST",
            "/api/mails/{mail}/retry",
            "/api/mails/a@example.com/retry",
            Value::Null,
            NO_MAIL,
        ),
        row(
            "DELETE",
            "/api/mails/{mail}",
            "/api/mails/a@example.com",
            Value::Null,
            NO_MAIL,
        ),
        plain("/api/users", ADMIN),
        get("/api/users/{user}", "/api/users/1", OF_SANNE),
        get(
            "/api/users/{user}/colleagues",
            "/api/users/1/colleagues?search=daan",
            OF_SANNE,
        ),
        get(
            "/api/users/{user}/services",
            "/api/users/1/services",
            OF_SANNE,
        ),
        row(
            "PUT",
            "/api/users/{user}/services",
            "/api/users/1/services",
            json!({ "changes": [] }),
            OF_SANNE,
        ),
        get(
            "/api/users/{user}/passcode",
            "/api/users/1/passcode",
            OF_SANNE,
        ),
        row(
            "PUT",
            "/api/users/{user}/passcode",
            "/api/users/1/passcode",
            json!({ "passcode": "20ACTOR917" }),
            OF_SANNE,
        ),
        row(
            "DELETE",
            "/api/users/{user}/passcode",
            "/api/users/1/passcode",
            Value::Null,
            OF_SANNE_NOTHING,
        ),
        row(
            "POST",
            "/api/users/{user}/passcode/draw",
            "/api/users/1/passcode/draw",
            Value::Null,
            OF_SANNE,
        ),
        get(
            "/api/users/{user}/schedules",
            "/api/users/1/schedules",
            OF_SANNE,
        ),
        row(
            "POST",
            "/api/users/{user}/schedules",
            "/api/users/1/schedules",
            new.clone(),
            OF_SANNE,
        ),
        get(of_location, "/api/locations/1/schedules", OF_UTRECHT),
        row(
            "POST",
            of_location,
            "/api/locations/1/schedules",
            new,
            OF_UTRECHT,
        ),
        row(
            "PUT",
            schedule,
            "/api/schedules/6",
            stale.clone(),
            SANNES_SCHEDULE,
        ),
        row(
            "PUT",
            schedule,
            "/api/schedules/1",
            stale,
            UTRECHTS_SCHEDULE,
        ),
        row(
            "DELETE",
            schedule,
            "/api/schedules/6",
            seen.clone(),
            SANNES_SCHEDULE,
        ),
        row(
            "DELETE",
            schedule,
            "/api/schedules/1",
            seen.clone(),
            UTRECHTS_SCHEDULE,
        ),
        row(
            "POST",
            "/api/holidays/read",
            "/api/holidays/read",
            json!({ "text": "Kerst,2026-12-25" }),
            LOGGED_IN,
        ),
        plain("/api/parts", ADMIN),
        get("/api/parts/{kind}/{id}", "/api/parts/site/1", UTRECHTS_SITE),
        get(
            "/api/parts/{kind}/{id}/uses",
            "/api/parts/site/1/uses",
            UTRECHTS_SITE,
        ),
        row(
            "POST",
            "/api/parts",
            "/api/parts",
            json!({ "part": pickup }),
            UTRECHTS_GROUP,
        ),
        row(
            "PUT",
            "/api/parts/{kind}/{id}",
            "/api/parts/site/1",
            json!({ "version": 999, "part": site }),
            UTRECHTS_SITE_SAVE,
        ),
        row(
            "DELETE",
            "/api/parts/{kind}/{id}",
            "/api/parts/pickup-group/99",
            json!({ "version": 1 }),
            UTRECHTS_NONE,
        ),
        plain("/api/uploads", LOGGED_IN),
        get("/api/uploads/{upload}", "/api/uploads/1", OF_SANNE),
        get(
            "/api/uploads/{upload}/uses",
            "/api/uploads/1/uses",
            OF_SANNE,
        ),
        get(
            "/api/uploads/{upload}/sound",
            "/api/uploads/1/sound",
            OF_SANNE,
        ),
        row(
            "POST",
            "/api/uploads",
            "/api/uploads?owner=user:1&name=Nieuw",
            Value::Null,
            SANNES_FILE,
        ),
        row(
            "PUT",
            "/api/uploads/{upload}/sound",
            "/api/uploads/1/sound?version=1",
            Value::Null,
            SANNES_FILE,
        ),
        row(
            "PUT",
            "/api/uploads/{upload}",
            "/api/uploads/1",
            json!({ "version": 999, "name": "Naam" }),
            SANNES_SCHEDULE,
        ),
        row(
            "DELETE",
            "/api/uploads/{upload}",
            "/api/uploads/1",
            seen,
            SANNES_SCHEDULE,
        ),
        get(
            "/api/users/{user}/slice",
            "/api/users/1/slice?also=140",
            OF_SANNE,
        ),
        row(
            "POST",
            "/api/users/{user}/simulate",
            "/api/users/1/simulate",
            json!({ "dialled": "+31305550142" }),
            OF_SANNE,
        ),
        row(
            "POST",
            "/api/users/{user}/week",
            "/api/users/1/week",
            json!({ "dialled": "+31305550142", "since": 1_790_000_000_000_i64, "until": 1_790_000_000_001_i64 }),
            OF_SANNE,
        ),
        row(
            "POST",
            "/api/simulate",
            "/api/simulate",
            json!({ "dialled": "860", "from": 1 }),
            KNOW_UTRECHT,
        ),
        get("/api/users/{user}/agent", "/api/users/1/agent", OF_SANNE),
        row(
            "PUT",
            "/api/users/{user}/agent",
            "/api/users/1/agent",
            json!({ "state": "available" }),
            OF_SANNE,
        ),
        plain("/api/call-centers/priorities", ENTERPRISE_ONLY),
        row(
            "PUT",
            "/api/call-centers/priorities",
            "/api/call-centers/priorities",
            json!({ "priorities": [] }),
            ENTERPRISE_ONLY,
        ),
        get(
            "/api/call-centers/{center}/live",
            "/api/call-centers/100/live",
            OF_CENTER,
        ),
        row(
            "PUT",
            "/api/call-centers/{center}/force",
            "/api/call-centers/100/force",
            json!({}),
            FORCES,
        ),
        get(
            "/api/call-centers/{center}/statistics",
            "/api/call-centers/100/statistics",
            FORCES,
        ),
        plain("/api/live", LOGGED_IN),
        get("/api/users/{user}/events", "/api/users/1/events", OF_SANNE),
        get(
            "/api/users/{user}/calls",
            "/api/users/1/calls?kind=missed",
            OF_SANNE,
        ),
        row(
            "DELETE",
            "/api/users/{user}/calls",
            "/api/users/1/calls",
            Value::Null,
            OF_SANNE_NOTHING,
        ),
    ]
}

#[tokio::test]
async fn every_endpoint_for_every_role() {
    for row in rows() {
        let server = Server::start().await;
        let mut found = [0; 8];
        for (place, login) in ACTORS.into_iter().enumerate() {
            let actor = match login {
                Some(login) => server.actor(login).await,
                None => server.anonymous(),
            };
            let body = row.body.to_string().replace("ACTOR", &place.to_string());
            let body = (!row.body.is_null()).then(|| serde_json::from_str(&body).unwrap());
            found[place] = actor.send(row.method, row.path, body).await.status.as_u16();
        }
        assert_eq!(found, row.expected, "{} {}", row.method, row.path);
    }
}

#[tokio::test]
async fn the_table_holds_every_endpoint() {
    let server = Server::start().await;
    let document = server.anonymous().get("/api/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let mut served = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        served.extend(
            methods
                .as_object()
                .unwrap()
                .keys()
                .map(|m| (m.to_uppercase(), path.clone())),
        );
    }
    let listed: BTreeSet<_> = rows()
        .iter()
        .map(|r| (r.method.to_owned(), r.template.to_owned()))
        .collect();
    assert_eq!(served, listed);
}

#[tokio::test]
async fn what_lies_outside_a_scope_is_as_if_it_were_not_there() {
    let server = Server::start().await;
    let check = async |login: &str, outside: &str, absent: &str| {
        let actor = server.actor(login).await;
        let (outside, absent) = (actor.get(outside).await, actor.get(absent).await);
        assert_eq!(
            (outside.status, &outside.text),
            (absent.status, &absent.text),
            "{login}"
        );
        assert_eq!(outside.refusal(), (404, "not-found"));
    };
    check(SANNE, "/api/users/3/services", "/api/users/999/services").await;
    check(OTHER_LOCATION, "/api/users/1", "/api/users/999").await;
    check(
        OTHER_LOCATION,
        "/api/locations/1/schedules",
        "/api/locations/99/schedules",
    )
    .await;
    check(DEPARTMENT, "/api/users/11/slice", "/api/users/sanne/slice").await;
}
