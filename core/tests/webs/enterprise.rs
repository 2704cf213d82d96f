//! Random enterprises of three locations with groups, menus, queues, speed dials, schedules and what locations set, and
//! random questions about them: what a preview must tell as the command line does.

use super::web::Random;
use centrale_core::api::routing::Question;
use centrale_core::organisation::Organisation;
use serde_json::{Map, Value, json};

/// Persons, at location 1, 2, 3, 1, …; after them two of each kind of virtual user.
pub(crate) const PERSONS: u32 = 12;
const PARTIES: u32 = PERSONS + 8;
/// 2026-11-23, a Monday, 00:00 UTC.
const MONDAY: i64 = 1_795_392_000_000;

/// The location of a party.
pub(crate) fn location_of(id: u32) -> u32 {
    (id - 1) % 3 + 1
}

/// Location 1 has no prefix; extensions of location 2 begin as others end.
fn extension(id: u32) -> String {
    if location_of(id) == 2 {
        (10 + id).to_string()
    } else {
        (100 + id).to_string()
    }
}

fn number(id: u32) -> String {
    format!("+3130555{}1{id:02}", location_of(id))
}

fn prefix(location: u32) -> &'static str {
    ["", "7", "8"][location as usize - 1]
}

/// Something that can be dialled or forwarded to.
fn target(random: &mut Random) -> String {
    let id = 1 + random.below(u64::from(PARTIES)) as u32;
    match random.below(12) {
        0 => "+31655501199".into(),
        1 => format!("+313055511{}", 80 + random.below(20)),
        2 | 3 => format!("{}{}", prefix(location_of(id)), extension(id)),
        4 | 5 => number(id),
        6 => format!("*80{}", extension(id)),
        7 => format!("#{:02}", random.below(4)),
        _ => extension(id),
    }
}

/// A target that settings may hold.
fn destination(random: &mut Random) -> String {
    loop {
        let text = target(random);
        if !text.starts_with(['*', '#']) {
            return text;
        }
    }
}

pub(crate) fn organisation(random: &mut Random) -> Organisation {
    let persons: Vec<Value> = (1..=PERSONS).map(|id| person(id, random)).collect();
    let locations: Vec<Value> = (1..=3).map(|id| location(id, random)).collect();
    let mut schedules = Vec::new();
    for (id, owner) in (1..=3)
        .map(|at| (at, json!({"location": at})))
        .chain((1..=PERSONS).map(|user| (10 + user, json!({"user": user}))))
    {
        let start = ["mon 08:00", "tue 00:00", "wed 12:30", "sat 09:00"][random.below(4) as usize];
        schedules.push(json!({"id": id, "owner": owner, "name": format!("s{id}"),
            "kind": {"type": "time", "blocks": [{"start": start, "end": "fri 18:00"}]}}));
    }
    let mut ids = PERSONS + 1..;
    let mut two =
        |random: &mut Random, make: &dyn Fn(u32, Value, &mut Random) -> Value| -> Vec<Value> {
            ids.by_ref()
                .take(2)
                .map(|id| make(id, identity(id, random), random))
                .collect()
        };
    let hunts = two(random, &|id, identity, random| {
        let policy = ["regular", "circular", "simultaneous", "uniform"][random.below(4) as usize];
        json!({"id": id, "identity": identity, "policy": policy, "members": members(random),
            "no_answer": maybe(random), "not_reachable": maybe(random)})
    });
    let calls = two(random, &|id, identity, random| {
        let members: Vec<String> = (0..=random.below(3))
            .map(|_| match random.below(3) {
                0 => format!(
                    "*80{}",
                    extension(1 + random.below(u64::from(PERSONS)) as u32)
                ),
                _ => destination(random),
            })
            .collect();
        json!({"id": id, "identity": identity, "members": members})
    });
    let menus = two(random, &|id, identity, random| menu(id, &identity, random));
    let centers = two(random, &|id, identity, random| {
        json!({"id": id, "identity": identity, "agents": members(random), "night": {"hours": location_of(id),
            "action": {"do": "forward", "to": destination(random)}},
            "overflow": {"after_seconds": 30, "action": {"do": "forward", "to": destination(random)}},
            "stranded": {"action": {"do": "forward", "to": destination(random)}}, "bounced": {"after_rings": 2}})
    });
    let services: Vec<_> = centrale_core::service::CATALOGUE
        .iter()
        .map(|entry| entry.id.0)
        .collect();
    let group = |id: u32| json!({"id": id, "location": id, "name": format!("g{id}"), "members": [id, id + 3]});
    serde_json::from_value(json!({
        "format": 1, "enterprise": {"name": "E"},
        "service_packs": [{"id": 1, "name": "All", "licences": 99, "services": services}],
        "locations": locations, "users": persons, "schedules": schedules, "admins": [],
        "departments": [{"id": 1, "name": "a", "location": 1}, {"id": 2, "name": "b", "location": 1, "parent": 1},
            {"id": 3, "name": "c", "location": 2}],
        "hunt_groups": hunts, "group_calls": calls, "auto_attendants": menus, "call_centers": centers,
        "pickup_groups": [group(1)], "park_groups": [group(2)],
    }))
    .unwrap()
}

