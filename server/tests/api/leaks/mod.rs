//! What an asker may not see is in no answer (requirement K8): every endpoint that reads, and every refusal that tells
//! what is there, is asked as every role about everything, and the answers are searched for what is not theirs.

mod organisation;

use crate::server::{Actor, Server};
use organisation::{ADMINS, DEPARTMENTS, Mark, Marks, Owner, USERS};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Who looks.
#[derive(Clone, Copy)]
enum Asker {
    User(u32),
    Department(u32),
    Location(u32),
    Enterprise,
}

impl Asker {
    /// Whether a mark may be in what they are answered.
    fn may_see(self, mark: &Mark) -> bool {
        let user = |id: u32| USERS[id as usize - 1];
        let location_of = |department: u32| DEPARTMENTS[department as usize - 1].1;
        match (self, mark.owner) {
            (Self::Enterprise, _) => true,
            (Self::Location(own), Owner::User(id)) => user(id).1 == own,
            (Self::Location(own), Owner::Department(id)) => location_of(id) == own,
            (Self::Location(own), Owner::Location(id) | Owner::Part(id))
            | (Self::Department(own), Owner::Department(id))
            | (Self::User(own), Owner::User(id)) => id == own,
            (Self::Department(own), Owner::User(id)) => user(id).2 == Some(own),
            // The sounds of the location may be named in the department, and its users' calls go by its forwarding.
            (Self::Department(own), Owner::Location(id)) => {
                location_of(own) == id && ["forwarding", "upload"].contains(&mark.field)
            }
            (Self::User(own), Owner::Department(id)) => {
                user(own).2 == Some(id) && mark.field == "name"
            }
            // Requirement C12: the user sees where the location forwards calls.
            (Self::User(own), Owner::Location(id)) => {
                user(own).1 == id && mark.field == "forwarding"
            }
            (Self::Department(_) | Self::User(_), Owner::Part(_)) => false,
        }
    }
}

/// Every path that can be read, with every id there is.
#[expect(
    clippy::panic,
    reason = "a parameter that is not filled in is not walked"
)]
async fn paths(server: &Server) -> Vec<String> {
    let document = server.anonymous().get("/api/openapi.json").await.ok();
    let parts = parts(server).await;
    let users: Vec<String> = (1..=5)
        .chain([51, 52, 61, 62, 71, 72, 81, 82])
        .map(|id| id.to_string())
        .collect();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        // What happens is a stream, and what it shows is seen in `live`.
        if methods.get("get").is_none() || path == "/api/live" {
            continue;
        }
        let fill = |name: &str, with: Vec<String>| -> Vec<String> {
            with.iter()
                .map(|id| path.replace(&format!("{{{name}}}"), id))
                .collect()
        };
        let numbers = |end: u32| (1..=end).map(|id| id.to_string()).collect();
        let filled = match path
            .split_once('{')
            .map(|(_, rest)| rest.split('}').next().unwrap())
        {
            None => vec![path.clone()],
            Some("user") => fill("user", users.clone()),
            Some("location") => fill("location", numbers(2)),
            Some("schedule") => fill("schedule", numbers(15)),
            Some("upload") => fill("upload", numbers(10)),
            Some("account") => {
                let admins = (1..=4).map(|id| format!("admin-{id}"));
                fill(
                    "account",
                    users
                        .iter()
                        .map(|id| format!("user-{id}"))
                        .chain(admins)
                        .collect(),
                )
            }
            Some("center") => fill("center", vec!["81".into(), "82".into()]),
            Some("kind") => parts.iter().map(|stored| of_part(path, stored)).collect(),
            Some(other) => panic!("{path}: nothing is known of {other}"),
        };
        found.extend(filled);
    }
    let also: Vec<String> = ["7", "8", "+3130555"]
        .iter()
        .flat_map(|begin| dialled(begin))
        .collect();
    let met = "user:1,user:4,user:51,user:52,place:1,place:2,extension:1:101,extension:2:104,keyed:71:8104,keyed:72:101,\
        named:71:7#,schedule:1,schedule:2,schedule:3,schedule:14,moment:1:20781:600,moment:2:20781:600";
    let also = format!("{},{met}", also.join(","))
        .replace('+', "%2B")
        .replace('#', "%23");
    for user in &users {
        for text in ["", "Person", "677", "zq", "Hunt", "10", "0"] {
            found.push(format!(
                "/api/users/{user}/colleagues?search={text}&ids=1,2,3,4,5,51,52,81,82"
            ));
        }
        found.push(format!("/api/users/{user}/slice?also={also}"));
        found.push(format!("/api/users/{user}/calls?kind=missed"));
    }
    found.extend(["zq", "677", "Person", "7"].map(|text| format!("/api/users?search={text}")));
    found
}

