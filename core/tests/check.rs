//! Proofs over organisations: each seeded mistake is found, where it stands and by a call that shows it; an organisation
//! in order has no findings, and a large one is looked through at once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

#[path = "check/barred.rs"]
mod barred;
#[path = "webs/enterprise.rs"]
#[allow(dead_code, reason = "questions about organisations are not asked here")]
mod enterprise;
#[path = "check/ground.rs"]
mod ground;
#[path = "check/kinds.rs"]
mod kinds;
#[path = "check/loops.rs"]
mod loops;
#[path = "check/planted.rs"]
mod planted;
#[path = "check/rules.rs"]
mod rules;
mod support;
#[path = "webs/web.rs"]
#[allow(
    dead_code,
    reason = "of the webs only the generator of numbers is used here"
)]
mod web;
#[path = "check/witnesses.rs"]
mod witnesses;

use centrale_core::check::{Finding, Kind, Severity, check};
use centrale_core::organisation::Organisation;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{Blocked, What};
use centrale_core::what_if::tell;
use serde_json::{Value, json};
use std::sync::Arc;

/// Monday 2026-01-05, 00:00 UTC.
const NOW: Timestamp = Timestamp::from_seconds(1_767_571_200);

/// A line each; every call that is said to show one is replayed, and does.
fn findings(organisation: &Organisation) -> Vec<String> {
    let snapshot = Arc::new(Snapshot::of(organisation, &support::zone));
    let found = check(organisation, &snapshot, NOW);
    let mut lines = Vec::new();
    for finding in &found {
        if let Some(call) = finding.witness.call() {
            assert!(
                finding.witness.holds(&tell(&snapshot, &call.question())),
                "{finding:?}"
            );
        }
        let json = serde_json::to_string(finding).unwrap();
        assert_eq!(
            serde_json::from_str::<Finding>(&json).unwrap(),
            *finding,
            "{json}"
        );
        let mut line = if finding.severity == Severity::Error {
            "error "
        } else {
            ""
        }
        .to_owned();
        finding.write(&mut line, &snapshot).unwrap();
        lines.push(line);
    }
    lines
}

fn with(changes: &[(&str, Value)]) -> Organisation {
    let mut organisation = serde_json::to_value(support::organisation()).unwrap();
    for list in [
        "hunt_groups",
        "group_calls",
        "auto_attendants",
        "call_centers",
        "pickup_groups",
    ] {
        organisation[list] = json!([]);
    }
    // Its number begins with that of the emergency services, which is told.
    organisation["users"][6]["extension"] = json!("118");
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match organisation.pointer_mut(parent).unwrap() {
            Value::Array(list) if key == "-" => list.push(value.clone()),
            Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
            Value::Object(map) => drop(map.insert(key.to_owned(), value.clone())),
            other => panic!("{pointer}: {other}"),
        }
    }
    serde_json::from_value(organisation).unwrap()
}

/// What is found, without what shows it.
#[track_caller]
fn expect(changes: &[(&str, Value)], expected: &[&str]) {
    let found = findings(&with(changes));
    let found: Vec<_> = found
        .iter()
        .map(|line| line.split("; ").next().unwrap())
        .collect();
    assert_eq!(found, expected);
}

/// What is found, whole.
#[track_caller]
fn expect_whole(changes: &[(&str, Value)], expected: &[&str]) {
    assert_eq!(findings(&with(changes)), expected);
}

#[test]
fn the_demo_has_no_errors() {
    let demo = serde_json::from_str(include_str!("../../server/demo/organisation.json")).unwrap();
    let errors = findings(&demo)
        .into_iter()
        .filter(|line| line.starts_with("error"));
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new());
}

fn on(number: &str) -> Value {
    json!({"active": true, "number": number})
}

fn hunt(change: &Value) -> (&'static str, Value) {
    let mut group = json!({"id": 30, "identity": {"name": "support", "location": 1, "extension": "150", "number": "+31305550150", "packs": [1]}});
    group
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    ("/hunt_groups/-", group)
}

fn menu(change: &Value) -> (&'static str, Value) {
    let mut attendant = json!({"id": 50, "identity": {"name": "menu", "location": 1, "extension": "170", "number": "+31305550170", "packs": [1]}, "business": {}});
    attendant
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    ("/auto_attendants/-", attendant)
}

#[test]
fn the_organisation_of_the_scenarios_is_in_order() {
    expect(&[], &[]);
}

