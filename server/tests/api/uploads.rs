//! Sounds: uploaded, heard, used by settings, renamed, replaced and removed.

use crate::server::{
    Actor, Answer, DAAN, DEPARTMENT, ENTERPRISE, LOCATION, OTHER_LOCATION, SANNE, Server,
};
use crate::wav::wav;
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

async fn send(actor: &Actor<'_>, method: &str, path: &str, file: Vec<u8>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("x-centrale", "1");
    actor.ask(request.body(Body::from(file)).unwrap()).await
}

async fn upload(actor: &Actor<'_>, owner: &str, name: &str, file: Vec<u8>) -> Answer {
    send(
        actor,
        "POST",
        &format!("/api/uploads?owner={owner}&name={name}"),
        file,
    )
    .await
}

fn path(stored: &Value) -> String {
    format!("/api/uploads/{}", stored["upload"]["id"])
}

async fn greet(actor: &Actor<'_>, version: u64, settings: Value) -> Answer {
    let changes = json!({ "changes": [{ "service": "voicemail-greetings", "version": version, "settings": settings }] });
    actor.put("/api/users/1/services", changes).await
}

/// The version of Sanne's greetings.
async fn greetings(actor: &Actor<'_>) -> u64 {
    let all = actor.get("/api/users/1/services").await.ok();
    let found = all
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["service"] == "voicemail-greetings")
        .unwrap();
    found["version"].as_u64().unwrap()
}

#[tokio::test]
async fn a_greeting_is_uploaded_used_and_removed() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let made = upload(&sanne, "user:1", "Ik%20ben%20er%20niet", wav(440, 1500))
        .await
        .ok();
    assert_eq!(
        (&made["version"], &made["editable"]),
        (&json!(1), &json!(true))
    );
    let kept = &made["upload"];
    assert_eq!(
        (&kept["name"], &kept["length_ms"]),
        (&json!("Ik ben er niet"), &json!(1500))
    );
    assert_eq!(kept["owner"], json!({ "level": "user", "id": 1 }));
    let path = path(&made);
    assert_eq!(sanne.get(&path).await.ok(), made);
    assert!(
        sanne
            .get("/api/uploads?owner=user:1")
            .await
            .ok()
            .as_array()
            .unwrap()
            .contains(&made)
    );

    let sound = sanne.get(&format!("{path}/sound")).await;
    assert_eq!(sound.headers[header::CONTENT_TYPE], "audio/wav");
    assert_eq!(kept["bytes"], json!(wav(440, 1500).len()));
    let part = Request::get(format!("{path}/sound")).header(header::RANGE, "bytes=0-3");
    let part = sanne.ask(part.body(Body::empty()).unwrap()).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "RIFF"));
    assert_eq!(part.headers[header::CONTENT_RANGE], "bytes 0-3/48044");
    let behind = Request::get(format!("{path}/sound")).header(header::RANGE, "bytes=48044-");
    let behind = sanne.ask(behind.body(Body::empty()).unwrap()).await;
    assert_eq!((behind.status.as_u16(), behind.text.as_str()), (416, ""));
    assert_eq!(behind.headers[header::CONTENT_RANGE], "bytes */48044");

    // Only what is there can be a greeting, and only her own.
    let version = greetings(&sanne).await;
    let own = |name: &str| json!({ "when_unanswered": "own", "unanswered": name });
    let unknown = greet(&sanne, version, own("Iets anders")).await;
    assert_eq!(
        unknown.fields(),
        ["voicemail-greetings.unanswered: sound-unknown"]
    );
    greet(&sanne, version, own("Ik ben er niet")).await.ok();

    // B6: while it is a greeting it neither goes nor changes its name; it may sound different.
    let used = json!([{ "user": "Sanne de Vries", "service": "voicemail-greetings", "rule": "" }]);
    let uses = sanne.get(&format!("{path}/uses")).await.ok()["used_by"].clone();
    assert_eq!(uses[0]["service"], used[0]["service"]);
    let refused = sanne.delete(&path, json!({ "version": 1 })).await;
    assert_eq!(
        (refused.refusal(), &refused.body["used_by"]),
        ((409, "in-use"), &uses)
    );
    let refused = sanne
        .put(&path, json!({ "version": 1, "name": "Weg" }))
        .await;
    assert_eq!(refused.refusal(), (409, "in-use"));
    let louder = send(
        &sanne,
        "PUT",
        &format!("{path}/sound?version=1"),
        wav(880, 700),
    )
    .await
    .ok();
    assert_eq!(
        (&louder["version"], &louder["upload"]["length_ms"]),
        (&json!(2), &json!(700))
    );
    assert_ne!(louder["upload"]["content"], kept["content"]);

    greet(&sanne, version + 1, json!({})).await.ok();
    let stale = sanne
        .put(&path, json!({ "version": 1, "name": "Weg" }))
        .await;
    assert_eq!(
        (stale.status.as_u16(), &stale.body["current"]),
        (409, &louder)
    );
    let renamed = sanne
        .put(&path, json!({ "version": 2, "name": " Weg " }))
        .await
        .ok();
    assert_eq!(renamed["upload"]["name"], "Weg");
    assert_eq!(
        sanne.delete(&path, json!({ "version": 3 })).await.status,
        204
    );
    assert_eq!(sanne.get(&path).await.refusal(), (404, "not-found"));
    assert_eq!(
        sanne.get(&format!("{path}/sound")).await.refusal(),
        (404, "not-found")
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let check = async |name: &str, file: Vec<u8>, expected: &str| {
        let answer = upload(&sanne, "user:1", name, file).await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, vec![expected.to_owned()]),
            "{name}"
        );
    };
    check("a", b"no sound at all".to_vec(), "file: sound-unreadable").await;
    check("a", Vec::new(), "file: sound-unreadable").await;
    check("a", wav(0, 500), "file: sound-empty").await;
    check("", wav(440, 500), "name: empty").await;
    check(
        "https://example.com/a.wav",
        wav(440, 500),
        "name: malformed",
    )
    .await;
    check(&"a".repeat(81), wav(440, 500), "name: too-long").await;
    upload(&sanne, "user:1", "Naam", wav(440, 500)).await.ok();
    check("NAAM", wav(440, 500), "name: name-taken").await;
    // The same name is free for somebody else.
    let daan = server.actor(DAAN).await;
    upload(&daan, "user:3", "Naam", wav(440, 500)).await.ok();

    let large = upload(&sanne, "user:1", "a", vec![0; 32 * 1024 * 1024 + 1]).await;
    assert_eq!(large.refusal(), (413, "body-too-large"));
    let unnamed = send(&sanne, "POST", "/api/uploads?owner=user:1", wav(440, 500)).await;
    assert_eq!(unnamed.refusal(), (400, "body-malformed"));
    let nobody = upload(&sanne, "somebody", "a", wav(440, 500)).await;
    assert_eq!(nobody.refusal(), (400, "body-malformed"));
}

