//! A minute of the week, as schedules are written in.

use crate::time::WEEK_MINUTES;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// Minutes by which edges are dragged.
pub const SNAP: u16 = 15;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Minutes since Monday 00:00: `0..10_080`, and 10 080 as the end of the week. Written `mon 08:30`, `sun 24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WeekMinute(u16);

impl WeekMinute {
    /// Monday 00:00.
    pub const START: Self = Self(0);
    /// Sunday 24:00.
    pub const END: Self = Self(WEEK_MINUTES);

    /// The minute of the week, when there is one.
    pub const fn new(minute: u16) -> Option<Self> {
        if minute <= WEEK_MINUTES {
            Some(Self(minute))
        } else {
            None
        }
    }

    /// A time of day (minutes since midnight, up to 1440) on a day (Monday is 0).
    pub const fn on(day: u8, minute: u16) -> Option<Self> {
        if day < 7 && minute <= 1440 {
            Self::new(day as u16 * 1440 + minute)
        } else {
            None
        }
    }

    /// The minute that is `minute` after Monday 00:00, counted round the week.
    pub const fn wrapping(minute: i32) -> Self {
        Self(minute.rem_euclid(WEEK_MINUTES as i32) as u16)
    }

    /// Minutes since Monday 00:00.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Day of the week, Monday is 0.
    pub const fn day(self) -> u8 {
        if self.0 == WEEK_MINUTES {
            6
        } else {
            (self.0 / 1440) as u8
        }
    }

    /// Minutes since that day's midnight; 1440 for the end of the week.
    pub const fn minute_of_day(self) -> u16 {
        self.0 - self.day() as u16 * 1440
    }

    /// The nearest multiple of `step` minutes ([`SNAP`] while dragging).
    #[must_use]
    pub const fn snapped(self, step: u16) -> Self {
        if step == 0 {
            return self;
        }
        let snapped = (self.0 + step / 2) / step * step;
        if snapped > WEEK_MINUTES {
            Self::END
        } else {
            Self(snapped)
        }
    }
}

impl fmt::Display for WeekMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = self.minute_of_day();
        write!(
            f,
            "{} {:02}:{:02}",
            DAYS[usize::from(self.day())],
            minute / 60,
            minute % 60
        )
    }
}

/// A text that is no minute of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a minute of the week, as mon 08:30 or sun 24:00")]
pub struct WeekMinuteError;

impl FromStr for WeekMinute {
    type Err = WeekMinuteError;

    /// Reads `mon 08:30`; 24:00 is the end of any day.
    fn from_str(text: &str) -> Result<Self, WeekMinuteError> {
        let (day, time) = text.trim().split_once(' ').ok_or(WeekMinuteError)?;
        let day = DAYS
            .iter()
            .position(|name| day.eq_ignore_ascii_case(name))
            .ok_or(WeekMinuteError)?;
        let (hour, minute) = time.trim_start().split_once(':').ok_or(WeekMinuteError)?;
        let two_digits = |text: &str| match text.as_bytes() {
            [a @ b'0'..=b'9', b @ b'0'..=b'9'] => {
                Ok(u16::from(a - b'0') * 10 + u16::from(b - b'0'))
            }
            _ => Err(WeekMinuteError),
        };
        let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
        if minute > 59 {
            return Err(WeekMinuteError);
        }
        Self::on(day as u8, hour * 60 + minute).ok_or(WeekMinuteError)
    }
}

impl Serialize for WeekMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WeekMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let check = |text: &str, expected: Option<(u16, &str)>| {
            let parsed = text.parse::<WeekMinute>().ok();
            assert_eq!(
                parsed.map(WeekMinute::get),
                expected.map(|(minute, _)| minute),
                "{text:?}"
            );
            assert_eq!(
                parsed.map(|minute| minute.to_string()),
                expected.map(|(_, text)| text.to_owned()),
                "{text:?}"
            );
        };
        check("mon 00:00", Some((0, "mon 00:00")));
        check("Tue 08:30", Some((1950, "tue 08:30")));
        check("tue 24:00", Some((2880, "wed 00:00")));
        check("sun 24:00", Some((10_080, "sun 24:00")));
        check("sun 24:01", None);
        check("mon 8:30", None);
        check("mon 08:60", None);
        check("ma 08:30", None);
        check("mon", None);
        check("", None);
    }

    #[test]
    fn snapping() {
        let check = |minute, expected| {
            assert_eq!(
                WeekMinute::new(minute).unwrap().snapped(SNAP).get(),
                expected
            );
        };
        check(0, 0);
        check(7, 0);
        check(8, 15);
        check(22, 15);
        check(10_079, 10_080);
    }
}