fn maybe(random: &mut Random) -> Option<String> {
    (!random.one_in(3)).then(|| destination(random))
}

fn members(random: &mut Random) -> Vec<Value> {
    let mut all: Vec<u32> = (0..random.below(4))
        .map(|_| 1 + random.below(u64::from(PERSONS)) as u32)
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|user| json!({"user": user})).collect()
}

fn department(id: u32, random: &mut Random) -> Option<u32> {
    match (location_of(id), random.below(3)) {
        (1, 0) => Some(1),
        (1, 1) => Some(2),
        (2, 0) => Some(3),
        _ => None,
    }
}

fn identity(id: u32, random: &mut Random) -> Value {
    json!({"name": format!("Group{id}"), "location": location_of(id), "number": number(id), "extension": extension(id),
        "department": department(id, random), "packs": [1], "services": services(id, random)})
}

fn person(id: u32, random: &mut Random) -> Value {
    let names = ["Bakker", "Smit", "de Boer", "Aydin"];
    json!({"id": id, "login": format!("p{id}"), "first_name": "P", "last_name": random.pick(&names), "profile": "fixed",
        "location": location_of(id), "department": department(id, random), "number": number(id),
        "extension": extension(id), "packs": [1], "services": services(id, random),
        "devices": [{"id": id, "name": "Desk", "kind": "desk", "account": format!("p{id}")}]})
}

fn services(id: u32, random: &mut Random) -> Value {
    let mut all = Map::new();
    let schedule = if id <= PERSONS && random.one_in(3) {
        10 + id
    } else {
        location_of(id)
    };
    for _ in 0..random.below(4) {
        let to = destination(random);
        let number = json!({"active": true, "number": to});
        let (name, settings) = match random.below(13) {
            0 => ("forwarding-always", number),
            1 => ("forwarding-busy", number),
            2 => ("forwarding-no-answer", number),
            3 | 4 => (
                "forwarding-selective",
                json!({"active": true, "number": to, "rules": [
                {"name": "a", "time": {"schedule": schedule, "outside": random.one_in(2)}},
                {"name": "b", "effect": "deactivate", "who": {"from": "internal"}}]}),
            ),
            5 => (
                "simultaneous-ring",
                json!({"active": true, "phones": [{"number": to}], "rules": []}),
            ),
            6 => (
                "sequential-ring",
                json!({"active": true, "phones": [{"number": to, "rings": 2}], "rules": [{"name": "a"}]}),
            ),
            7 => ("do-not-disturb", json!({"active": true})),
            8 => ("call-waiting", json!({"active": true})),
            9 => ("call-transfer", json!({"recall": true, "camp_on": true})),
            10 => ("automatic-callback", json!({"active": true})),
            11 => (
                "voicemail-management",
                json!({"active": true, "unanswered": true}),
            ),
            _ => (
                "speed-dial",
                json!({"numbers": [{"code": "01", "number": to},
                {"code": "02", "number": format!("*80{}", extension(1 + random.below(12) as u32))}, {"code": "03", "number": "#01"}]}),
            ),
        };
        all.insert(name.into(), settings);
    }
    Value::Object(all)
}

fn location(id: u32, random: &mut Random) -> Value {
    let mode = *random.pick(&["off", "off", "on", "automatic"]);
    json!({"id": id, "name": format!("L{id}"), "country": "nl", "zone": "UTC", "prefix": prefix(id),
        "numbers": [{"first": format!("+3130555{id}100"), "last": format!("+3130555{id}199")}],
        "site": {"emergency": if random.one_in(2) { json!(["199"]) } else { json!([]) },
            "forwarding": {"mode": mode, "number": destination(random), "schedules": [id]}}})
}

