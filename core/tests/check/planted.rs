//! One fault of each kind, planted into random organisations among parties of its own: it is found where it stands, and a
//! call shows it that holds when it is tried again.

use super::NOW;
use super::enterprise;
use super::ground::{AWAY, Ground, HERE, LOST, Planted, number, on};
use super::web::Random;
use centrale_core::check::{Finding, Witness, check};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Zone;
use centrale_core::what_if::tell;
use serde_json::{Value, json};
use std::sync::Arc;

const ORGANISATIONS: u64 = 24;

/// Some who send calls on to the next, and the last to the first, each in a way of its own.
fn loops(ground: &mut Ground<'_>) {
    let holidays = json!({"type": "holidays", "lines": [{"name": "a", "when": {"type": "yearly", "month": 12, "day": 25}}]});
    let christmas = ground.schedule(&holidays);
    let caller = format!("+3161234{:04}", ground.random.below(10_000));
    for length in [2, 3, 5, 8] {
        let first = ground.next + 1;
        let start = ground.whole["users"].as_array().unwrap().len();
        for nth in 0..length {
            let to = first + (nth + 1) % length;
            let rule =
                |more: Value| json!({"active": true, "number": to.to_string(), "rules": [more]});
            let (service, settings) = match ground.random.below(6) {
                0 => ("forwarding-always", on(&to)),
                1 => ("forwarding-busy", on(&to)),
                2 => ("forwarding-no-answer", on(&to)),
                3 => (
                    "forwarding-selective",
                    rule(json!({"name": "a", "who": {"from": "listed", "numbers": [caller]}})),
                ),
                4 => (
                    "forwarding-selective",
                    rule(
                        json!({"name": "a", "who": {"from": "listed", "numbers": [format!("{}*", &caller[..8])]}}),
                    ),
                ),
                _ => (
                    "forwarding-selective",
                    rule(json!({"name": "a", "holiday": {"schedule": christmas}})),
                ),
            };
            ground.user(&[(service, settings)]);
        }
        ground.plant(format!("users[{start}]"), "loop");
    }
}

/// Loops through what virtual users and mailboxes do.
fn virtual_loops(ground: &mut Ground<'_>) {
    let (agent, _) = ground.user(&[]);
    let next = ground.next + 2;
    let forward = json!({"do": "forward", "to": next.to_string()});
    let way = match ground.random.below(3) {
        0 => json!({"overflow": {"action": forward, "after_seconds": 60}}),
        1 => json!({"stranded": {"action": forward}}),
        _ => json!({"bounced": {"after_rings": 2, "number": next.to_string()}}),
    };
    let mut center = json!({"agents": [{"user": agent}]});
    center
        .as_object_mut()
        .unwrap()
        .extend(way.as_object().unwrap().clone());
    // A loop stands at the first of its parties.
    let (center, place) = ground.group("call_centers", &center);
    ground.user(&[("forwarding-always", on(&center))]);
    ground.plant(format!("call_centers[{place}]"), "loop");

    let next = ground.next + 2;
    let mailbox = json!({"active": true, "all": true, "transfer": next.to_string()});
    let (id, place) = ground.user(&[("voicemail-management", mailbox)]);
    ground.user(&[("forwarding-always", on(&id))]);
    ground.plant(format!("users[{place}]"), "loop");

    let next = ground.next + 2;
    let (id, place) = ground.group("group_calls", &json!({"members": [next.to_string()]}));
    ground.group("group_calls", &json!({"members": [id.to_string()]}));
    ground.plant(format!("group_calls[{place}]"), "loop");
}

