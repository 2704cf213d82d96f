//! The list of users, their cards, and the organisation as administrators see it.

use crate::server::{DEPARTMENT, ENTERPRISE, LOCATION, OTHER_LOCATION, SANNE, Server};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::{Organisation, User};
use centrale_core::schedule::{Schedule, ScheduleOwner};
use serde_json::{Value, json};

#[tokio::test]
async fn lists_are_limited_to_the_scope() {
    let server = Server::start().await;
    let check = async |login: &str, query: &str, total: u64| {
        let page = server
            .actor(login)
            .await
            .get(&format!("/api/users{query}"))
            .await
            .ok();
        assert_eq!(page["total"], total, "{login} {query}");
        page
    };
    check(ENTERPRISE, "", 40).await;
    check(ENTERPRISE, "?location=2", 21).await;
    check(LOCATION, "", 19).await;
    check(LOCATION, "?location=2", 0).await;
    check(OTHER_LOCATION, "", 21).await;
    check(DEPARTMENT, "", 10).await;
    check(DEPARTMENT, "?search=lars", 0).await;
    check(ENTERPRISE, "?search=VAN%20DER", 2).await;
    check(ENTERPRISE, "?search=010-555%2002%2020", 1).await;
    let page = check(ENTERPRISE, "?search=sanne", 1).await;
    assert_eq!(
        page["users"],
        json!([{
            "id": 1, "name": "Sanne de Boer", "profile": "fixed", "number": "+31305550142", "extension": "142",
            "location": "Utrecht", "department": "Klantenservice",
            "active": [
                "anonymous-rejection", "forwarding-selective", "forwarding-busy", "forwarding-no-answer",
                "voicemail-management", "music-on-hold",
            ],
        }])
    );
}

#[tokio::test]
async fn a_page_follows_another() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let all = admin.get("/api/users").await.ok();
    let (users, next) = (all["users"].as_array().unwrap(), &all["next"]);
    assert_eq!((users.len(), next), (40, &Value::Null));
    let after = admin
        .get(&format!("/api/users?after={}", users[9]["id"]))
        .await
        .ok();
    assert_eq!(
        (&after["users"][0], &after["total"]),
        (&users[10], &json!(40))
    );
}

