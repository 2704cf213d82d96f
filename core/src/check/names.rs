//! What is named and not there: numbers that nobody has, schedules and users that are gone.

use super::centers::Found;
use super::centers::{Leaves, ways};
use super::menus::{actions, menus_with_ways};
use super::moments::{Wanted, meet};
use super::probe::Probe;
use super::routes::{lines, members};
use super::{Evidence, Finding, Kind, NoCall, Scope, Witness};
use crate::call::without_inhibitor;
use crate::dial::Target;
use crate::id::{ScheduleId, UserId};
use crate::number::Destination;
use crate::organisation::{AutoAttendant, CallCenter, MenuAction};
use crate::rule::{Rule, RuleResult, Schedules};
use crate::service::{Content, Entry, Group};
use crate::snapshot::{Permission, Subscriber};
use crate::trace::{CenterPolicy, MenuName, PolicyResult, What};
use crate::what_if::LineScript;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let o = scope.organisation;
    for s in scope.snapshot.users() {
        for slot in s.slots() {
            let Some(Content::Settings(settings)) = &slot.content else {
                continue;
            };
            let at = || format!("{}.services.{}", scope.path(s.user.id), slot.entry.id);
            let (rules, active) = (slot.entry.rules(settings), slot.entry.active(settings));
            if slot.entry.group == Group::Forwarding && active == Some(true) {
                for to in slot.entry.destinations(settings) {
                    nobody(scope, at(), s.user.id, (to, to), false, found, || {
                        service_probes(scope, s, slot.entry, rules)
                    });
                }
            }
            for (place, rule) in rules.iter().enumerate() {
                for id in rule
                    .links()
                    .filter(|id| scope.snapshot.schedule(*id).is_none())
                {
                    let at = format!("{}.rules[{place}]", at());
                    let witness = if active == Some(false) {
                        Witness::Settings {
                            because: NoCall::Off,
                        }
                    } else {
                        ruled(scope, s, slot.entry, place as u16, id)
                    };
                    found.push(Finding::new(at, Kind::NoSchedule { schedule: id }, witness));
                }
            }
        }
    }
    for group in &o.hunt_groups {
        let path = scope.path(group.id);
        for (field, to, line) in [
            ("no_answer", &group.no_answer, LineScript::NoAnswer),
            (
                "not_reachable",
                &group.not_reachable,
                LineScript::Unreachable,
            ),
        ] {
            if let Some(to) = to {
                nobody(
                    scope,
                    format!("{path}.{field}"),
                    group.id,
                    (to, to),
                    true,
                    found,
                    || vec![Probe::to(group.id).lines(members(group, line))],
                );
            }
        }
    }
    for group in &o.group_calls {
        for (place, member) in group.members.iter().enumerate() {
            let (plain, _) = without_inhibitor(scope.snapshot, member);
            let at = format!("{}.members[{place}]", scope.path(group.id));
            nobody(scope, at, group.id, (&plain, member), true, found, || {
                vec![Probe::to(group.id)]
            });
        }
    }
    for center in &o.call_centers {
        let path = scope.path(center.id);
        for leaves in ways(center) {
            center_number(scope, center, &leaves, found);
        }
        for (field, schedule, policy) in [
            (
                "night.hours",
                center.night.hours,
                CenterPolicy::NightService,
            ),
            (
                "holiday.schedule",
                center.holiday.schedule,
                CenterPolicy::HolidayService,
            ),
        ] {
            let gone = schedule.filter(|id| scope.snapshot.schedule(*id).is_none());
            found.extend(gone.map(|schedule| {
                let (center, result) = (center.id, PolicyResult::ScheduleMissing { schedule });
                let shown = Evidence::Policy {
                    center,
                    policy,
                    result,
                };
                let witness = scope.witness(&Probe::to(center), |story| {
                    shown.holds(story).then(|| shown.clone())
                });
                Finding::new(
                    format!("{path}.{field}"),
                    Kind::NoSchedule { schedule },
                    witness,
                )
            }));
        }
    }
    for attendant in &o.auto_attendants {
        let path = scope.path(attendant.id);
        for (field, id) in [("hours", attendant.hours), ("holidays", attendant.holidays)] {
            let gone = id.filter(|id| scope.snapshot.schedule(*id).is_none());
            found.extend(gone.map(|schedule| {
                let at = format!("{path}.{field}");
                Finding::new(
                    at,
                    Kind::NoSchedule { schedule },
                    opened(scope, attendant.id),
                )
            }));
        }
        menus(scope, attendant, found);
    }
    for (at, location) in o.locations.iter().enumerate() {
        let at = format!("locations[{at}].site.forwarding.schedules");
        let gone = location
            .site
            .forwarding
            .schedules
            .iter()
            .filter(|id| scope.snapshot.schedule(**id).is_none());
        // A schedule among others: the location's forwarding holds by the rest of them, which proves nothing.
        found.extend(gone.map(|schedule| {
            Finding::set(
                at.clone(),
                Kind::NoSchedule {
                    schedule: *schedule,
                },
                NoCall::NotCalled,
            )
        }));
    }
}

