#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part of it"
)]
//! What several test files need: the organisation of the scenarios, time zones, and histories as text.

pub mod actions;
pub mod history;

use centrale_core::id::UserId;
use centrale_core::organisation::Organisation;
use centrale_core::simulate::Staff;
use centrale_core::time::{Timestamp, Zone};
use chrono::{Offset, TimeZone};
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// The transition table of a zone; made once, as scanning the database takes a while.
pub fn zone(name: &str) -> Option<Zone> {
    static ZONES: LazyLock<[Option<Zone>; 2]> =
        LazyLock::new(|| ["Europe/Amsterdam", "Europe/Brussels"].map(scan));
    ZONES
        .iter()
        .flatten()
        .find(|zone| zone.name() == name)
        .cloned()
}

fn scan(name: &str) -> Option<Zone> {
    let zone: chrono_tz::Tz = name.parse().ok()?;
    let offset_at = |at: i64| {
        let instant = chrono::DateTime::from_timestamp(at, 0)
            .unwrap_or_default()
            .naive_utc();
        zone.offset_from_utc_datetime(&instant)
            .fix()
            .local_minus_utc()
    };
    let (from, to) = (
        Timestamp::from_seconds(946_684_800),
        Timestamp::from_seconds(3_155_760_000),
    );
    Zone::from_offsets(name, from, to, offset_at).ok()
}

/// The organisation that the scenarios start from.
pub fn organisation() -> Organisation {
    serde_json::from_str(include_str!("../scenarios/organisation.json")).unwrap()
}

/// People of a simulated day who are always there and answer at once.
pub fn staff(users: &[u32]) -> Staff {
    Staff {
        agents: users.iter().copied().map(UserId).collect(),
        ..Staff::default()
    }
}

/// Replaces or adds a value anywhere in an organisation; `-` at the end of the pointer adds to a list.
pub fn set(organisation: &mut Organisation, pointer: &str, json: &str) {
    let value: Value =
        serde_json::from_str(json).unwrap_or_else(|e| panic!("{pointer}: {e}: {json}"));
    let mut whole = serde_json::to_value(&*organisation).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = place(&mut whole, parent);
    if parent.is_null() {
        *parent = if key == "-" {
            Value::Array(Vec::new())
        } else {
            Value::Object(Map::new())
        };
    }
    match (parent, key) {
        (Value::Array(list), "-") => list.push(value),
        (Value::Array(list), at) => list[at.parse::<usize>().unwrap()] = value,
        (Value::Object(map), key) => drop(map.insert(key.to_owned(), value)),
        _ => panic!("nothing at {pointer}"),
    }
    *organisation = serde_json::from_value(whole).unwrap_or_else(|e| panic!("{pointer}: {e}"));
}

/// The value at a pointer, whose missing objects are made.
fn place<'a>(value: &'a mut Value, pointer: &str) -> &'a mut Value {
    pointer
        .split('/')
        .filter(|key| !key.is_empty())
        .fold(value, |value, key| match value {
            Value::Array(list) => &mut list[key.parse::<usize>().unwrap()],
            other => &mut other[key],
        })
}