#[tokio::test]
async fn the_password_of_a_phone_is_renewed_and_told_once() {
    let server = Server::start().await;
    let store = server.store().await;
    let secret = async || {
        store
            .sip_account(server.keys(), "utr142")
            .await
            .unwrap()
            .unwrap()
            .secret
    };
    let (before, admin) = (secret().await, server.actor(ENTERPRISE).await);
    let path = "/api/users/1/devices/1/secret";
    let told = admin.send("POST", path, None).await.ok();
    assert_eq!(told["account"], "utr142");
    let renewed = told["secret"].as_str().unwrap().to_owned();
    assert!(renewed != before && renewed.len() == 32, "{renewed}");
    assert_eq!(secret().await, renewed);
    assert_ne!(
        admin.send("POST", path, None).await.ok()["secret"],
        renewed.as_str()
    );
    let events = admin.get("/api/security/events").await;
    assert!(!events.text.contains(&renewed));
    let event = &events.ok()[0];
    assert_eq!(
        (&event["kind"], &event["account"]),
        (&json!("sip-secret-renewed"), &json!("user-1"))
    );
    assert_eq!(event["by"], "Marieke van Dijk");
    // A phone of somebody else, none at all, and what is no id.
    for path in [
        "/api/users/1/devices/3/secret",
        "/api/users/1/devices/999/secret",
        "/api/users/1/devices/x/secret",
    ] {
        assert_eq!(
            admin.send("POST", path, None).await.refusal(),
            (404, "not-found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_card() {
    let server = Server::start().await;
    let card = server.actor(SANNE).await.get("/api/users/1").await.ok();
    assert_eq!(
        (&card["login"], &card["first_name"], &card["profile"]),
        (&json!("sanne"), &json!("Sanne"), &json!("fixed"))
    );
    assert_eq!(card["location"]["name"], "Utrecht");
    assert_eq!(card["location"]["zone"]["name"], "Europe/Amsterdam");
    assert_eq!(card["department"], json!([1, "Klantenservice"]));
    assert!(!card.to_string().contains("secret"));
}

#[tokio::test]
async fn the_organisation() {
    let server = Server::start().await;
    let counts = async |login: &str| {
        let overview = server
            .actor(login)
            .await
            .get("/api/organisation")
            .await
            .ok();
        assert_eq!(overview["enterprise"], "Van Dijk Logistiek");
        let locations = overview["locations"].as_array().unwrap().clone();
        let counts: Vec<(u64, u64)> = locations
            .iter()
            .map(|l| (l["id"].as_u64().unwrap(), l["users"].as_u64().unwrap()))
            .collect();
        (counts, overview["packs"][0]["used"].as_u64().unwrap())
    };
    assert_eq!(counts(ENTERPRISE).await, (vec![(1, 19), (2, 21)], 37));
    assert_eq!(counts(LOCATION).await, (vec![(1, 19)], 18));
    assert_eq!(counts(DEPARTMENT).await, (vec![(1, 10)], 10));
    let export = server
        .actor(ENTERPRISE)
        .await
        .get("/api/organisation/export")
        .await
        .ok();
    let stored = server.store().await.export().await.unwrap();
    assert_eq!(export, serde_json::to_value(&stored).unwrap());
    assert!(!stored.sounds.is_empty());
    assert_eq!(
        (&export["format"], export["users"].as_array().unwrap().len()),
        (&json!(1), 40)
    );
    assert!(!export.to_string().contains("argon2"));
}

#[tokio::test]
async fn an_export_of_many_pieces_is_what_is_stored() {
    let text = include_str!("../../demo/organisation.json");
    let mut organisation: Organisation = serde_json::from_str(text).unwrap();
    let (user, schedule) = (
        organisation.users[0].clone(),
        organisation.schedules[0].clone(),
    );
    for id in 1_000..1_700 {
        organisation.users.push(User {
            id: UserId(id),
            login: format!("user{id}"),
            last_name: format!("\"users\":[],\"schedules\":[] {id}"),
            number: None,
            mobile: None,
            extension: Some(format!("9{id}").parse().unwrap()),
            alternates: Vec::new(),
            devices: Vec::new(),
            ..user.clone()
        });
        let owner = ScheduleOwner::User(UserId(id));
        organisation.schedules.push(Schedule {
            id: ScheduleId(id),
            owner,
            ..schedule.clone()
        });
    }
    organisation
        .service_packs
        .iter_mut()
        .for_each(|pack| pack.licences = 10_000);
    organisation.enterprise.name = "\"users\":[],\"schedules\":[]".into();
    let server = Server::of(&organisation).await;
    let export = server
        .actor(ENTERPRISE)
        .await
        .get("/api/organisation/export")
        .await;
    let stored = server.store().await.export().await.unwrap();
    assert_eq!(
        serde_json::from_str::<Organisation>(&export.text).unwrap(),
        stored
    );
    // To the letter: the fields stand in their order.
    assert_eq!(export.text, serde_json::to_string(&stored).unwrap());
}

#[tokio::test]
async fn colleagues_are_found_by_everybody() {
    let server = Server::start().await;
    let sanne = server.actor(SANNE).await;
    let check = async |query: &str, expected: Value| {
        let found = sanne
            .get(&format!("/api/users/1/colleagues{query}"))
            .await
            .ok();
        let ids: Value = found
            .as_array()
            .unwrap()
            .iter()
            .map(|colleague| colleague["id"].clone())
            .collect();
        assert_eq!(ids, expected, "{query}");
        found
    };
    check("", json!([])).await;
    check("?search=nobody", json!([])).await;
    check("?search=221", json!([21])).await;
    check("?ids=3,999,x", json!([3])).await;
    // Where only one kind fits, nothing else is found.
    check("?search=klantenservice", json!([100])).await;
    check("?search=klantenservice&only=call-center", json!([100])).await;
    check("?search=klantenservice&only=person", json!([])).await;
    check("?search=klantenservice&only=person&ids=100", json!([100])).await;
    assert_eq!(
        check("?search=daan", json!([3])).await[0],
        json!({
            "id": 3, "name": "Daan Visser", "kind": "person", "number": "+31305550143", "extension": "143",
            "location": "Utrecht",
        })
    );
    let many = sanne.get("/api/users/1/colleagues?search=0").await.ok();
    assert_eq!(many.as_array().unwrap().len(), 20);
}
