//! Gaps between business hours: a menu is open by its schedule and leads to a person who at that minute of the week
//! forwards all calls by the hours of another schedule. Only weekly schedules are held against each other.

use super::routes::transfers;
use super::{Finding, Kind, Scope};
use crate::id::UserId;
use crate::rule::{Effect, Schedules, Who};
use crate::schedule::WeekMinute;
use crate::service::forwarding_selective::ForwardingSelective;
use crate::time::{LocalTime, WEEK_MINUTES};
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for attendant in &scope.organisation.auto_attendants {
        let Some(open) = attendant.hours else { continue };
        let mut people: BTreeSet<UserId> = BTreeSet::new();
        let business = crate::organisation::AutoAttendant {
            after_hours: crate::organisation::Menu::default(),
            holiday: None,
            ..attendant.clone()
        };
        transfers(&business, &mut |to, _| people.extend(scope.target(attendant.id, to).user()));
        for user in people {
            if let Some((away, at)) = gap(scope, user, open) {
                let kind = Kind::HoursGap { user, open, away, at };
                found.push(Finding::new(format!("{}.hours", scope.path(attendant.id)), kind));
            }
        }
    }
}

/// The schedule by which a user forwards all calls while another holds, and the first such minute.
fn gap(
    scope: &Scope<'_>,
    user: UserId,
    open: crate::id::ScheduleId,
) -> Option<(crate::id::ScheduleId, WeekMinute)> {
    let subscriber = scope.snapshot.user(user)?;
    let settings = subscriber.active::<ForwardingSelective>()?;
    let hours = scope.snapshot.schedule(open)?;
    let rules = settings.rules.iter().filter(|rule| {
        rule.enabled && rule.effect == Effect::Activate && rule.who == Who::Any && rule.holiday.is_none()
    });
    rules.filter_map(|rule| rule.time).filter(|time| time.outside).find_map(|time| {
        let own = scope.snapshot.schedule(time.schedule)?;
        let minute = (0..WEEK_MINUTES).find(|minute| {
            let local = week_time(*minute);
            hours.state_at(local).active && !own.state_at(local).active
        })?;
        Some((time.schedule, WeekMinute::new(minute)?))
    })
}

/// A minute of the week that begins on Monday 2026-01-05.
fn week_time(minute: u16) -> LocalTime {
    LocalTime { day: 20_458 + i32::from(minute / 1440), second_of_day: u32::from(minute % 1440) * 60 }
}
