//! Dates and times as iCalendar writes them, and as the owner of a schedule sees them.

use super::content::Property;
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;

/// The clock by which a moment is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// That of whoever reads it: dates, and times without a zone.
    Wall,
    /// That of a zone.
    Zone(Tz),
}

/// A date or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// By which clock.
    pub(super) frame: Frame,
    /// What it shows; midnight for a date.
    pub(super) at: NaiveDateTime,
    /// It is a date.
    pub(super) is_date: bool,
}

impl Moment {
    /// What the clock of the owner shows.
    pub(super) fn local(self, owner: Tz) -> Option<NaiveDateTime> {
        match self.frame {
            Frame::Wall => Some(self.at),
            Frame::Zone(zone) => moved(self.at, zone, owner),
        }
    }

    /// What another clock shows at this moment.
    pub(super) fn by(self, frame: Frame, owner: Tz) -> Option<NaiveDateTime> {
        match frame {
            Frame::Wall => self.local(owner),
            Frame::Zone(zone) => match self.frame {
                // A date is one on every clock.
                Frame::Wall if self.is_date => Some(self.at),
                Frame::Wall => moved(self.at, owner, zone),
                Frame::Zone(own) => moved(self.at, own, zone),
            },
        }
    }
}

/// What the clock of another zone shows. What a spring change skips is told as if it had not been changed yet.
pub(super) fn moved(at: NaiveDateTime, from: Tz, to: Tz) -> Option<NaiveDateTime> {
    if from == to {
        return Some(at);
    }
    let hour = Duration::hours(1);
    let known = from.from_local_datetime(&at).earliest();
    let known = match known {
        Some(known) => known,
        None => from
            .from_local_datetime(&at.checked_sub_signed(hour)?)
            .earliest()?
            .checked_add_signed(hour)?,
    };
    let utc = known.naive_utc();
    utc.checked_add_offset(to.offset_from_utc_datetime(&utc).fix())
}

/// The moments of a property, and whether its zone is not known; `None` when one cannot be read.
pub(super) fn moments(property: &Property) -> Option<(Vec<Moment>, bool)> {
    let zone = property.zone.as_deref().map(zone);
    let all = property
        .value
        .split(',')
        .map(|text| moment(text.trim(), zone.flatten()));
    let all = all.collect::<Option<Vec<_>>>()?;
    let is_unknown = zone == Some(None)
        && all
            .iter()
            .any(|moment| !moment.is_date && moment.frame == Frame::Wall);
    Some((all, is_unknown))
}

/// A date, or a time of a zone.
pub(super) fn moment(text: &str, zone: Option<Tz>) -> Option<Moment> {
    if !text.is_ascii() {
        return None;
    }
    let (date, time) = text
        .split_once(['T', 't'])
        .map_or((text, None), |(date, time)| (date, Some(time)));
    let is_digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|c| c.is_ascii_digit());
    if !is_digits(date, 8) {
        return None;
    }
    let part = |from: usize, to: usize| date[from..to].parse::<u32>().ok();
    let date = NaiveDate::from_ymd_opt(date[..4].parse().ok()?, part(4, 6)?, part(6, 8)?)?;
    let Some(time) = time else {
        return Some(Moment {
            frame: Frame::Wall,
            at: date.into(),
            is_date: true,
        });
    };
    let (time, is_utc) = time
        .strip_suffix(['Z', 'z'])
        .map_or((time, false), |time| (time, true));
    if !is_digits(time, 6) {
        return None;
    }
    let part = |from: usize| time[from..from + 2].parse::<u32>().ok();
    // A leap second is the last one of its minute.
    let time = NaiveTime::from_hms_opt(part(0)?, part(2)?, part(4)?.min(59))?;
    let frame = if is_utc {
        Frame::Zone(Tz::UTC)
    } else {
        zone.map_or(Frame::Wall, Frame::Zone)
    };
    Some(Moment {
        frame,
        at: date.and_time(time),
        is_date: false,
    })
}

/// The zone of a `TZID`, also behind a prefix as some calendars write it: `/example.org/2026/Europe/Amsterdam`.
fn zone(name: &str) -> Option<Tz> {
    let name = name.trim_matches('"');
    let mut starts = vec![0];
    starts.extend(name.match_indices('/').map(|(at, _)| at + 1));
    starts
        .into_iter()
        .take(10)
        .find_map(|start| name.get(start..)?.parse().ok())
}

/// A length of time, in seconds (RFC 5545 § 3.3.6): `P1W`, `P2D`, `PT48H`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let (text, sign) = match text.strip_prefix('-') {
        Some(text) => (text, -1),
        None => (text.strip_prefix('+').unwrap_or(text), 1),
    };
    let mut rest = text.strip_prefix('P')?;
    let mut seconds = 0_i64;
    let (mut in_time, mut is_empty) = (false, true);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T')
            && !in_time
        {
            (rest, in_time) = (time, true);
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        let unit = match (rest.as_bytes().get(digits)?, in_time) {
            (b'W', false) => 7 * 86_400,
            (b'D', false) => 86_400,
            (b'H', true) => 3_600,
            (b'M', true) => 60,
            (b'S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[digits + 1..];
        is_empty = false;
    }
    if is_empty {
        None
    } else {
        Duration::try_seconds(sign * seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let check = |text: &str, hours: Option<i64>| {
            assert_eq!(
                duration(text).map(|length| length.num_hours()),
                hours,
                "{text}"
            );
        };
        check("P1W", Some(168));
        check("+P2D", Some(48));
        check("PT48H", Some(48));
        check("P1DT12H", Some(36));
        check("-PT1H", Some(-1));
        check("PT90M", Some(1));
        for wrong in [
            "",
            "P",
            "PT",
            "P1",
            "P1H",
            "PT1D",
            "1D",
            "P9999999999999999999D",
            "P99999999999999999W",
            "PT1HT1H",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn zones_and_moments() {
        assert_eq!(zone("Europe/Amsterdam"), Some(Tz::Europe__Amsterdam));
        assert_eq!(
            zone("/example.org/20260101_1/Europe/Amsterdam"),
            Some(Tz::Europe__Amsterdam)
        );
        assert_eq!(zone("W. Europe Standard Time"), None);
        let local = |text: &str| {
            let moment = moment(text, None)?;
            Some(moment.local(Tz::Europe__Amsterdam)?.to_string())
        };
        assert_eq!(
            local("20261224T230000Z").as_deref(),
            Some("2026-12-25 00:00:00")
        );
        assert_eq!(
            local("20260427T220000Z").as_deref(),
            Some("2026-04-28 00:00:00")
        );
        assert_eq!(local("20260427").as_deref(), Some("2026-04-27 00:00:00"));
        for wrong in [
            "20260230",
            "2026042",
            "20260427T",
            "20260427T2500",
            "20260427T250000",
            "+2026427",
            "é",
        ] {
            assert_eq!(local(wrong), None, "{wrong}");
        }
        // The hour that a spring change skips.
        let skipped = "2026-03-29T02:30:00".parse().unwrap();
        let moved = moved(skipped, Tz::Europe__Amsterdam, Tz::UTC).unwrap();
        assert_eq!(moved.to_string(), "2026-03-29 01:30:00");
    }
}
