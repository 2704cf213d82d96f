//! What a week looks like as a strip: stretches of the week by the clock on the wall.

use centrale_core::time::{Timestamp, Zone};
use centrale_core::what_if::{OutcomeKind, Stretch};

/// Minutes in a week.
pub(crate) const WEEK: u16 = 10_080;

/// A stretch of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Minutes since Monday 00:00.
    pub(crate) start: u16,
    /// Minutes since Monday 00:00, up to 10 080.
    pub(crate) end: u16,
    /// How calls end.
    pub(crate) look: Look,
}

/// How calls end, as a glance must tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The person called is reached.
    Reached,
    /// Somebody else is reached.
    Diverted,
    /// Nobody is reached.
    Stopped,
    /// It hangs on what may not be seen.
    Unknown,
}

impl Look {
    /// All of them, in the order of the legend.
    pub(crate) const ALL: [Self; 4] = [Self::Reached, Self::Diverted, Self::Stopped, Self::Unknown];

    /// The class of the style sheet, and the key of the text.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Reached => "strip-reached",
            Self::Diverted => "strip-diverted",
            Self::Stopped => "strip-stopped",
            Self::Unknown => "strip-unknown",
        }
    }

    fn of(stretch: &Stretch) -> Self {
        match (stretch.outcome.kind(), stretch.diverted) {
            (OutcomeKind::Stopped, _) => Self::Stopped,
            (OutcomeKind::NotKnown, _) => Self::Unknown,
            (OutcomeKind::Reached, true) => Self::Diverted,
            (OutcomeKind::Reached, false) => Self::Reached,
        }
    }
}

/// The stretches of a week that begins at `monday`, where the clock on the wall shows them: the hour that a clock
/// change skips belongs to what comes before it, and the hour that comes twice shows what it is the second time.
pub(crate) fn segments(map: &[Stretch], monday: Timestamp, zone: &Zone) -> Vec<Segment> {
    let first_day = zone.local(monday).day;
    let place = |at: Timestamp| {
        let local = zone.local(at);
        let minutes = (local.day - first_day) * 1440 + i32::from(local.minute_of_day());
        minutes.clamp(0, i32::from(WEEK)) as u16
    };
    let mut segments: Vec<Segment> = Vec::new();
    for stretch in map {
        let (start, end, look) = (place(stretch.from), place(stretch.until), Look::of(stretch));
        if let Some(last) = segments.last_mut() {
            last.end = start;
            if last.look == look {
                last.end = end;
                continue;
            }
        }
        segments.push(Segment { start, end, look });
    }
    segments.retain(|segment| segment.start < segment.end);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::time::Transition;
    use centrale_core::trace::Cause;
    use centrale_core::what_if::Outcome;

    #[test]
    fn on_the_wall() {
        // 1970-01-05 was a Monday; the clock jumps an hour ahead on Tuesday 02:00 UTC and back on Wednesday 02:00.
        let monday = 4 * 86_400;
        let (ahead, back) = (monday + 86_400 + 7200, monday + 2 * 86_400 + 7200);
        let transitions = [(ahead, 3600), (back, 0)].map(Transition::from).to_vec();
        let zone = Zone::new("x", 0, transitions).unwrap();
        let stretch = |from: i64, until: i64, cause: Option<Cause>, diverted| Stretch {
            from: Timestamp::from_seconds(monday + from * 3600),
            until: Timestamp::from_seconds(monday + until * 3600),
            outcome: cause.map_or(
                Outcome::Mailbox {
                    user: centrale_core::id::UserId(1),
                },
                |cause| Outcome::Ended { cause },
            ),
            diverted,
        };
        let check = |map: &[Stretch], expected: &[(u16, u16, Look)]| {
            let found = segments(map, Timestamp::from_seconds(monday), &zone);
            let found: Vec<_> = found
                .iter()
                .map(|s| (s.start / 60, s.end / 60, s.look))
                .collect();
            assert_eq!(found, expected);
        };
        check(&[stretch(0, 168, None, false)], &[(0, 168, Look::Reached)]);
        check(
            &[
                stretch(0, 8, None, true),
                stretch(8, 26, None, false),
                stretch(26, 168, Some(Cause::Busy), true),
            ],
            &[
                (0, 8, Look::Diverted),
                (8, 27, Look::Reached),
                (27, 168, Look::Stopped),
            ],
        );
        check(
            &[
                stretch(0, 50, Some(Cause::Busy), false),
                stretch(50, 168, Some(Cause::NoAnswer), false),
            ],
            &[(0, 168, Look::Stopped)],
        );
    }
}