#[test]
fn loops_are_shown_by_a_call() {
    let always = "/users/0/services/forwarding-always";
    expect_whole(
        &[
            (always, on("102")),
            ("/users/1/services/forwarding-busy", on("101")),
        ],
        &[
            "users[0]: calls go round in a loop: anna → bert → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, bert is busy: it comes back to anna",
        ],
    );
    expect_whole(
        &[
            (always, on("102")),
            ("/users/1/services/forwarding-no-answer", on("150")),
            hunt(&json!({"members": [{"user": 3}], "not_reachable": "101"})),
        ],
        &[
            "users[0]: calls go round in a loop: anna → bert → support → anna; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, bert does not answer, carla cannot be reached: it comes back to anna",
        ],
    );
    // A cycle that no call takes is none: the second forwarding is about colleagues, the first about nobody of them.
    let selective = |from: &str, to: &str| json!({"active": true, "number": to, "rules": [{"name": "a", "who": {"from": from}}]});
    let id = "/users/0/services/forwarding-selective";
    expect_whole(
        &[
            (id, selective("internal", "102")),
            (
                "/users/1/services/forwarding-selective",
                selective("external", "101"),
            ),
        ],
        &[],
    );
    expect_whole(
        &[
            (id, selective("internal", "102")),
            (
                "/users/1/services/forwarding-selective",
                selective("internal", "101"),
            ),
        ],
        &[
            "error users[0]: calls go round in a loop: anna → bert → anna; as when carla calls 101 at Mon 2026-01-05 10:00 UTC: it comes back to anna",
        ],
    );
}

#[test]
fn sounds_that_are_not_there() {
    let upload = json!({"id": 1, "owner": {"level": "location", "id": 1}, "name": "there", "length_ms": 1, "bytes": 1,
        "content": "00".repeat(32)});
    expect(
        &[
            ("/uploads", json!([upload])),
            (
                "/users/0/services/voicemail-greetings",
                json!({"unanswered": "there", "spoken_name": ""}),
            ),
            (
                "/locations/0/site",
                json!({"music": {"audio": ["there", "north"], "internal": ["inside"]}}),
            ),
            (
                "/departments/-",
                json!({"id": 9, "name": "a", "location": 1, "music": {"audio": ["there", "sales"]}}),
            ),
            menu(
                &json!({"business": {"greeting": ["there", "http://example.com/a.wav", "hello"],
                "keys": {"1": {"action": {"do": "end"}}}}}),
            ),
        ],
        &[
            "auto_attendants[0].business.greeting.2: there is no sound \"hello\" to be played here",
            "departments[0].music.audio.1: there is no sound \"sales\" to be played here",
            "locations[0].site.music.audio.1: there is no sound \"north\" to be played here",
            "locations[0].site.music.internal.0: there is no sound \"inside\" to be played here",
            "users[0].services.voicemail-greetings.unanswered: there is no sound \"there\" to be played here",
        ],
    );
}

#[test]
fn a_witness_is_a_call_that_the_machine_blocks() {
    let organisation = with(&[
        ("/users/0/services/forwarding-always", on("102")),
        ("/users/1/services/forwarding-not-reachable", on("101")),
    ]);
    let snapshot = Arc::new(Snapshot::of(&organisation, &support::zone));
    let found = check(&organisation, &snapshot, NOW);
    let witness = found[0].witness.call().unwrap();
    let story = tell(&snapshot, &witness.question());
    let blocked = |what: &What| {
        matches!(
            what,
            What::DiversionBlocked {
                because: Blocked::Loop,
                ..
            }
        )
    };
    assert!(story.trace.iter().any(|step| blocked(&step.what)));
}

#[test]
fn services_that_never_get_their_turn() {
    let always = ("/users/0/services/forwarding-always", on("102"));
    let dnd = ("/users/0/services/do-not-disturb", json!({"active": true}));
    let busy = ("/users/0/services/forwarding-busy", on("103"));
    let unanswered = ("/users/0/services/forwarding-no-answer", on("103"));
    let masked = |service: &str, by: &str| {
        format!(
            "users[0].services.{service}: {service} never gets its turn: {by} takes every call before it"
        )
    };
    expect(
        &[always.clone(), dnd.clone(), busy.clone()],
        &[
            &masked("do-not-disturb", "forwarding-always"),
            &masked("forwarding-busy", "forwarding-always"),
        ],
    );
    expect(
        &[dnd, busy, unanswered],
        &[&masked("forwarding-no-answer", "do-not-disturb")],
    );
    let anonymous = (
        "/users/0/services/anonymous-rejection",
        json!({"active": true}),
    );
    expect(&[anonymous, always], &[]);
}

