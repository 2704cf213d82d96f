//! Passcodes of mailboxes: the rules, who may set one, and that nobody is told it.

use crate::server::{ENTERPRISE, LOCATION, NOW, SANNE, Server};
use serde_json::{Value, json};

const PATH: &str = "/api/users/1/passcode";

fn chosen(passcode: &str) -> Value {
    json!({ "passcode": passcode })
}

#[tokio::test]
async fn a_user_chooses_a_passcode() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    assert_eq!(
        sanne.get(PATH).await.ok(),
        json!({ "set": false, "changed_at": null })
    );
    let set = json!({ "set": true, "changed_at": NOW.0 });
    assert_eq!(sanne.put(PATH, chosen("205917")).await.ok(), set);
    assert_eq!(sanne.get(PATH).await.ok(), set);

    let check = async |passcode: &str, expected: &str| {
        let answer = sanne.put(PATH, chosen(passcode)).await;
        assert_eq!(
            (answer.refusal(), answer.fields()),
            ((422, "malformed"), vec![format!("passcode: {expected}")])
        );
    };
    check("12591", "passcode-too-short").await;
    check("123456", "passcode-run").await;
    check("20591a", "passcode-not-digits").await;
    check(&"17".repeat(16), "passcode-too-long").await;
    check("205917", "passcode-recent").await;

    // The last five may not come back, what was before them may.
    for other in ["112233", "112244", "112255", "112266"] {
        sanne.put(PATH, chosen(other)).await.ok();
    }
    check("205917", "passcode-recent").await;
    sanne.put(PATH, chosen("112277")).await.ok();
    sanne.put(PATH, chosen("205917")).await.ok();

    let events = sanne.get("/api/users/1/events").await;
    assert!(
        events.text.contains("passcode")
            && !events.text.contains("205917")
            && !events.text.contains("argon2")
    );
    let admin = server.actor(ENTERPRISE).await;
    let export = admin.get("/api/organisation/export").await;
    assert!(
        export.status.is_success()
            && !export.text.contains("argon2")
            && !export.text.contains("passcode")
    );
}

#[tokio::test]
async fn an_administrator_draws_sets_and_takes_away() {
    let server = Server::start().await;
    let admin = server.actor(LOCATION).await;
    let drawn = admin
        .post("/api/users/1/passcode/draw", Value::Null)
        .await
        .ok();
    let other = admin
        .post("/api/users/1/passcode/draw", Value::Null)
        .await
        .ok();
    assert_ne!(drawn, other);
    assert_eq!(
        admin.get(PATH).await.ok()["set"],
        false,
        "drawing saves nothing"
    );
    assert_eq!(admin.put(PATH, drawn.clone()).await.ok()["set"], true);
    admin.delete(PATH, Value::Null).await.ok();
    assert_eq!(
        admin.get(PATH).await.ok(),
        json!({ "set": false, "changed_at": NOW.0 })
    );
    assert_eq!(
        admin.put(PATH, drawn).await.fields(),
        ["passcode: passcode-recent"]
    );
}

#[tokio::test]
async fn who_has_no_mailbox_has_no_passcode() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    // A call center without a pack, and a user with a mobile phone in their profile.
    for user in [100, 5] {
        let path = format!("/api/users/{user}/passcode");
        let services = admin.get(&format!("/api/users/{user}/services")).await.ok();
        let voicemail = services
            .as_array()
            .unwrap()
            .iter()
            .find(|s| s["service"] == "voicemail")
            .cloned();
        assert!(
            voicemail.is_none_or(|s| !s["unavailable"].is_null()),
            "{user}"
        );
        assert_eq!(
            admin.put(&path, chosen("205917")).await.fields(),
            ["passcode: not-available"]
        );
        assert_eq!(
            admin
                .post(&format!("{path}/draw"), Value::Null)
                .await
                .fields(),
            ["passcode: not-available"]
        );
    }
}

#[tokio::test]
async fn the_mailbox_of_a_group_call_has_one() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let packs = admin.get("/api/organisation/export").await.ok()["service_packs"].clone();
    let with = packs.as_array().unwrap().iter().find(|pack| {
        pack["services"]
            .as_array()
            .unwrap()
            .iter()
            .any(|service| service == "voicemail")
    });
    let group = json!({ "kind": "group-call", "content": { "id": 0, "members": [], "identity": {
        "name": "Crisis", "location": 1, "extension": "877", "packs": [with.unwrap()["id"]]
    } } });
    let made = admin
        .post("/api/parts", json!({ "part": group }))
        .await
        .ok();
    let path = format!("/api/users/{}/passcode", made["part"]["content"]["id"]);
    assert_eq!(admin.put(&path, chosen("205917")).await.ok()["set"], true);
    assert_eq!(
        server.actor(SANNE).await.get(&path).await.refusal(),
        (404, "not-found")
    );
}
