//! Groups, menus, queues and settings of locations: made, read, saved, used and removed.

use crate::server::{
    DEPARTMENT, ENTERPRISE, LOCATION, OTHER_DEPARTMENT, OTHER_LOCATION, SANNE, Server,
};
use serde_json::{Value, json};

fn hunt(name: &str, extension: &str) -> Value {
    json!({ "kind": "hunt-group", "content": {
        "id": 0, "identity": { "name": name, "location": 1, "extension": extension },
        "policy": "circular", "rings": 3, "members": [{ "user": 1 }, { "user": 2 }],
    } })
}

#[tokio::test]
async fn a_group_is_made_saved_and_removed() {
    let server = Server::start().await;
    let admin = server.actor(LOCATION).await;
    let made = admin
        .post("/api/parts", json!({ "part": hunt("Inkoop", "880") }))
        .await
        .ok();
    assert_eq!(
        (&made["version"], &made["editable"]),
        (&json!(1), &json!(true))
    );
    let id = made["part"]["content"]["id"].as_u64().unwrap();
    let path = format!("/api/parts/hunt-group/{id}");

    // It can be called at once, and its members ring.
    let asked = json!({ "dialled": "880", "from": 1 });
    let story = admin
        .post("/api/users/1/simulate", asked.clone())
        .await
        .ok();
    assert_eq!(
        story["trace"][1],
        json!({ "at": story["trace"][1]["at"], "step": "arrives", "user": id })
    );

    let mut changed = made["part"].clone();
    changed["content"]["rings"] = json!(5);
    let save = |version: u64| json!({ "version": version, "part": changed });
    assert_eq!(admin.put(&path, save(1)).await.ok()["version"], json!(2));
    let stale = admin.put(&path, save(1)).await;
    assert_eq!(stale.status, 409);
    assert_eq!(stale.body["current"]["part"]["content"]["rings"], json!(5));
    assert_eq!(admin.get(&path).await.ok()["part"], changed);

    // A service of the group is saved as a user's is, and leads calls away.
    let forward = json!({ "changes": [{ "service": "forwarding-always", "version": 0,
        "settings": { "active": true, "number": "142", "voicemail": false, "ring_splash": false } }] });
    let refused = admin
        .put(&format!("/api/users/{id}/services"), forward)
        .await;
    assert_eq!(refused.refusal(), (422, "not-assigned"));

    assert_eq!(
        admin.delete(&path, json!({ "version": 1 })).await.status,
        409
    );
    assert_eq!(
        admin.delete(&path, json!({ "version": 2 })).await.status,
        204
    );
    assert_eq!(admin.get(&path).await.refusal(), (404, "not-found"));
    let story = admin.post("/api/users/1/simulate", asked).await.ok();
    assert_eq!(story["outcome"]["outcome"], "announced");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field() {
    let server = Server::start().await;
    let admin = server.actor(LOCATION).await;
    let check = async |part: Value, field: &str, code: &str| {
        let answer = admin.post("/api/parts", json!({ "part": part })).await;
        assert_eq!(answer.status, 422, "{}", answer.text);
        let found = answer.body["fields"].as_array().unwrap();
        assert!(
            found.contains(&json!({ "field": field, "code": code })),
            "{found:?}"
        );
    };
    check(hunt(" ", "880"), "part.identity.name", "empty").await;
    check(
        hunt("Inkoop", "142"),
        "part.identity.extension",
        "number-taken",
    )
    .await;
    let mut numbered = hunt("Inkoop", "880");
    numbered["content"]["identity"]["number"] = json!("+31205550100");
    check(numbered, "part.identity.number", "number-not-owned").await;
    let mut unknown = hunt("Inkoop", "880");
    unknown["content"]["members"] = json!([{ "user": 9999 }]);
    check(unknown, "part.users", "not-found").await;
    admin
        .post("/api/parts", json!({ "part": hunt("Inkoop", "880") }))
        .await
        .ok();
    check(hunt("inkoop ", "881"), "part.identity.name", "name-taken").await;
}

#[tokio::test]
async fn a_group_call_does_not_call_itself() {
    let server = Server::start().await;
    let (enterprise, location) = (server.actor(ENTERPRISE).await, server.actor(LOCATION).await);
    let group = |name: &str, location: u32, extension: &str, members: &[&str]| {
        json!({ "part": { "kind": "group-call", "content": { "id": 0, "members": members,
            "identity": { "name": name, "location": location, "extension": extension } } } })
    };
    let refused = async |answer: crate::server::Answer, field: &str, names: &[&str]| {
        let told = json!([{ "field": field, "code": "group-cycle", "names": names }]);
        assert_eq!(answer.status, 422, "{}", answer.text);
        assert_eq!(answer.body["fields"], told);
    };
    let itself = location
        .post("/api/parts", group("Crisis", 1, "890", &["142", "890"]))
        .await;
    refused(itself, "part.members.1", &["Crisis"]).await;
    location
        .post("/api/parts", group("Crisis", 1, "890", &["142", "891"]))
        .await
        .ok();
    let second = location
        .post("/api/parts", group("Storing", 1, "891", &["890"]))
        .await;
    refused(second, "part.members.0", &["Storing", "Crisis"]).await;
    let made = location
        .post("/api/parts", group("Storing", 1, "891", &["142"]))
        .await
        .ok();
    let path = format!("/api/parts/group-call/{}", made["part"]["content"]["id"]);
    let mut change = made["part"].clone();
    change["content"]["members"] = json!(["142", "890"]);
    let saved = location
        .put(&path, json!({ "version": 1, "part": change }))
        .await;
    refused(saved, "part.members.1", &["Storing", "Crisis"]).await;

    // What is elsewhere is not told by its name.
    let prefix = |location: &Value| location["prefix"].as_str().unwrap().to_owned();
    let export = enterprise.get("/api/organisation/export").await.ok();
    let (here, there) = (
        prefix(&export["locations"][0]),
        prefix(&export["locations"][1]),
    );
    let far = group("Ver", 2, "892", &[&format!("{here}893")]);
    enterprise.post("/api/parts", far).await.ok();
    let near = || group("Dichtbij", 1, "893", &[&format!("{there}892")]);
    refused(
        location.post("/api/parts", near()).await,
        "part.members.0",
        &["Dichtbij"],
    )
    .await;
    refused(
        enterprise.post("/api/parts", near()).await,
        "part.members.0",
        &["Dichtbij", "Ver"],
    )
    .await;
}

#[tokio::test]
async fn what_is_used_is_not_removed() {
    let server = Server::start().await;
    let admin = server.actor(LOCATION).await;
    let made = admin
        .post("/api/parts", json!({ "part": hunt("Inkoop", "880") }))
        .await
        .ok();
    let path = format!("/api/parts/hunt-group/{}", made["part"]["content"]["id"]);
    let forward = json!({ "changes": [{ "service": "forwarding-busy", "version": 1,
        "settings": { "active": true, "number": "880", "voicemail": false } }] });
    admin.put("/api/users/1/services", forward).await.ok();
    let refused = admin.delete(&path, json!({ "version": 1 })).await;
    assert_eq!(refused.refusal(), (409, "in-use"));
    assert_eq!(refused.body["used_by"][0]["service"], "forwarding-busy");
    assert_eq!(
        admin.get(&format!("{path}/uses")).await.ok()["used_by"],
        refused.body["used_by"]
    );
}

#[tokio::test]
async fn what_holds_for_all_is_saved_by_who_administers_it() {
    let server = Server::start().await;
    let (location, enterprise) = (server.actor(LOCATION).await, server.actor(ENTERPRISE).await);
    let site = json!({ "version": 0, "part": { "kind": "site", "content": {
        "location": 1, "settings": { "forwarding": { "mode": "on", "number": "+31655501199" } } } } });
    assert_eq!(
        location.put("/api/parts/site/1", site).await.ok()["version"],
        json!(1)
    );
    let codes = json!({ "version": 0, "part": { "kind": "codes", "content": { "park": "*681" } } });
    assert_eq!(
        location
            .put("/api/parts/codes/1", codes.clone())
            .await
            .refusal(),
        (403, "forbidden")
    );
    assert_eq!(
        enterprise.put("/api/parts/codes/1", codes).await.ok()["version"],
        json!(1)
    );
    let export = enterprise.get("/api/organisation/export").await.ok();
    assert_eq!(export["enterprise"]["codes"]["park"], "*681");
    assert_eq!(export["locations"][0]["site"]["forwarding"]["mode"], "on");
}

#[tokio::test]
async fn how_far_pickup_reaches_is_the_enterprise_s_to_say() {
    let server = Server::start().await;
    let (enterprise, location) = (server.actor(ENTERPRISE).await, server.actor(LOCATION).await);
    let path = "/api/parts/pickup/1";
    let found = enterprise.get(path).await.ok();
    let part = json!({ "kind": "pickup", "content": { "other_locations": false } });
    assert_eq!(
        found,
        json!({ "version": 0, "part": part, "editable": true })
    );
    let change = json!({ "version": 0,
        "part": { "kind": "pickup", "content": { "other_locations": true } } });
    assert_eq!(location.get(path).await.status, 200);
    assert_eq!(location.put(path, change.clone()).await.status, 403);
    assert_eq!(enterprise.put(path, change).await.ok()["version"], json!(1));
    let wrong = json!({ "version": 1, "part": { "kind": "pickup", "content": { "far": true } } });
    assert_eq!(
        enterprise.put(path, wrong).await.refusal(),
        (400, "body-malformed")
    );
    let exported = server.store().await.export().await.unwrap();
    assert!(exported.enterprise.pickup.other_locations);
}

#[tokio::test]
async fn who_gives_or_takes_rights_is_kept() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let pickup = |version: u64, far: bool| json!({ "version": version, "part": { "kind": "pickup", "content": { "other_locations": far } } });
    admin.put("/api/parts/pickup/1", pickup(0, true)).await.ok();
    // What is saved as it was, or refused, gives nobody anything.
    admin.put("/api/parts/pickup/1", pickup(1, true)).await.ok();
    assert_eq!(
        admin
            .put("/api/parts/pickup/1", pickup(1, false))
            .await
            .status,
        409
    );
    let mut center = with_people("agents", &[3]);
    let added = admin
        .post("/api/parts", json!({ "part": center }))
        .await
        .ok();
    let id = added["part"]["content"]["id"].as_u64().unwrap();
    let path = format!("/api/parts/call-center/{id}");
    center["content"]["supervisors"] = json!([{ "user": 1 }]);
    admin
        .put(&path, json!({ "version": 1, "part": center }))
        .await
        .ok();
    center["content"]["queue"] = json!({ "length": 7 });
    admin
        .put(&path, json!({ "version": 2, "part": center }))
        .await
        .ok();
    assert_eq!(
        admin
            .send("DELETE", &path, Some(json!({ "version": 3 })))
            .await
            .status,
        204
    );
    let barge = json!({ "changes": [{ "service": "barge-in", "version": 0, "settings": { "active": true } }] });
    admin.put("/api/users/2/services", barge).await.ok();
    let events = admin.get("/api/security/events").await.ok();
    let rights = events
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["kind"] == "rights-changed");
    let told: Vec<_> = rights
        .map(|event| (event["about"].clone(), event["account"].clone()))
        .collect();
    let by = json!("admin-1");
    let about = |what: String| (json!(what), by.clone());
    assert_eq!(
        told,
        [
            about("user 2 barge-in".into()),
            about(format!("call-center {id}")),
            about(format!("call-center {id}")),
            about("pickup 1".into()),
        ]
    );
}