#[test]
fn menus() {
    expect(
        &[menu(&json!({}))],
        &["auto_attendants[0].business: a caller can do nothing in this menu"],
    );
    expect(
        &[menu(&json!({"business": {"timeout": {"do": "repeat"}}}))],
        &[
            "error auto_attendants[0].business: callers can leave this menu and those below only by hanging up",
        ],
    );
    let key = |action: Value| json!({"keys": {"1": {"action": action}}});
    expect(
        &[menu(
            &json!({"business": key(json!({"do": "submenu", "menu": 3}))}),
        )],
        &["error auto_attendants[0].business.keys.1.action: there is no submenu 3"],
    );
    expect(
        &[menu(
            &json!({"business": key(json!({"do": "transfer", "to": "199"}))}),
        )],
        &["error auto_attendants[0].business.keys.1: nobody has 199"],
    );
    expect(
        &[menu(
            &json!({"business": key(json!({"do": "mailbox", "user": 99}))}),
        )],
        &["error auto_attendants[0].business.keys.1: there is no user 99"],
    );
    let submenu =
        json!([{"id": 3, "name": "sub", "menu": {"keys": {"9": {"action": {"do": "previous"}}}}}]);
    expect(
        &[menu(
            &json!({"business": key(json!({"do": "end"})), "submenus": submenu}),
        )],
        &["auto_attendants[0].submenus[0].menu: nothing leads to submenu 3"],
    );
    expect(
        &[menu(
            &json!({"business": key(json!({"do": "submenu", "menu": 3})), "submenus": submenu}),
        )],
        &[],
    );
    expect(
        &[menu(
            &json!({"business": key(json!({"do": "end"})), "hours": 77}),
        )],
        &[
            "error auto_attendants[0].hours: there is no schedule 77",
            "auto_attendants[0].after_hours: a caller can do nothing in this menu",
        ],
    );
}

#[test]
fn groups_and_numbers() {
    let weighted = |first: u8| json!({"policy": "weighted", "members": [{"user": 1, "weight": first}, {"user": 2, "weight": 50}]});
    expect(&[hunt(&weighted(50))], &[]);
    expect(
        &[hunt(&weighted(40))],
        &["error hunt_groups[0].members: the weights add up to 90, not to 100"],
    );
    expect(
        &[hunt(
            &json!({"members": [{"user": 1}, {"user": 1}, {"user": 30}, {"user": 99}]}),
        )],
        &[
            "error hunt_groups[0].members[2]: support is not a person",
            "error hunt_groups[0].members[3]: there is no user 99",
            "hunt_groups[0].members[1]: anna stands there twice",
        ],
    );
    expect(
        &[hunt(
            &json!({"members": [{"user": 1}], "no_answer": "199", "busy_when_unreachable": true}),
        )],
        &["error hunt_groups[0].no_answer: nobody has 199"],
    );
    expect(
        &[("/users/0/services/forwarding-busy", on("199"))],
        &["users[0].services.forwarding-busy: nobody has 199"],
    );
    expect(
        &[("/users/1/number", json!("+31305550101"))],
        &["error users[1].number: +31305550101 is there already, at users[0].number"],
    );
    expect(
        &[("/users/1/extension", json!("101"))],
        &["error users[1].extension: extension 101 is there already, at users[0].extension"],
    );
    expect(
        &[("/locations/1/prefix", json!("88"))],
        &["error locations[1].prefix: the prefix clashes with that of locations[0].prefix"],
    );
    expect(
        &[("/enterprise/codes", json!({"park": "*72"}))],
        &["enterprise.codes: *72 is the code of forwarding-always-on and of park"],
    );
    expect(
        &[("/users/1/extension", json!("1121"))],
        &["users[1].extension: extension 1121 of bert begins with emergency number 112"],
    );
}

#[test]
fn hours_with_a_gap() {
    let rule = json!({"active": true, "number": "103", "rules": [{"name": "away", "time": {"schedule": 9, "outside": true}}]});
    let mine = |until: &str| json!({"id": 9, "owner": {"user": 2}, "name": "Mine", "kind": {"type": "time", "blocks": [{"start": "mon 00:00", "end": until}]}});
    let open = menu(
        &json!({"hours": 1, "business": {"keys": {"1": {"action": {"do": "transfer", "to": "102"}}}}, "after_hours": {"keys": {"1": {"action": {"do": "end"}}}}}),
    );
    let changes = |until: &str| {
        [
            ("/schedules/-", mine(until)),
            ("/users/1/services/forwarding-selective", rule.clone()),
            open.clone(),
        ]
    };
    expect(&changes("fri 17:30"), &[]);
    expect(
        &changes("fri 17:00"),
        &[
            "auto_attendants[0].hours: at fri 17:00 the menu is open by schedule 1 and leads to bert, who forwards by schedule 9",
        ],
    );
}

#[test]
fn the_rings_of_ten_thousand_users_are_told() {
    let mut organisation = with(&[]);
    for id in 100..10_100u32 {
        let mut user = organisation.users[0].clone();
        user.id = centrale_core::id::UserId(id);
        user.login = format!("u{id}");
        user.number = None;
        user.extension = Some(format!("{}", 400_000 + id).parse().unwrap());
        let next = 400_000 + if id % 8 == 3 { id - 7 } else { id + 1 };
        user.services
            .insert("forwarding-always".into(), on(&next.to_string()));
        organisation.users.push(user);
    }
    let snapshot = Arc::new(Snapshot::of(&organisation, &support::zone));
    let found = check(&organisation, &snapshot, NOW);
    let loops = found
        .iter()
        .filter(|finding| matches!(finding.kind, Kind::Loop { .. }));
    assert_eq!(loops.count(), 10_000 / 8);
}
