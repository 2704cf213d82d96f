//! Time zones by their IANA names, as the tables of offsets that core and the browser read.

use centrale_core::time::{Timestamp, Zone};
use chrono::{DateTime, Offset, TimeZone};
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// 1990-01-01 and 2070-01-01 in seconds since the epoch: the years that a table covers.
const COVERED: (i64, i64) = (631_152_000, 3_155_760_000);

/// The zone with this name, as `Europe/Amsterdam`; `None` when the time zone database has none.
pub fn zone(name: &str) -> Option<Zone> {
    static KNOWN: OnceLock<Mutex<HashMap<String, Zone>>> = OnceLock::new();
    let mut known = KNOWN
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(zone) = known.get(name) {
        return Some(zone.clone());
    }
    let zone = read(name)?;
    known.insert(name.to_owned(), zone.clone());
    Some(zone)
}

fn read(name: &str) -> Option<Zone> {
    let tz: chrono_tz::Tz = name.parse().ok()?;
    let (from, to) = (
        Timestamp::from_seconds(COVERED.0),
        Timestamp::from_seconds(COVERED.1),
    );
    Zone::from_offsets(name, from, to, |at| {
        let utc = DateTime::from_timestamp(at, 0)
            .unwrap_or_default()
            .naive_utc();
        tz.offset_from_utc_datetime(&utc).fix().local_minus_utc()
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_by_name() {
        let check = |name: &str, at: i64, expected: Option<i32>| {
            assert_eq!(
                zone(name).map(|z| z.offset(Timestamp::from_seconds(at))),
                expected,
                "{name} {at}"
            );
        };
        check("Europe/Amsterdam", 1_768_435_200, Some(3600));
        check("Europe/Amsterdam", 1_784_073_600, Some(7200));
        check("America/New_York", 1_768_435_200, Some(-18_000));
        check("UTC", 1_768_435_200, Some(0));
        check("Europe/Atlantis", 0, None);
        check("", 0, None);
    }
}