/// Every part there is, page after page.
async fn parts(server: &Server) -> Vec<Value> {
    let admin = server.actor("e").await;
    let (mut parts, mut path) = (Vec::new(), "/api/parts?limit=7".to_owned());
    loop {
        let page = admin.get(&path).await.ok();
        parts.extend(page["parts"].as_array().unwrap().clone());
        let Some(kind) = page["next"]["kind"].as_str() else {
            return parts;
        };
        path = format!(
            "/api/parts?limit=7&after_kind={kind}&after_id={}",
            page["next"]["id"]
        );
    }
}

fn of_part(path: &str, stored: &Value) -> String {
    let (part, content) = (&stored["part"], &stored["part"]["content"]);
    let id = ["id", "location", "department"]
        .iter()
        .find_map(|name| content[name].as_u64())
        .unwrap_or(1);
    path.replace("{kind}", part["kind"].as_str().unwrap())
        .replace("{id}", &id.to_string())
}

/// Every extension after a prefix, or every number of the two locations.
fn dialled(begin: &str) -> Vec<String> {
    let extensions = (101..=105).chain([850, 860, 870, 880]);
    if begin.starts_with('+') {
        return USERS
            .iter()
            .map(|(id, location, _)| format!("{begin}{location}1{id:02}"))
            .collect();
    }
    extensions
        .map(|extension| format!("{begin}{extension}"))
        .collect()
}

/// Everything that an actor can be told, each with what was asked.
async fn answers(server: &Server, actor: &Actor<'_>, asker: Asker) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for path in paths(server).await {
        told.push((path.clone(), actor.get(&path).await.text));
    }
    let stale = json!({ "version": 999 });
    for stored in &parts(server).await {
        let path = of_part("/api/parts/{kind}/{id}", stored);
        let save = json!({ "version": 999, "part": stored["part"] });
        told.push((format!("PUT {path}"), actor.put(&path, save).await.text));
        told.push((
            format!("DELETE {path}"),
            actor.delete(&path, stale.clone()).await.text,
        ));
    }
    let kind = json!({ "type": "time", "blocks": [{ "start": "mon 08:00", "end": "mon 12:00" }] });
    for id in 1..=15 {
        let path = format!("/api/schedules/{id}");
        let save = json!({ "version": 999, "name": "Anders", "kind": kind });
        told.push((format!("PUT {path}"), actor.put(&path, save).await.text));
        told.push((
            format!("DELETE {path}"),
            actor.delete(&path, stale.clone()).await.text,
        ));
    }
    for id in 1..=10 {
        let path = format!("/api/uploads/{id}");
        let save = json!({ "version": 999, "name": "Anders" });
        told.push((format!("PUT {path}"), actor.put(&path, save).await.text));
        told.push((
            format!("DELETE {path}"),
            actor.delete(&path, stale.clone()).await.text,
        ));
    }
    for (user, location, _) in USERS {
        let path = format!("/api/users/{user}/services");
        let change = json!({ "service": "forwarding-busy", "version": 999, "settings": { "number": "199" } });
        told.push((
            format!("PUT {path}"),
            actor.put(&path, json!({ "changes": [change] })).await.text,
        ));
        for to in ["", "7", "8"].iter().flat_map(|begin| dialled(begin)) {
            for line in ["answers", "busy", "no-answer"] {
                let lines: Value = USERS
                    .iter()
                    .map(|(id, ..)| (id.to_string(), json!(line)))
                    .collect();
                let question = json!({ "dialled": to, "from": location, "lines": lines, "keys": ["1", "8850"],
                    "caller": { "user": user } });
                let path = format!("/api/users/{user}/simulate");
                told.push((
                    format!("{path} {to} {line}"),
                    actor.post(&path, question.clone()).await.text,
                ));
                let path = format!("/api/users/{user}/week");
                let week = json!({ "dialled": to, "from": location, "lines": lines, "caller": { "user": user },
                    "since": 1_790_000_000_000_i64, "until": 1_790_007_200_000_i64 });
                told.push((
                    format!("{path} {to} {line}"),
                    actor.post(&path, week).await.text,
                ));
                if !matches!(asker, Asker::User(_)) {
                    let answer = actor.post("/api/simulate", question).await;
                    told.push((format!("/api/simulate {to} {line}"), answer.text));
                }
            }
        }
    }
    told
}