fn rules(ground: &mut Ground<'_>) {
    let day = |when: Value| json!({"type": "holidays", "lines": [{"name": "a", "when": when}]});
    let block =
        |start: &str, end: &str| json!({"type": "time", "blocks": [{"start": start, "end": end}]});
    let never = ground.schedule(&json!({"type": "time", "blocks": []}));
    let past = ground.schedule(&day(
        json!({"type": "once", "from": "2020-01-01", "to": "2020-01-02"}),
    ));
    let easter = ground.schedule(&day(json!({"type": "easter", "offset": 0})));
    let monday = ground.schedule(&block("mon 09:00", "mon 17:00"));
    let wider = ground.schedule(&block("mon 08:00", "tue 08:00"));
    let time = |id: u32| json!({"name": "a", "time": {"schedule": id}});
    let cases = [
        (json!([time(never)]), 0, "rule-never-fires"),
        (
            json!([{"name": "a", "holiday": {"schedule": past}}]),
            0,
            "rule-never-fires",
        ),
        (
            json!([{"name": "a", "time": {"schedule": monday}, "holiday": {"schedule": easter}}]),
            0,
            "rule-never-fires",
        ),
        (json!([time(wider), time(monday)]), 1, "rule-never-fires"),
        (
            json!([{"name": "a"}, {"name": "b", "who": {"from": "internal"}}]),
            1,
            "rule-never-fires",
        ),
        (
            json!([{"name": "a", "who": {"from": "listed", "numbers": ["+310205550100"]}}]),
            0,
            "rule-never-fires",
        ),
        (
            json!([{"name": "a", "who": {"from": "listed", "numbers": ["955", "+31612345678"]}}]),
            0,
            "no-caller-shows",
        ),
        (json!([time(9999)]), 0, "no-schedule"),
    ];
    for (rules, place, is) in cases {
        let settings = json!({"active": true, "number": "+31612345679", "rules": rules});
        let (_, user) = ground.user(&[("forwarding-selective", settings)]);
        ground.plant(
            format!("users[{user}].services.forwarding-selective.rules[{place}]"),
            is,
        );
    }
}

fn masked(ground: &mut Ground<'_>) {
    let busy = ("forwarding-busy", on(&"+31612345679"));
    for other in [
        ("forwarding-always", on(&"+31612345678")),
        ("voicemail-management", json!({"active": true, "all": true})),
    ] {
        let (_, user) = ground.user(&[other, busy.clone()]);
        ground.plant(format!("users[{user}].services.forwarding-busy"), "masked");
    }
    let (_, user) = ground.user_at(AWAY, &json!([1]), &[busy]);
    ground.plant(format!("users[{user}].services.forwarding-busy"), "masked");
    let (_, user) = ground.user_at(
        HERE,
        &json!([]),
        &[("forwarding-busy", on(&"+31612345679"))],
    );
    ground.plant(
        format!("users[{user}].services.forwarding-busy"),
        "not-theirs",
    );
}

/// Numbers of nobody wherever one can stand at a user or a location.
fn nobody(ground: &mut Ground<'_>) {
    ground.user_at(LOST, &json!([1]), &[]);
    ground.plant("locations[5].site.forwarding.number", "nobody-there");
    let to = ground.nobodys();
    let phones = json!([{"number": "+31612345678"}, {"number": to}]);
    let next = json!([{"number": to, "rings": 2}]);
    let cases = [
        ("forwarding-always", on(&to), ""),
        ("forwarding-busy", on(&to), ""),
        ("forwarding-no-answer", on(&to), ""),
        ("forwarding-not-reachable", on(&to), ""),
        (
            "forwarding-selective",
            json!({"active": true, "number": to, "rules": [{"name": "a"}]}),
            "",
        ),
        (
            "simultaneous-ring",
            json!({"active": true, "phones": phones, "rules": []}),
            ".phones[1]",
        ),
        (
            "sequential-ring",
            json!({"active": true, "phones": next, "rules": [{"name": "a"}]}),
            ".phones[0]",
        ),
        ("remote-office", on(&to), ".number"),
        (
            "voicemail-management",
            json!({"active": true, "all": true, "transfer": to}),
            ".transfer",
        ),
        (
            "speed-dial",
            json!({"numbers": [{"code": "07", "number": to}]}),
            ".numbers[0]",
        ),
    ];
    for (service, settings, field) in cases {
        let (_, user) = ground.user(&[(service, settings)]);
        ground.plant(
            format!("users[{user}].services.{service}{field}"),
            "nobody-there",
        );
    }
    let greetings = json!({"deposit": false, "after_greeting": to});
    let mailbox = json!({"active": true, "all": true});
    let (_, user) = ground.user(&[
        ("voicemail-management", mailbox),
        ("voicemail-greetings", greetings),
    ]);
    ground.plant(
        format!("users[{user}].services.voicemail-greetings.after_greeting"),
        "nobody-there",
    );
    let circle =
        json!({"numbers": [{"code": "07", "number": "#08"}, {"code": "08", "number": "#07"}]});
    let (_, user) = ground.user(&[("speed-dial", circle)]);
    ground.plant(
        format!("users[{user}].services.speed-dial.numbers[0]"),
        "speed-dial-circle",
    );
}