fn menu(id: u32, identity: &Value, random: &mut Random) -> Value {
    let scope = |random: &mut Random| *random.pick(&["enterprise", "location", "department"]);
    let key = |action: Value| json!({"action": action});
    let keys = json!({"1": key(json!({"do": "transfer", "to": destination(random)})),
        "2": key(json!({"do": "name-dialling"})), "3": key(json!({"do": "extension-dialling"})),
        "4": key(json!({"do": "mailbox"})),
        "5": key(json!({"do": "mailbox", "user": 1 + random.below(u64::from(PERSONS))})),
        "6": key(json!({"do": "operator", "to": destination(random)}))});
    let (extensions, names) = (scope(random), scope(random));
    json!({"id": id, "identity": identity, "extension_scope": extensions, "name_scope": names,
        "hours": random.one_in(2).then(|| location_of(id)),
        "business": {"extension_dialling": true, "keys": keys}, "after_hours": {"keys": keys}})
}

/// A question about a random enterprise.
pub(crate) fn question(random: &mut Random) -> Question {
    let caller_id = 1 + random.below(u64::from(PERSONS)) as u32;
    let inside = !random.one_in(3);
    let (caller, from) = if inside {
        (
            json!({"user": caller_id, "extension": extension(caller_id), "number": number(caller_id)}),
            Some(location_of(caller_id)),
        )
    } else {
        (
            random
                .pick(&[
                    json!({"number": "+31201234567"}),
                    json!({"withheld": true}),
                    json!({}),
                ])
                .clone(),
            None,
        )
    };
    let mut lines = Map::new();
    for id in 1..=PERSONS {
        let line = *random.pick(&[
            "answers",
            "answers",
            "busy",
            "on-a-call",
            "no-answer",
            "no-answer",
            "unreachable",
        ]);
        lines.insert(id.to_string(), json!(line));
    }
    let keys: Vec<String> = (0..random.below(4)).map(|_| keyed(random)).collect();
    let later: Vec<Value> = (0..random.below(3))
        .map(|nth| later(5 + 20 * nth, random))
        .collect();
    let dialled = if inside {
        dialled(random)
    } else {
        number(1 + random.below(u64::from(PARTIES)) as u32)
    };
    serde_json::from_value(json!({
        "caller": caller, "from": from, "dialled": dialled, "lines": lines, "keys": keys, "later": later,
        "at": MONDAY + (random.below(7 * 24 * 12) * 300_000) as i64, "seed": random.below(9), "patience": 300,
        "diversion_inhibited": random.one_in(8), "unconfirmed": random.one_in(4),
        "centers": {"ahead": random.below(3), "agents": {"1": {"state": random.pick(&["available", "signed-out"])}}},
    }))
    .unwrap()
}

/// Digits at a phone: what settings hold, codes with and without digits, and what begins or is nothing.
fn dialled(random: &mut Random) -> String {
    let to = target(random);
    match random.below(10) {
        0 => format!("*80{to}"),
        1 => format!("*67{to}"),
        2 => format!("*70{to}"),
        3 => format!(
            "{}{to}",
            random.pick(&["*97", "*33", "*88", "*55", "*68", "*62", "*72"])
        ),
        4 => (*random.pick(&[
            "*98", "#58", "*86", "#01", "#02", "#03", "112", "199", "*80", "*78", "9",
        ]))
        .to_owned(),
        _ => to,
    }
}

/// Keys at a prompt: of a menu, of an extension, of a name, and of both.
fn keyed(random: &mut Random) -> String {
    let id = 1 + random.below(u64::from(PARTIES)) as u32;
    match random.below(6) {
        0 => format!("{}#", extension(id)),
        1 => format!("{}{}", prefix(location_of(id)), extension(id)),
        2 => ["225#", "7648#", "33#", "2#"][random.below(4) as usize].to_owned(),
        3 => extension(id),
        _ => (1 + random.below(6)).to_string(),
    }
}

fn later(after: u64, random: &mut Random) -> Value {
    let user = 1 + random.below(u64::from(PERSONS));
    let by = random.pick(&["caller", "leg"]);
    let event = match random.below(7) {
        0 | 1 => json!({"does": "transfer", "by": by, "to": dialled(random)}),
        2 => json!({"does": "consult", "by": by, "to": target(random)}),
        3 => json!({"does": "take", "by": user}),
        4 => json!({"does": "free", "user": user}),
        5 => json!({"does": "park", "by": by, "at": user}),
        _ => json!({"does": "hang-up", "by": by}),
    };
    json!({"after": after, "event": event})
}
