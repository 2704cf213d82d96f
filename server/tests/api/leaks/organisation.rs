//! An organisation in which every private text and number is a mark that names whose it is: `zq-l2-line`, or
//! `+31677002004`. What everybody may know of each other (names, numbers and extensions of people and groups, names of
//! locations) is not marked.

use crate::wav::wav;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use centrale_core::organisation::{ContentHash, Organisation};
use serde_json::{Value, json};

/// Whose a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    User(u32),
    Department(u32),
    Location(u32),
    /// A part of a location that is assigned to no department.
    Part(u32),
}

/// A mark as a body would show it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) owner: Owner,
    pub(super) field: &'static str,
    pub(super) text: String,
}

/// The location and the department of each user.
pub(super) const USERS: [(u32, u32, Option<u32>); 5] = [
    (1, 1, Some(1)),
    (2, 1, Some(2)),
    (3, 1, None),
    (4, 2, Some(3)),
    (5, 2, None),
];
pub(super) const DEPARTMENTS: [(u32, u32); 3] = [(1, 1), (2, 1), (3, 2)];
/// The administrators: log-in, level, id.
pub(super) const ADMINS: [(&str, &str, u32); 6] = [
    ("d1", "department", 1),
    ("d2", "department", 2),
    ("d3", "department", 3),
    ("l1", "location", 1),
    ("l2", "location", 2),
    ("e", "enterprise", 0),
];

#[derive(Default)]
pub(super) struct Marks(pub(super) Vec<Mark>);

impl Marks {
    fn text(&mut self, owner: Owner, field: &'static str) -> String {
        let (letter, id) = match owner {
            Owner::User(id) => ('u', id),
            Owner::Department(id) => ('d', id),
            Owner::Location(id) => ('l', id),
            Owner::Part(id) => ('p', id),
        };
        let text = format!("zq-{letter}{id}-{field}");
        self.0.push(Mark {
            owner,
            field,
            text: text.clone(),
        });
        text
    }

    /// A mobile number of the Netherlands: nine digits, of which each mark has its own last six.
    fn number(&mut self, owner: Owner, field: &'static str) -> String {
        let text = format!("677{:06}", 101 * (self.0.len() + 1));
        self.0.push(Mark {
            owner,
            field,
            text: text.clone(),
        });
        format!("+31{text}")
    }
}

pub(super) fn organisation(marks: &mut Marks) -> Organisation {
    let services = [
        "forwarding-busy",
        "forwarding-selective",
        "call-notify",
        "voicemail-management",
        "speed-dial",
    ];
    let users: Vec<Value> = USERS.iter().map(|user| person(*user, marks)).collect();
    let departments: Vec<Value> = DEPARTMENTS
        .iter()
        .map(|(id, location)| {
            let owner = Owner::Department(*id);
            let (name, sound) = (marks.text(owner, "name"), marks.text(owner, "upload"));
            json!({"id": id, "name": name, "location": location, "music": {"audio": [sound]}})
        })
        .collect();
    let locations = [1, 2].map(|id| location(id, marks));
    let schedules = schedules(marks);
    let [
        mut hunts,
        mut calls,
        mut menus,
        mut centers,
        mut parks,
        mut pickups,
    ] = [const { Vec::new() }; 6];
    for at in [1, 2] {
        let part = Owner::Part(at);
        let members: Vec<u32> = USERS
            .iter()
            .filter(|user| user.1 == at)
            .map(|user| user.0)
            .collect();
        let agents: Vec<Value> = members.iter().map(|user| json!({"user": user})).collect();
        let identity = |kind: &str, extension: u32| json!({"name": format!("{kind} {at}"), "location": at, "extension": extension.to_string(), "packs": [1]});
        hunts.push(
            json!({"id": 50 + at, "identity": identity("Hunt", 850), "prefix": marks.text(part, "prefix"),
            "no_answer": marks.number(part, "no-answer"), "members": agents}),
        );
        calls.push(json!({"id": 60 + at, "identity": identity("All", 860), "members": [marks.number(part, "member")]}));
        let key = json!({"description": marks.text(part, "description"),
            "action": {"do": "transfer", "to": marks.number(part, "key")}});
        menus.push(json!({"id": 70 + at, "identity": identity("Menu", 870), "hours": at, "holidays": at + 2,
            "extension_scope": "enterprise", "business": {"extension_dialling": true, "keys": {"1": key}}}));
        centers.push(
            json!({"id": 80 + at, "identity": identity("Desk", 880), "agents": agents,
            "overflow": {"action": {"do": "forward", "to": marks.number(part, "overflow")}},
            "dispositions": [{"code": "12", "name": marks.text(part, "disposition")}]}),
        );
        // The park group of each location leads to the hunt group of the other.
        parks.push(
            json!({"id": at, "location": at, "name": marks.text(part, "park"), "members": members,
            "alternate": 53 - at}),
        );
        pickups
            .push(json!({"id": at, "location": at, "name": marks.text(part, "pickup"), "members": members}));
    }
    let admin = |(at, (login, level, id)): (usize, &(&str, &str, u32))| {
        let scope = if *id == 0 {
            json!({"level": level})
        } else {
            json!({"level": level, "id": id})
        };
        json!({"id": at + 1, "login": login, "first_name": "A", "last_name": login, "scope": scope})
    };
    let sound = BASE64.encode(wav(440, 10));
    let sounds = (1..=10)
        .map(|id| (ContentHash([id; 32]), sound.clone()))
        .collect();
    let whole = json!({
        "format": 1, "enterprise": {"name": "E"},
        "service_packs": [{"id": 1, "name": "All", "licences": 99, "services": services}],
        "locations": locations, "departments": departments, "users": users, "schedules": schedules,
        "admins": ADMINS.iter().enumerate().map(admin).collect::<Vec<_>>(),
        "hunt_groups": hunts, "group_calls": calls, "auto_attendants": menus, "call_centers": centers,
        "park_groups": parks, "pickup_groups": pickups, "uploads": uploads(marks),
    });
    Organisation {
        sounds,
        ..serde_json::from_value(whole).unwrap()
    }
}