/// A part of department 1 where it can be in one, with these people, and a save of it with others.
fn with_people(kind: &str, people: &[u32]) -> Value {
    let each: Vec<_> = people.iter().map(|user| json!({ "user": user })).collect();
    let identity = json!({ "name": "Nieuw", "location": 1, "department": 1, "extension": "888" });
    let content = match kind {
        "hunt-group" => json!({ "id": 0, "identity": identity, "members": each }),
        "agents" => json!({ "id": 0, "identity": identity, "agents": each }),
        "supervisors" => json!({ "id": 0, "identity": identity, "supervisors":
            people.iter().map(|user| json!({ "user": user, "agents": [] })).collect::<Vec<_>>() }),
        _ => json!({ "id": 0, "location": 1, "name": "Nieuw", "members": people }),
    };
    let kind = if ["agents", "supervisors"].contains(&kind) {
        "call-center"
    } else {
        kind
    };
    json!({ "kind": kind, "content": content })
}

#[tokio::test]
async fn people_of_elsewhere_are_added_by_who_administers_them() {
    for kind in [
        "hunt-group",
        "agents",
        "supervisors",
        "park-group",
        "pickup-group",
    ] {
        let server = Server::start().await;
        let location = server.actor(LOCATION).await;
        let made = location
            .post("/api/parts", json!({ "part": with_people(kind, &[]) }))
            .await
            .ok();
        let id = &made["part"]["content"]["id"];
        let path = format!("/api/parts/{}/{id}", made["part"]["kind"].as_str().unwrap());
        let save = async |login: &str, version: u64, people: &[u32]| {
            let part = with_people(kind, people);
            server
                .actor(login)
                .await
                .put(&path, json!({ "version": version, "part": part }))
                .await
        };
        let refused =
            async |login: &str, version: u64, people: &[u32], ask: &[&str], other: &[&str]| {
                let answer = save(login, version, people).await;
                assert_eq!(
                    answer.refusal(),
                    (422, "members-elsewhere"),
                    "{kind} {login}"
                );
                assert_eq!(answer.fields(), ["part.users: members-elsewhere"]);
                assert_eq!(answer.body["ask"], json!(ask), "{kind} {login}");
                assert_eq!(answer.body["available_by"], json!(other), "{kind} {login}");
            };
        let (all, utrecht, rotterdam) = ("Marieke van Dijk", "Joost Hendriks", "Fatima El Amrani");
        // 18 belongs to the location and to no department, 30 to the other location.
        let mut version = 1;
        if !["park-group", "pickup-group"].contains(&kind) {
            refused(DEPARTMENT, 1, &[18], &[all, utrecht], &[all, utrecht]).await;
            refused(DEPARTMENT, 1, &[30], &[all], &[all, rotterdam]).await;
            save(DEPARTMENT, 1, &[9]).await.ok();
            version = 2;
        }
        refused(LOCATION, version, &[18, 30], &[all], &[all, rotterdam]).await;
        save(LOCATION, version, &[18]).await.ok();
        save(ENTERPRISE, version + 1, &[18, 30]).await.ok();
        // Who is there already stays, whoever saves.
        save(LOCATION, version + 2, &[30, 18]).await.ok();
    }
}