fn menus(scope: &Scope<'_>, attendant: &AutoAttendant, found: &mut Vec<Finding>) {
    let (user, path) = (attendant.id, scope.path(attendant.id));
    for (place, menu, way) in menus_with_ways(attendant) {
        for (trigger, action) in actions(menu) {
            let at = format!("{path}.{place}.{}", trigger.path());
            let probe = way
                .as_ref()
                .map(|keys| Probe::to(user).pressing(trigger.after(keys)));
            match action {
                MenuAction::Transfer { to, .. } | MenuAction::Operator { to } => {
                    nobody(scope, at, user, (to, to), true, found, || {
                        probe.into_iter().collect()
                    });
                }
                MenuAction::Mailbox { user: Some(of) } if scope.snapshot.user(*of).is_none() => {
                    let witness = match probe {
                        None => Witness::Settings {
                            because: NoCall::Unlinked,
                        },
                        Some(probe) => scope.witness(&probe, |story| {
                            let shown = Evidence::NoMailbox { of: *of };
                            shown.holds(story).then_some(shown)
                        }),
                    };
                    found.push(Finding::new(at, Kind::NoUser { user: *of }, witness));
                }
                MenuAction::Mailbox { user: Some(of) }
                    if scope.snapshot.user(*of).is_some_and(|s| !s.mailbox) =>
                {
                    let shown = Evidence::NoMailbox { of: *of };
                    let witness = match probe {
                        None => Witness::Settings {
                            because: NoCall::Unlinked,
                        },
                        Some(probe) => {
                            scope.witness(&probe, |story| shown.holds(story).then(|| shown.clone()))
                        }
                    };
                    found.push(Finding::new(at, Kind::MailboxOff { user: *of }, witness));
                }
                _ => {}
            }
        }
    }
}

/// Tells that a number reaches nobody, and by which call one is sent there. The number is given plain, and as it was set.
fn nobody(
    scope: &Scope<'_>,
    at: String,
    from: UserId,
    (plain, to): (&Destination, &Destination),
    shared: bool,
    found: &mut Vec<Finding>,
    probes: impl FnOnce() -> Vec<Probe>,
) {
    let Some(kind) = unreached(scope, from, plain, shared) else {
        return;
    };
    let probes = probes();
    let witness = if probes.is_empty() {
        Witness::Settings {
            because: NoCall::Unlinked,
        }
    } else {
        scope.witness_of(&probes, |story| {
            let shown = Evidence::SentTo {
                from,
                to: *to,
                outcome: story.outcome,
            };
            shown.holds(story).then_some(shown)
        })
    };
    found.push(Finding::new(at, kind, witness));
}