#[tokio::test]
async fn an_owner_has_so_many_uploads() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    for at in 0..50 {
        upload(
            &admin,
            "location:1",
            &format!("Geluid%20{at}"),
            wav(440, 10),
        )
        .await
        .ok();
    }
    let refused = upload(&admin, "location:1", "Nog%20een", wav(440, 10)).await;
    assert_eq!(
        (refused.status.as_u16(), refused.fields()),
        (422, vec!["owner: quota-uploads".to_owned()])
    );
    upload(&admin, "location:2", "Nog%20een", wav(440, 10))
        .await
        .ok();
    // All are one sound, which is kept once.
    assert_eq!(server.store().await.sounds().await.unwrap().len(), 2);
}

#[tokio::test]
async fn who_may_have_uploads_of_whom() {
    let server = Server::start().await;
    let actors = [SANNE, DEPARTMENT, LOCATION, OTHER_LOCATION, ENTERPRISE];
    let check = async |owner: &str, makes: [u16; 5], sees: [u16; 5], changes: [u16; 5]| {
        let mut found = [[0; 5]; 3];
        let admin = server.actor(ENTERPRISE).await;
        let path = path(&upload(&admin, owner, "Welkom", wav(440, 100)).await.ok());
        for (place, login) in actors.into_iter().enumerate() {
            let actor = server.actor(login).await;
            let made = upload(&actor, owner, &format!("Van%20{place}"), wav(440, 100)).await;
            found[0][place] = made.status.as_u16();
            found[1][place] = actor.get(&path).await.status.as_u16();
            found[2][place] = actor
                .put(&path, json!({ "version": 9, "name": "Anders" }))
                .await
                .status
                .as_u16();
            let listed = actor.get(&format!("/api/uploads?owner={owner}")).await.ok();
            assert_eq!(
                listed.as_array().unwrap().is_empty(),
                sees[place] == 404,
                "{owner} {login}"
            );
        }
        assert_eq!(found, [makes, sees, changes], "{owner}");
    };
    let (all, none) = (200, 404);
    check(
        "enterprise",
        [none, none, none, none, all],
        [none, all, all, all, all],
        [404, 403, 403, 403, 409],
    )
    .await;
    check(
        "location:1",
        [none, none, all, none, all],
        [none, all, all, none, all],
        [404, 403, 409, 404, 409],
    )
    .await;
    check(
        "department:1",
        [none, all, all, none, all],
        [none, all, all, none, all],
        [404, 409, 409, 404, 409],
    )
    .await;
    check(
        "user:1",
        [all, all, all, none, all],
        [all, all, all, none, all],
        [409, 409, 409, 404, 409],
    )
    .await;
    let admin = server.actor(ENTERPRISE).await;
    for owner in ["location:99", "department:99", "user:999"] {
        assert_eq!(
            upload(&admin, owner, "a", wav(440, 100)).await.refusal(),
            (404, "not-found"),
            "{owner}"
        );
    }
}