fn groups(ground: &mut Ground<'_>) {
    let to = ground.nobodys();
    let (one, _) = ground.user(&[]);
    let (two, _) = ground.user(&[]);
    let members = json!([{"user": one}, {"user": two}]);
    let forward = json!({"action": {"do": "forward", "to": to}});
    let cases = [
        (
            "hunt_groups",
            json!({"members": []}),
            "members",
            "no-members",
        ),
        (
            "call_centers",
            json!({"agents": []}),
            "agents",
            "no-members",
        ),
        (
            "group_calls",
            json!({"members": []}),
            "members",
            "no-members",
        ),
        (
            "hunt_groups",
            json!({"members": members, "no_answer": to, "not_reachable": "+31612345678"}),
            "no_answer",
            "nobody-there",
        ),
        (
            "hunt_groups",
            json!({"members": members, "not_reachable": to}),
            "not_reachable",
            "nobody-there",
        ),
        (
            "hunt_groups",
            json!({"members": members, "no_answer": "+31612345678"}),
            "not_reachable",
            "no-answer-only",
        ),
        (
            "hunt_groups",
            json!({"members": [{"user": one}, {"user": 1}]}),
            "members[1]",
            "member-elsewhere",
        ),
        (
            "hunt_groups",
            json!({"members": [{"user": one}, {"user": one}]}),
            "members[1]",
            "member-twice",
        ),
        (
            "hunt_groups",
            json!({"members": [{"user": one}, {"user": 8888}]}),
            "members[1]",
            "no-user",
        ),
        (
            "hunt_groups",
            json!({"members": [{"user": one}, {"user": enterprise::PERSONS + 1}]}),
            "members[1]",
            "not-a-person",
        ),
        (
            "hunt_groups",
            json!({"policy": "weighted", "members": [{"user": one, "weight": 60}]}),
            "members",
            "weights",
        ),
        (
            "group_calls",
            json!({"members": [one.to_string(), to]}),
            "members[1]",
            "nobody-there",
        ),
        (
            "call_centers",
            json!({"agents": [{"user": one}], "stranded": forward}),
            "stranded.action.to",
            "nobody-there",
        ),
        (
            "call_centers",
            json!({"agents": [{"user": one}], "forced": {"active": true, "number": to}}),
            "forced.number",
            "nobody-there",
        ),
    ];
    for (list, more, field, is) in cases {
        let (_, place) = ground.group(list, &more);
        ground.plant(format!("{list}[{place}].{field}"), is);
    }
    let id = ground.id();
    let list = json!({"id": id, "name": "p", "location": HERE, "members": [one, 1]});
    let place = ground.push("pickup_groups", list);
    ground.plant_silent(
        format!("pickup_groups[{place}].members[1]"),
        "member-elsewhere",
    );
}

fn menus(ground: &mut Ground<'_>) {
    let to = ground.nobodys();
    let off = json!({"active": false});
    let (silent, _) = ground.user(&[("voicemail-management", off)]);
    let key = |action: Value| json!({"business": {"keys": {"1": {"action": action}}}});
    let sub =
        json!([{"id": 3, "name": "sub", "menu": {"keys": {"9": {"action": {"do": "previous"}}}}}]);
    let mut orphan = key(json!({"do": "end"}));
    orphan["submenus"] = sub;
    let cases = [
        (
            key(json!({"do": "transfer", "to": to})),
            "business.keys.1",
            "nobody-there",
        ),
        (
            key(json!({"do": "operator", "to": to})),
            "business.keys.1",
            "nobody-there",
        ),
        (
            key(json!({"do": "mailbox", "user": silent})),
            "business.keys.1",
            "mailbox-off",
        ),
        (
            key(json!({"do": "mailbox", "user": 8888})),
            "business.keys.1",
            "no-user",
        ),
        (
            key(json!({"do": "submenu", "menu": 7})),
            "business.keys.1.action",
            "no-submenu",
        ),
        (json!({"business": {}}), "business", "menu-dead-end"),
        (
            json!({"business": {"timeout": {"do": "repeat"}}}),
            "business",
            "menu-no-exit",
        ),
        (orphan, "submenus[0].menu", "orphan-submenu"),
    ];
    for (more, field, is) in cases {
        let (_, place) = ground.group("auto_attendants", &more);
        ground.plant(format!("auto_attendants[{place}].{field}"), is);
    }
}

