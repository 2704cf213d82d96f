//! What is named and not there: numbers that nobody has, schedules and users that are gone.

use super::groups::missing;
use super::routes::destinations;
use super::{Finding, Kind, Scope};
use crate::call::without_inhibitor;
use crate::dial::Target;
use crate::id::{ScheduleId, UserId};
use crate::number::Destination;
use crate::organisation::{Menu, MenuAction};
use crate::rule::Schedules;
use crate::service::{Content, Group};

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let o = scope.organisation;
    for s in scope.snapshot.users() {
        for slot in s.slots() {
            let Some(Content::Settings(settings)) = &slot.content else { continue };
            let at = || format!("{}.services.{}", scope.path(s.user.id), slot.entry.id);
            if slot.entry.group == Group::Forwarding && slot.entry.active(settings) == Some(true) {
                for to in slot.entry.destinations(settings) {
                    found.extend(nobody(scope, at(), s.user.id, to, false));
                }
            }
            for (place, rule) in slot.entry.rules(settings).iter().enumerate() {
                let at = format!("{}.rules[{place}]", at());
                found.extend(rule.links().filter_map(|id| no_schedule(scope, at.clone(), id)));
            }
        }
    }
    for group in &o.hunt_groups {
        let path = scope.path(group.id);
        for (field, to) in [("no_answer", &group.no_answer), ("not_reachable", &group.not_reachable)] {
            found.extend(
                to.iter().filter_map(|to| nobody(scope, format!("{path}.{field}"), group.id, to, true)),
            );
        }
    }
    for group in &o.group_calls {
        for (place, member) in group.members.iter().enumerate() {
            let (plain, _) = without_inhibitor(scope.snapshot, member);
            let at = format!("{}.members[{place}]", scope.path(group.id));
            found.extend(nobody(scope, at, group.id, &plain, true));
        }
    }
    for center in &o.call_centers {
        let path = scope.path(center.id);
        found.extend(
            destinations(center).into_iter().filter_map(|to| nobody(scope, path.into(), center.id, to, true)),
        );
        for (field, id) in
            [("night.hours", center.night.hours), ("holiday.schedule", center.holiday.schedule)]
        {
            found.extend(id.and_then(|id| no_schedule(scope, format!("{path}.{field}"), id)));
        }
    }
    for attendant in &o.auto_attendants {
        let path = scope.path(attendant.id);
        for (field, id) in [("hours", attendant.hours), ("holidays", attendant.holidays)] {
            found.extend(id.and_then(|id| no_schedule(scope, format!("{path}.{field}"), id)));
        }
        menu(scope, attendant.id, &format!("{path}.business"), &attendant.business, found);
        menu(scope, attendant.id, &format!("{path}.after_hours"), &attendant.after_hours, found);
        if let Some(holiday) = &attendant.holiday {
            menu(scope, attendant.id, &format!("{path}.holiday"), holiday, found);
        }
        for (place, submenu) in attendant.submenus.iter().enumerate() {
            menu(scope, attendant.id, &format!("{path}.submenus[{place}].menu"), &submenu.menu, found);
        }
    }
    for (at, location) in o.locations.iter().enumerate() {
        let at = format!("locations[{at}].site.forwarding.schedules");
        let schedules = location.site.forwarding.schedules.iter();
        found.extend(schedules.filter_map(|id| no_schedule(scope, at.clone(), *id)));
    }
}

fn menu(scope: &Scope<'_>, attendant: UserId, path: &str, menu: &Menu, found: &mut Vec<Finding>) {
    let keys = menu.keys.iter().map(|(key, action)| (format!("{path}.keys.{}", key.sign()), &action.action));
    for (at, action) in keys.chain(menu.timeout.iter().map(|action| (format!("{path}.timeout"), action))) {
        match action {
            MenuAction::Transfer { to, .. } | MenuAction::Operator { to } => {
                found.extend(nobody(scope, at, attendant, to, true));
            }
            MenuAction::Mailbox { user: Some(user) } => found.extend(missing(scope, at, *user)),
            _ => {}
        }
    }
}

fn nobody(scope: &Scope<'_>, at: String, from: UserId, to: &Destination, shared: bool) -> Option<Finding> {
    let target = scope.target(from, to);
    let nobody = matches!(target, Target::NotInUse | Target::NotDiallable | Target::Code(..));
    nobody.then(|| Finding::new(at, Kind::NobodyThere { to: *to, shared }))
}

fn no_schedule(scope: &Scope<'_>, at: String, id: ScheduleId) -> Option<Finding> {
    scope.snapshot.schedule(id).is_none().then(|| Finding::new(at, Kind::NoSchedule { schedule: id }))
}