#[tokio::test]
async fn parts_name_what_is_there_and_not_too_long() {
    let server = Server::start().await;
    let admin = server.actor(LOCATION).await;
    let menu = |greeting: Value| {
        json!({ "kind": "auto-attendant", "content": { "id": 0,
            "identity": { "name": "Ontvangst", "location": 1, "extension": "880" },
            "business": { "greeting": greeting } } })
    };
    let add = async |part: Value| admin.post("/api/parts", json!({ "part": part })).await;
    let refused = add(menu(json!(["Welkom"]))).await;
    assert_eq!(
        refused.fields(),
        ["part.business.greeting.0: sound-unknown"]
    );
    let of_location = upload(&admin, "location:1", "Welkom", wav(440, 200_000))
        .await
        .ok();
    let refused = add(menu(json!(["Welkom", "Welkom"]))).await;
    assert_eq!(refused.fields(), ["part.business.greeting: sound-too-long"]);
    let made = add(menu(json!(["Welkom"]))).await.ok();
    let id = made["part"]["content"]["id"].as_u64().unwrap();

    // What a menu plays may not become longer than a menu's greeting may be.
    let sound = format!("{}/sound?version=1", path(&of_location));
    let refused = send(&admin, "PUT", &sound, wav(440, 300_500)).await;
    assert_eq!(refused.fields(), ["file: sound-too-long"]);

    // Nor may a nearer one of the same name be longer, by being made or by being renamed.
    let of_menu = format!("user:{id}");
    let refused = upload(&admin, &of_menu, "Welkom", wav(440, 300_500)).await;
    assert_eq!(refused.fields(), ["file: sound-too-long"]);
    let long = path(
        &upload(&admin, &of_menu, "Lang", wav(440, 300_500))
            .await
            .ok(),
    );
    let refused = admin
        .put(&long, json!({ "version": 1, "name": "Welkom" }))
        .await;
    assert_eq!(refused.fields(), ["name: sound-too-long"]);

    // The menu's own comes before the location's, which then is free to go.
    let refused = admin
        .delete(&path(&of_location), json!({ "version": 1 }))
        .await;
    assert_eq!(
        (refused.refusal(), &refused.body["used_by"][0]["user"]),
        ((409, "in-use"), &json!("Ontvangst"))
    );
    let own = upload(&admin, &format!("user:{id}"), "Welkom", wav(550, 1_000))
        .await
        .ok();
    assert_eq!(
        admin
            .delete(&path(&of_location), json!({ "version": 1 }))
            .await
            .status,
        204
    );
    assert_eq!(
        admin
            .delete(&path(&own), json!({ "version": 1 }))
            .await
            .refusal(),
        (409, "in-use")
    );

    // With the menu go its sounds.
    let part = format!("/api/parts/auto-attendant/{id}");
    assert_eq!(
        admin.delete(&part, json!({ "version": 1 })).await.status,
        204
    );
    assert_eq!(admin.get(&path(&own)).await.refusal(), (404, "not-found"));
    let server = server.restart().await;
    let admin = server.actor(ENTERPRISE).await;
    let left = admin.get("/api/uploads").await.ok();
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    assert_eq!(server.store().await.sounds().await.unwrap().len(), 1);
}

#[tokio::test]
async fn uploads_are_no_parts_to_be_made_or_listed() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let export = admin.get("/api/organisation/export").await.ok();
    let (upload, sounds) = (&export["uploads"][0], export["sounds"].as_object().unwrap());
    assert!(sounds.contains_key(upload["content"].as_str().unwrap()));
    let part = json!({ "kind": "upload", "content": upload });
    assert_eq!(
        admin
            .post("/api/parts", json!({ "part": part }))
            .await
            .fields(),
        ["part.kind: malformed"]
    );
    let path = format!("/api/parts/upload/{}", upload["id"]);
    assert_eq!(admin.get(&path).await.refusal(), (404, "not-found"));
    let saved = admin
        .put(&path, json!({ "version": 1, "part": part }))
        .await;
    assert_eq!(saved.refusal(), (404, "not-found"));
    assert_eq!(
        admin.get("/api/parts?kind=upload").await.ok(),
        json!({ "parts": [], "next": null })
    );
}