fn numbers(ground: &mut Ground<'_>) {
    let (one, short) = ground.user(&[]);
    let (two, place) = ground.user(&[]);
    ground.whole["users"][place]["extension"] = json!(format!("{one}{}", ground.random.below(10)));
    ground.plant(format!("users[{short}].extension"), "extension-begins");
    let (_, place) = ground.user(&[]);
    ground.whole["users"][place]["number"] = json!(number(two));
    ground.plant(format!("users[{place}].number"), "same-number");
    let (three, _) = ground.user(&[]);
    let (_, place) = ground.user(&[]);
    ground.whole["users"][place]["extension"] = json!(three.to_string());
    ground.plant(format!("users[{place}].extension"), "same-extension");
}

fn planted(random: &mut Random) -> (Value, Vec<Planted>) {
    let whole = serde_json::to_value(enterprise::organisation(random)).unwrap();
    let mut ground = Ground {
        whole,
        random,
        next: 300,
        planted: Vec::new(),
    };
    for (location, forwarding) in [
        (HERE, json!({})),
        (AWAY, json!({"mode": "on", "number": "+31612345678"})),
        (LOST, json!({"mode": "on", "number": "955"})),
    ] {
        let location = json!({"id": location, "name": format!("L{location}"), "country": "nl", "zone": "UTC",
            "prefix": (location * 11).to_string(), "site": {"forwarding": forwarding},
            "numbers": [{"first": format!("+3130555{location}000"), "last": format!("+3130555{location}999")}]});
        ground.push("locations", location);
    }
    for plant in [
        loops,
        virtual_loops,
        rules,
        masked,
        nobody,
        groups,
        menus,
        numbers,
    ] {
        plant(&mut ground);
    }
    (ground.whole, ground.planted)
}

/// Whether it is found as it was planted, by a call that shows it.
fn is_found(planted: &Planted, found: &[(Finding, Value)]) -> bool {
    found.iter().any(|(finding, kind)| {
        finding.at == planted.at
            && kind["is"] == planted.is
            && (planted.silent || matches!(finding.witness, Witness::Call(_)))
    })
}

#[test]
fn one_of_each_kind_is_found_in_random_organisations() {
    let (mut all, mut missed) = (0, Vec::new());
    for seed in 0..ORGANISATIONS {
        let (whole, planted) = planted(&mut Random::new(seed));
        let organisation = serde_json::from_value(whole).unwrap();
        let snapshot = Arc::new(Snapshot::of(&organisation, &|_: &str| Some(Zone::utc())));
        let found: Vec<_> = check(&organisation, &snapshot, NOW)
            .into_iter()
            .map(|finding| {
                let kind = serde_json::to_value(&finding.kind).unwrap();
                (finding, kind)
            })
            .collect();
        for (finding, _) in &found {
            if let Some(call) = finding.witness.call() {
                assert!(
                    finding.witness.holds(&tell(&snapshot, &call.question())),
                    "seed {seed}: {finding:?}"
                );
            }
        }
        all += planted.len();
        let lost = planted.iter().filter(|planted| !is_found(planted, &found));
        missed.extend(lost.map(|planted| format!("seed {seed}: {} at {}", planted.is, planted.at)));
    }
    assert!(
        missed.len() * 100 <= all,
        "{} of {all} were not found: {missed:#?}",
        missed.len()
    );
}
