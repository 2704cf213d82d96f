//! Moments at which schedules stand as a call needs them: the first one is found exactly, or that there is none.

use super::Scope;
use crate::id::{ScheduleId, UserId};
use crate::rule::{During, Rule, Schedules};
use crate::schedule::{CompiledSchedule, ScheduleType};
use crate::snapshot::CompiledLocation;
use crate::time::{Timestamp, Zone};

/// A week and a year: what only weeks decide has come round by then, with both changes of the clock.
const YEAR: i64 = 53 * 7 * 86_400;
/// 2100-01-01, when the calendar of holidays ends.
const END: Timestamp = Timestamp::from_seconds(4_102_444_800);
/// 2000-01-01, when it begins.
pub(super) const BEGIN: Timestamp = Timestamp::from_seconds(946_684_800);

/// How a schedule has to be, by the clock of a place.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    schedule: &'a CompiledSchedule,
    zone: &'a Zone,
    outside: bool,
}

impl<'a> Wanted<'a> {
    fn holds(&self, at: Timestamp) -> bool {
        self.schedule.state(at, self.zone).active != self.outside
    }

    /// `None`: there is no such schedule.
    pub(super) fn new(
        scope: &Scope<'a>,
        during: During,
        place: &'a CompiledLocation,
    ) -> Option<Self> {
        let schedule = scope.snapshot.schedule(during.schedule)?;
        Some(Self {
            schedule,
            zone: &place.zone,
            outside: during.outside,
        })
    }
}

/// What a rule asks of schedules; `None`: one of them is not there.
pub(super) fn asked<'a>(
    scope: &Scope<'a>,
    rule: &Rule,
    place: &'a CompiledLocation,
) -> Option<Vec<Wanted<'a>>> {
    let links = rule.time.into_iter().chain(rule.holiday);
    links
        .map(|during| Wanted::new(scope, during, place))
        .collect()
}

/// The first moment, not before `from`, at which all is as wanted. None: there is no such moment until 2100.
pub(super) fn meet(from: Timestamp, wanted: &[Wanted<'_>]) -> Option<Timestamp> {
    let days = wanted
        .iter()
        .any(|one| one.schedule.kind() == ScheduleType::Holidays);
    meet_until(
        from,
        if days { END } else { from.plus_seconds(YEAR) },
        wanted,
    )
}

fn meet_until(from: Timestamp, end: Timestamp, wanted: &[Wanted<'_>]) -> Option<Timestamp> {
    let mut at = from;
    while at <= end {
        let mut next = at;
        for one in wanted.iter().filter(|one| !one.holds(at)) {
            next = next.max(one.schedule.next_change(at, one.zone)?);
        }
        if next == at {
            return Some(at);
        }
        at = next;
    }
    None
}

/// Whether one schedule holds, or does not hold where the wish is for outside it, whenever another does by the same clock.
pub(super) fn within(scope: &Scope<'_>, narrow: During, wide: During) -> bool {
    if narrow == wide {
        return true;
    }
    let (zone, schedule) = (Zone::utc(), |id: ScheduleId| scope.snapshot.schedule(id));
    let (Some(inner), Some(outer)) = (schedule(narrow.schedule), schedule(wide.schedule)) else {
        return false;
    };
    let apart = [
        Wanted {
            schedule: inner,
            zone: &zone,
            outside: narrow.outside,
        },
        Wanted {
            schedule: outer,
            zone: &zone,
            outside: !wide.outside,
        },
    ];
    // Without changes of the clock one week is like the other.
    let end = if inner.kind() == ScheduleType::Time {
        BEGIN.plus_seconds(8 * 86_400)
    } else {
        END
    };
    inner.kind() == outer.kind() && meet_until(BEGIN, end, &apart).is_none()
}

/// Moments that may differ for these parties: those at which one of their schedules changes. Those of office hours and of
/// holidays are looked at together: a holiday may begin while the office is closed.
pub(super) fn edges(scope: &Scope<'_>, parties: &[UserId], most: usize) -> Vec<Timestamp> {
    /// How many changes of one schedule are looked at: a week of office hours with a break has so many.
    const OF_ONE: usize = 20;
    /// Ten o'clock, when most are at work.
    const TEN: i64 = 10 * 3600;
    let mut moments = Vec::new();
    for subscriber in parties.iter().filter_map(|user| scope.snapshot.user(*user)) {
        let zone = &subscriber.place.zone;
        let site = subscriber.place.site.forwarding.schedules.iter().copied();
        let schedules = subscriber
            .links()
            .chain(subscriber.role.schedules())
            .chain(site);
        for schedule in schedules.filter_map(|id| scope.snapshot.schedule(id)) {
            let changes = std::iter::successors(schedule.next_change(scope.week, zone), |at| {
                schedule.next_change(*at, zone)
            });
            for at in changes.take(OF_ONE.min(most.saturating_sub(moments.len()))) {
                moments.push(at);
                if schedule.kind() == ScheduleType::Holidays {
                    moments.push(at.plus_seconds(TEN));
                }
            }
        }
    }
    moments.sort_unstable();
    moments.dedup();
    moments.insert(0, scope.week.plus_seconds(TEN));
    moments
}