fn person((id, location, department): (u32, u32, Option<u32>), marks: &mut Marks) -> Value {
    let owner = Owner::User(id);
    // Everybody forwards to the hunt group of the other location, and lists numbers of their own.
    let elsewhere = format!("{}850", [7, 8][usize::from(location == 1)]);
    let rule = json!({"name": marks.text(owner, "rule"), "time": {"schedule": location},
        "who": {"from": "listed", "numbers": [marks.number(owner, "listed")]}});
    json!({"id": id, "login": format!("u{id}"), "first_name": "P", "last_name": format!("Person{id}"),
    "email": format!("{}@example.com", marks.text(owner, "email")), "profile": "combi", "location": location,
    "department": department, "extension": (100 + id).to_string(), "number": format!("+3130555{location}1{id:02}"),
    "mobile": marks.number(owner, "mobile"), "packs": [1],
    "devices": [{"id": id, "name": marks.text(owner, "device"), "kind": "desk", "account": marks.text(owner, "account")}],
    "services": {
        "forwarding-busy": {"active": true, "number": elsewhere},
        "forwarding-selective": {"active": true, "number": marks.number(owner, "selective"), "rules": [rule]},
    }})
}

fn location(id: u32, marks: &mut Marks) -> Value {
    let owner = Owner::Location(id);
    json!({"id": id, "name": format!("Place{id}"), "country": "nl", "zone": "UTC", "prefix": (6 + id).to_string(),
    "numbers": [{"first": format!("+3130555{id}100"), "last": format!("+3130555{id}199")}],
    "site": {
        "forwarding": {"mode": "automatic", "number": marks.number(owner, "forwarding"), "schedules": [id]},
        "caller_id": {"name": marks.text(owner, "caller-id")},
        "music": {"audio": [marks.text(owner, "upload")]},
    }})
}

/// Of each location a time and a holiday schedule, of each user a holiday schedule. Times are marked by when they begin.
fn schedules(marks: &mut Marks) -> Vec<Value> {
    let mut all = Vec::new();
    for at in [1, 2] {
        let (owner, start) = (Owner::Location(at), format!("tue 03:1{at}"));
        marks.0.push(Mark {
            owner,
            field: "block",
            text: start.clone(),
        });
        all.push(
            json!({"id": at, "owner": {"location": at}, "name": format!("Hours{at}"),
            "kind": {"type": "time", "blocks": [{"start": start, "end": "fri 18:00"}]}}),
        );
    }
    for at in [1, 2] {
        let line = json!({"name": marks.text(Owner::Location(at), "line"), "when": {"type": "yearly", "month": 12, "day": 25}});
        all.push(
            json!({"id": at + 2, "owner": {"location": at}, "name": format!("Days{at}"),
            "kind": {"type": "holidays", "lines": [line]}}),
        );
    }
    for (id, ..) in USERS {
        let owner = Owner::User(id);
        let line = json!({"name": marks.text(owner, "line"), "when": {"type": "yearly", "month": 12, "day": 24}});
        all.push(
            json!({"id": 10 + id, "owner": {"user": id}, "name": marks.text(owner, "schedule"),
            "kind": {"type": "holidays", "lines": [line]}}),
        );
    }
    all
}

fn uploads(marks: &mut Marks) -> Vec<Value> {
    let mut owners: Vec<(Value, String)> = Vec::new();
    for id in [1, 2] {
        owners.push((
            json!({"level": "location", "id": id}),
            format!("zq-l{id}-upload"),
        ));
    }
    for (id, _) in DEPARTMENTS {
        owners.push((
            json!({"level": "department", "id": id}),
            format!("zq-d{id}-upload"),
        ));
    }
    for (id, ..) in USERS {
        owners.push((
            json!({"level": "user", "id": id}),
            marks.text(Owner::User(id), "upload"),
        ));
    }
    let upload = |(at, (owner, name)): (usize, (Value, String))| {
        json!({"id": at + 1, "owner": owner, "name": name, "length_ms": 1000, "bytes": 32044,
            "content": format!("{:02x}", at + 1).repeat(32)})
    };
    owners.into_iter().enumerate().map(upload).collect()
}
