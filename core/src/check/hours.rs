//! Gaps between business hours: a menu is open by its schedule and leads to a person who at that minute of the week
//! forwards all calls by the hours of another schedule. Only weekly schedules are held against each other.

use super::probe::Probe;
use super::routes::transfers;
use super::{Evidence, Finding, Kind, Scope, Witness};
use crate::id::{ScheduleId, UserId};
use crate::organisation::{AutoAttendant, Menu};
use crate::rule::{Effect, Schedules, Who};
use crate::schedule::WeekMinute;
use crate::service::{Group, Stage};
use crate::snapshot::Slot;
use crate::time::{LocalTime, WEEK_MINUTES, Zone, date_of_day};
use crate::trace::What;
use std::collections::BTreeMap;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for attendant in &scope.organisation.auto_attendants {
        let Some(open) = attendant.hours else {
            continue;
        };
        let mut people: BTreeMap<UserId, Vec<String>> = BTreeMap::new();
        let business = AutoAttendant {
            after_hours: Menu::default(),
            holiday: None,
            ..attendant.clone()
        };
        transfers(&business, &mut |to, keys, _| {
            if let Some(user) = scope.target(attendant.id, to).user() {
                people.entry(user).or_insert(keys);
            }
        });
        for (user, keys) in people {
            if let Some((away, at)) = gap(scope, user, open) {
                let kind = Kind::HoursGap {
                    user,
                    open,
                    away,
                    at,
                };
                let witness = sent_on(scope, attendant, user, keys, at);
                found.push(Finding::new(
                    format!("{}.hours", scope.path(attendant.id)),
                    kind,
                    witness,
                ));
            }
        }
    }
}

/// The call that comes in at that minute, and what becomes of it.
fn sent_on(
    scope: &Scope<'_>,
    attendant: &AutoAttendant,
    user: UserId,
    keys: Vec<String>,
    at: WeekMinute,
) -> Witness {
    let zone = scope
        .snapshot
        .place(attendant.identity.location)
        .map_or_else(Zone::utc, |p| p.zone.clone());
    let LocalTime { day, second_of_day } = week_time(at.get());
    let at = zone.instant(date_of_day(day), (second_of_day / 60) as u16);
    let probe = Probe {
        moments: vec![at],
        ..Probe::to(attendant.id)
    }
    .pressing(keys);
    scope.witness(&probe, |story| {
        story.trace.iter().find_map(|step| match step.what {
            What::Diverted { from, to } if from == user => Some(Evidence::SentTo {
                from,
                to,
                outcome: story.outcome,
            }),
            _ => None,
        })
    })
}

/// The schedule by which a user forwards all calls while another holds, and the first such minute.
fn gap(scope: &Scope<'_>, user: UserId, open: ScheduleId) -> Option<(ScheduleId, WeekMinute)> {
    let subscriber = scope.snapshot.user(user)?;
    let hours = scope.snapshot.schedule(open)?;
    let forwards = |slot: &Slot<'_>| slot.entry.group == Group::Forwarding && slot.is_active();
    let forwarding: Vec<_> = subscriber
        .slots_at(Stage::Arrival)
        .filter(forwards)
        .collect();
    let rules = forwarding.iter().flat_map(Slot::rules).filter(|rule| {
        rule.enabled
            && rule.effect == Effect::Activate
            && rule.who == Who::Any
            && rule.holiday.is_none()
    });
    rules
        .filter_map(|rule| rule.time)
        .filter(|time| time.outside)
        .find_map(|time| {
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
    LocalTime {
        day: 20_458 + i32::from(minute / 1440),
        second_of_day: u32::from(minute % 1440) * 60,
    }
}