async fn walk(login: &str, asker: Asker) {
    let mut marks = Marks::default();
    let organisation = organisation::organisation(&mut marks);
    let server = Server::of(&organisation).await;
    let actor = server.actor(login).await;
    let mut seen = BTreeSet::new();
    for (asked, text) in answers(&server, &actor, asker).await {
        for mark in marks.0.iter().filter(|mark| text.contains(&mark.text)) {
            assert!(
                asker.may_see(mark),
                "{login} is told {mark:?} by {asked}: {text}"
            );
            seen.insert(mark.clone());
        }
    }
    // What somebody may see they do see: the walk goes everywhere.
    for mark in marks.0.iter().filter(|mark| asker.may_see(mark)) {
        assert!(seen.contains(mark), "{login} is never told {mark:?}");
    }
}

#[tokio::test]
async fn users_are_told_nothing_of_others() {
    for id in [1, 3, 4] {
        walk(&format!("u{id}"), Asker::User(id)).await;
    }
}

#[tokio::test]
async fn administrators_are_told_nothing_of_elsewhere() {
    for (login, level, id) in ADMINS {
        let asker = match level {
            "department" => Asker::Department(id),
            "location" => Asker::Location(id),
            _ => Asker::Enterprise,
        };
        walk(login, asker).await;
    }
}

#[tokio::test]
async fn uses_of_elsewhere_are_counted_and_not_named() {
    let server = Server::of(&organisation::organisation(&mut Marks::default())).await;
    let check = async |login: &str, expected: &[&str], elsewhere: u64| {
        let actor = server.actor(login).await;
        let uses = actor.get("/api/parts/hunt-group/51/uses").await.ok();
        let named = uses["used_by"]
            .as_array()
            .unwrap()
            .iter()
            .map(|used| used["user"].as_str().unwrap());
        assert_eq!(
            (named.collect::<Vec<_>>(), uses["elsewhere"].as_u64()),
            (expected.to_vec(), Some(elsewhere))
        );
        let refused = actor
            .delete("/api/parts/hunt-group/51", json!({ "version": 1 }))
            .await;
        assert_eq!(refused.refusal(), (409, "in-use"), "{login}");
        let mut told = refused.body.clone();
        let counted = told["used_elsewhere"].take().as_u64().unwrap_or(0);
        assert_eq!(
            (&told["used_by"], counted),
            (&uses["used_by"], elsewhere),
            "{login}"
        );
    };
    // Two users of Place2 forward to it, and the park group of Place2 has it as its alternate.
    check("e", &["P Person4", "P Person5", "zq-p2-park"], 0).await;
    let uses = server
        .actor("l1")
        .await
        .get("/api/parts/hunt-group/51/uses")
        .await
        .ok();
    assert_eq!(uses, json!({ "used_by": [], "elsewhere": 3 }));
    let refused = server
        .actor("l1")
        .await
        .delete("/api/parts/hunt-group/51", json!({ "version": 1 }))
        .await;
    assert_eq!(
        refused.body,
        json!({ "code": "in-use", "fields": [], "used_elsewhere": 3 })
    );
}