/// Tells that a number reaches nobody to which a call center sends calls, and by a call that goes that way.
fn center_number(
    scope: &Scope<'_>,
    center: &CallCenter,
    leaves: &Leaves<'_>,
    found: &mut Vec<Finding>,
) {
    let Leaves {
        way,
        to,
        during,
        found: states,
        never,
    } = leaves;
    let Some(kind) = unreached(scope, center.id, to, true) else {
        return;
    };
    let at = format!("{}.{}", scope.path(center.id), way.field());
    let moment = scope
        .snapshot
        .place(center.identity.location)
        .and_then(|place| {
            let wanted: Option<Vec<_>> = during
                .iter()
                .map(|during| Wanted::new(scope, *during, place))
                .collect();
            meet(scope.ten(), &wanted?)
        });
    let witness = match (never, moment) {
        (Some(because), _) => Witness::Settings { because: *because },
        (None, None) => Witness::Settings {
            because: NoCall::NotFound,
        },
        (None, Some(moment)) => {
            let probe = |state: &Found| Probe {
                moments: vec![moment],
                ..state.probe(center.id)
            };
            let probes: Vec<_> = states.iter().map(probe).collect();
            scope.witness_of(&probes, |story| {
                let shown = Evidence::Leaves {
                    center: center.id,
                    way: *way,
                    to: **to,
                    outcome: story.outcome,
                };
                shown.holds(story).then_some(shown)
            })
        }
    };
    found.push(Finding::new(at, kind, witness));
}

/// Why a number that is set reaches nobody: there is nobody, or calls to it do not leave in the name of who set it.
pub(super) fn unreached(
    scope: &Scope<'_>,
    from: UserId,
    to: &Destination,
    shared: bool,
) -> Option<Kind> {
    let permission = match scope.target(from, to) {
        Target::NotInUse | Target::NotDiallable | Target::Code(..) => {
            return Some(Kind::NobodyThere { to: *to, shared });
        }
        Target::Outside(number) => scope.snapshot.permission(Some(from), None, number),
        Target::User(user) | Target::Alternate(user, _) if user != from => {
            scope.snapshot.may_call_inside(from)
        }
        Target::User(_) | Target::Alternate(..) | Target::Emergency(_) => return None,
    };
    barred(permission, *to, shared)
}

pub(super) fn barred(permission: Permission, to: Destination, shared: bool) -> Option<Kind> {
    let Permission {
        class,
        allowed,
        set_by,
    } = permission;
    (!allowed).then_some(Kind::Barred {
        to,
        class,
        set_by,
        shared,
    })
}

/// Calls at which a service may send them on.
fn service_probes(scope: &Scope<'_>, s: &Subscriber, entry: &Entry, rules: &[Rule]) -> Vec<Probe> {
    let user = s.user.id;
    let lines: Vec<_> = entry
        .stages
        .iter()
        .filter_map(|stage| lines(s, *stage))
        .collect();
    let callers: Vec<_> = rules.iter().filter(|rule| rule.enabled).collect();
    lines
        .into_iter()
        .flat_map(|lines| {
            let plain = Probe::to(user).lines(lines);
            let meant: Vec<_> = callers
                .iter()
                .map(|rule| plain.clone().meant_by(scope, rule))
                .collect();
            if meant.is_empty() { vec![plain] } else { meant }
        })
        .collect()
}

/// The call at which a rule cannot say anything, as its schedule is gone.
fn ruled(
    scope: &Scope<'_>,
    s: &Subscriber,
    entry: &Entry,
    rule: u16,
    schedule: ScheduleId,
) -> Witness {
    let result = RuleResult::ScheduleMissing { schedule };
    let shown = Evidence::Rule {
        user: s.user.id,
        service: entry.id,
        rule,
        result,
        by: None,
    };
    scope.witness(&Probe::to(s.user.id), |story| {
        shown.holds(story).then(|| shown.clone())
    })
}

/// The menu that opens in spite of the schedule that is gone.
fn opened(scope: &Scope<'_>, user: UserId) -> Witness {
    scope.witness(&Probe::to(user), |story| {
        let which = story.trace.iter().find_map(|step| match step.what {
            What::Menu(crate::trace::MenuStep::Opens { user: u, which }) if u == user => {
                Some(which)
            }
            _ => None,
        })?;
        let times = super::evidence_found::heard(story, user, which);
        matches!(
            which,
            MenuName::BusinessHours | MenuName::AfterHours | MenuName::Holiday
        )
        .then_some(Evidence::Menu {
            user,
            which,
            times,
            outcome: story.outcome,
        })
    })
}
