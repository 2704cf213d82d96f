#![allow(unreachable_pub, dead_code, clippy::unwrap_used, reason = "each test file uses a part of it")]
//! What several test files need: the organisation of the scenarios, and time zones.

use centrale_core::organisation::Organisation;
use centrale_core::time::{Timestamp, Zone};
use chrono::{Offset, TimeZone};
use std::sync::LazyLock;

/// The transition table of a zone; made once, as scanning the database takes a while.
pub fn zone(name: &str) -> Option<Zone> {
    static ZONES: LazyLock<[Option<Zone>; 2]> =
        LazyLock::new(|| ["Europe/Amsterdam", "Europe/Brussels"].map(scan));
    ZONES.iter().flatten().find(|zone| zone.name() == name).cloned()
}

fn scan(name: &str) -> Option<Zone> {
    let zone: chrono_tz::Tz = name.parse().ok()?;
    let offset_at = |at: i64| {
        let instant = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default().naive_utc();
        zone.offset_from_utc_datetime(&instant).fix().local_minus_utc()
    };
    let (from, to) = (Timestamp::from_seconds(946_684_800), Timestamp::from_seconds(3_155_760_000));
    Zone::from_offsets(name, from, to, offset_at).ok()
}

/// The organisation that the scenarios start from.
pub fn organisation() -> Organisation {
    serde_json::from_str(include_str!("../scenarios/organisation.json")).unwrap()
}