/// The site of the other location, which makes these people available elsewhere.
fn available(version: u64, people: &[u32]) -> Value {
    json!({ "version": version, "part": { "kind": "site",
        "content": { "location": 2, "settings": { "available_elsewhere": people } } } })
}

#[tokio::test]
async fn people_whom_their_location_makes_available_are_added_by_others() {
    let site = "/api/parts/site/2";
    let server = Server::start().await;
    let before = server.actor(ENTERPRISE).await.get(site).await.ok()["version"]
        .as_u64()
        .unwrap();
    for (login, status) in [
        (SANNE, 403),
        (DEPARTMENT, 404),
        (OTHER_DEPARTMENT, 404),
        (LOCATION, 404),
        (OTHER_LOCATION, 200),
    ] {
        let answer = server
            .actor(login)
            .await
            .put(site, available(before, &[30]))
            .await;
        assert_eq!(answer.status, status, "{login}");
    }
    let owner = server.actor(OTHER_LOCATION).await;
    // Only people of the location are its to give.
    for stranger in [1, 9_999] {
        let refused = owner
            .put(site, available(before + 1, &[30, stranger]))
            .await;
        let expected = "part.settings.available_elsewhere.1: not-found";
        assert_eq!(
            (refused.refusal().0, refused.fields()),
            (422, vec![expected.to_owned()])
        );
    }
    for kind in [
        "hunt-group",
        "agents",
        "supervisors",
        "park-group",
        "pickup-group",
    ] {
        let server = Server::start().await;
        let (location, owner) = (
            server.actor(LOCATION).await,
            server.actor(OTHER_LOCATION).await,
        );
        let save = async |people: &[u32]| {
            location
                .post("/api/parts", json!({ "part": with_people(kind, people) }))
                .await
        };
        assert_eq!(
            save(&[18, 30]).await.refusal(),
            (422, "members-elsewhere"),
            "{kind}"
        );
        owner.put(site, available(before, &[30])).await.ok();
        assert_eq!(
            save(&[18, 31]).await.refusal(),
            (422, "members-elsewhere"),
            "{kind}"
        );
        let made = save(&[18, 30]).await.ok();
        // Who is there when that ends stays there, and comes into no other group.
        owner.put(site, available(before + 1, &[])).await.ok();
        let (kind, id) = (
            made["part"]["kind"].as_str().unwrap(),
            &made["part"]["content"]["id"],
        );
        let again = json!({ "version": 1, "part": made["part"] });
        location
            .put(&format!("/api/parts/{kind}/{id}"), again)
            .await
            .ok();
        assert_eq!(
            save(&[30]).await.refusal(),
            (422, "members-elsewhere"),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn packs_of_groups_use_licences_and_are_no_department_s_to_assign() {
    let server = Server::start().await;
    let location = server.actor(LOCATION).await;
    let used = async || {
        location.get("/api/organisation").await.ok()["packs"][4]["used"]
            .as_u64()
            .unwrap()
    };
    let whole = server
        .actor(ENTERPRISE)
        .await
        .get("/api/organisation")
        .await
        .ok();
    let left = whole["packs"][4]["licences"].as_u64().unwrap()
        - whole["packs"][4]["used"].as_u64().unwrap();
    let before = used().await;
    let group = |nth: u64| {
        let mut part = hunt(&format!("Inkoop {nth}"), &(880 + nth).to_string());
        part["content"]["identity"]["packs"] = json!([5]);
        part["content"]["identity"]["department"] = json!(1);
        part
    };
    for nth in 0..left {
        location
            .post("/api/parts", json!({ "part": group(nth) }))
            .await
            .ok();
    }
    assert_eq!(used().await, before + left);
    let refused = location
        .post("/api/parts", json!({ "part": group(left) }))
        .await;
    assert_eq!(refused.fields(), ["part.identity.packs: no-licence-left"]);

    let mut plain = group(left);
    plain["content"]["identity"]["packs"] = json!([]);
    let made = location
        .post("/api/parts", json!({ "part": plain }))
        .await
        .ok();
    let path = format!("/api/parts/hunt-group/{}", made["part"]["content"]["id"]);
    let mut packed = made["part"].clone();
    packed["content"]["identity"]["packs"] = json!([1]);
    let save = json!({ "version": 1, "part": packed });
    let refused = server
        .actor(DEPARTMENT)
        .await
        .put(&path, save.clone())
        .await;
    assert_eq!(
        (refused.refusal(), refused.fields()),
        (
            (403, "forbidden"),
            vec!["part.identity.packs: forbidden".into()]
        )
    );
    location.put(&path, save).await.ok();
}
