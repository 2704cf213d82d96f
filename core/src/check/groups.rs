//! Members of hunt groups, call centers and other groups: weights, and who cannot be one.

use super::evidence_found::{first_tried, tried};
use super::probe::Probe;
use super::{Evidence, Finding, Kind, NoCall, Scope, Witness, routes};
use crate::id::{LocationId, UserId};
use crate::organisation::{HuntGroup, Member, Policy};
use crate::snapshot::Role;
use crate::trace::Untaken;
use crate::what_if::LineScript;
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let o = scope.organisation;
    for group in &o.hunt_groups {
        let at = format!("{}.members", scope.path(group.id));
        elsewhere(
            scope,
            &at,
            group.identity.location,
            ids(&group.members),
            Some(group.id),
            found,
        );
        nobody(scope, &at, group.id, group.members.is_empty(), found);
        unreachable(scope, group, found);
        weights(scope, &at, group.id, group.policy, &group.members, found);
        members(scope, &at, Some(group.id), ids(&group.members), found);
    }
    for center in &o.call_centers {
        let at = format!("{}.agents", scope.path(center.id));
        elsewhere(
            scope,
            &at,
            center.identity.location,
            ids(&center.agents),
            Some(center.id),
            found,
        );
        nobody(scope, &at, center.id, center.agents.is_empty(), found);
        weights(scope, &at, center.id, center.policy, &center.agents, found);
        members(scope, &at, Some(center.id), ids(&center.agents), found);
        let supervisors = center.supervisors.iter().map(|supervisor| supervisor.user);
        members(
            scope,
            &format!("{}.supervisors", scope.path(center.id)),
            None,
            supervisors,
            found,
        );
    }
    for group in &o.group_calls {
        let at = format!("{}.members", scope.path(group.id));
        nobody(scope, &at, group.id, group.members.is_empty(), found);
    }
    for (at, group) in o.pickup_groups.iter().enumerate() {
        let path = format!("pickup_groups[{at}].members");
        elsewhere(
            scope,
            &path,
            group.location,
            group.members.iter().copied(),
            None,
            found,
        );
        members(
            scope,
            &format!("pickup_groups[{at}].members"),
            None,
            group.members.iter().copied(),
            found,
        );
    }
    for (at, group) in o.park_groups.iter().enumerate() {
        let path = format!("park_groups[{at}].members");
        elsewhere(
            scope,
            &path,
            group.location,
            group.members.iter().copied(),
            None,
            found,
        );
        members(
            scope,
            &format!("park_groups[{at}].members"),
            None,
            group.members.iter().copied(),
            found,
        );
        alternate(
            scope,
            format!("park_groups[{at}].alternate"),
            group.alternate,
            found,
        );
    }
    for (at, location) in o.locations.iter().enumerate() {
        let site = &location.site;
        alternate(
            scope,
            format!("locations[{at}].site.park.alternate"),
            site.park.alternate,
            found,
        );
    }
}

/// Nobody is in a group that calls reach.
fn nobody(scope: &Scope<'_>, at: &str, group: UserId, empty: bool, found: &mut Vec<Finding>) {
    if !empty {
        return;
    }
    let witness = scope.witness(&Probe::to(group), |story| {
        let shown = Evidence::Untried {
            group,
            outcome: story.outcome,
        };
        shown.holds(story).then_some(shown)
    });
    found.push(Finding::new(at, Kind::NoMembers, witness));
}

/// Members who are at another location than the group, and whom that does not make available elsewhere.
fn elsewhere(
    scope: &Scope<'_>,
    at: &str,
    location: LocationId,
    users: impl Iterator<Item = UserId>,
    group: Option<UserId>,
    found: &mut Vec<Finding>,
) {
    for (place, user) in users.enumerate() {
        let away = scope
            .snapshot
            .user(user)
            .filter(|s| s.role == Role::Person && s.place.id != location);
        let away = away.filter(|s| !s.place.site.available_elsewhere.contains(&user));
        let Some(s) = away else { continue };
        let witness = match group {
            None => Witness::Settings {
                because: NoCall::NotCalled,
            },
            Some(group) => scope.witness(&Probe::to(group), |story| {
                let shown = Evidence::Tries {
                    group,
                    member: user,
                    times: tried(story, group, user),
                };
                (tried(story, group, user) > 0 && shown.holds(story)).then_some(shown)
            }),
        };
        let kind = Kind::MemberElsewhere {
            user,
            location: s.place.id,
        };
        found.push(Finding::new(format!("{at}[{place}]"), kind, witness));
    }
}

/// The number for calls that nobody answers is not that for calls by which nobody can be reached.
fn unreachable(scope: &Scope<'_>, group: &HuntGroup, found: &mut Vec<Finding>) {
    let Some(to) = group.no_answer else { return };
    if group.not_reachable.is_some() || group.busy_when_unreachable || group.members.is_empty() {
        return;
    }
    let id = group.id;
    let probe = Probe::to(id).lines(routes::members(group, LineScript::Unreachable));
    let witness = scope.witness(&probe, |story| {
        let shown = Evidence::Untaken {
            group: id,
            because: Untaken::Unreachable,
            outcome: story.outcome,
        };
        (shown.holds(story) && !story.diverted()).then_some(shown)
    });
    if witness.call().is_some() {
        let at = format!("{}.not_reachable", scope.path(id));
        found.push(Finding::new(at, Kind::NoAnswerOnly { to }, witness));
    }
}

fn ids(members: &[Member]) -> impl Iterator<Item = UserId> {
    members.iter().map(|member| member.user)
}

fn weights(
    scope: &Scope<'_>,
    at: &str,
    group: UserId,
    policy: Policy,
    members: &[Member],
    found: &mut Vec<Finding>,
) {
    let sum = members.iter().map(|member| u32::from(member.weight)).sum();
    if policy == Policy::Weighted && !members.is_empty() && sum != 100 {
        let witness = scope.witness(&Probe::to(group), |story| {
            let first = first_tried(story)?;
            let weight = members.iter().find(|member| member.user == first)?.weight;
            Some(Evidence::Drawn {
                member: first,
                weight,
                sum,
            })
        });
        found.push(Finding::new(at, Kind::Weights { sum }, witness));
    }
}

/// What is wrong with those who belong to something: to a group that calls reach, or to something else.
fn members(
    scope: &Scope<'_>,
    at: &str,
    group: Option<UserId>,
    users: impl Iterator<Item = UserId>,
    found: &mut Vec<Finding>,
) {
    let mut known = BTreeSet::new();
    for (place, user) in users.enumerate() {
        let first = known.insert(user);
        let kind = match scope.snapshot.user(user).map(|s| &s.role) {
            _ if !first => Kind::MemberTwice { user },
            None => Kind::NoUser { user },
            Some(Role::Person) => continue,
            Some(_) => Kind::NotAPerson { user },
        };
        let witness = match group {
            None => Witness::Settings {
                because: NoCall::NotCalled,
            },
            Some(group) => scope.witness(&Probe::to(group), |story| {
                let shown = Evidence::Tries {
                    group,
                    member: user,
                    times: tried(story, group, user),
                };
                shown.holds(story).then_some(shown)
            }),
        };
        found.push(Finding::new(format!("{at}[{place}]"), kind, witness));
    }
}

fn alternate(scope: &Scope<'_>, at: String, user: Option<UserId>, found: &mut Vec<Finding>) {
    let gone = user.filter(|user| scope.snapshot.user(*user).is_none());
    found.extend(gone.map(|user| Finding::set(at, Kind::NoUser { user }, NoCall::NotCalled)));
}
