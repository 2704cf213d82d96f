//! Members of hunt groups, call centers and other groups: weights, and who cannot be one.

use super::probe::Probe;
use super::shown::{first_tried, tried};
use super::{Finding, Kind, NoCall, Scope, Shown, Witness};
use crate::id::UserId;
use crate::organisation::{Member, Policy};
use crate::snapshot::Role;
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let o = scope.organisation;
    for group in &o.hunt_groups {
        let at = format!("{}.members", scope.path(group.id));
        weights(scope, &at, group.id, group.policy, &group.members, found);
        members(scope, &at, Some(group.id), ids(&group.members), found);
    }
    for center in &o.call_centers {
        let at = format!("{}.agents", scope.path(center.id));
        weights(scope, &at, center.id, center.policy, &center.agents, found);
        members(scope, &at, Some(center.id), ids(&center.agents), found);
        let supervisors = center.supervisors.iter().map(|supervisor| supervisor.user);
        members(scope, &format!("{}.supervisors", scope.path(center.id)), None, supervisors, found);
    }
    for (at, group) in o.pickup_groups.iter().enumerate() {
        members(scope, &format!("pickup_groups[{at}].members"), None, group.members.iter().copied(), found);
    }
    for (at, group) in o.park_groups.iter().enumerate() {
        members(scope, &format!("park_groups[{at}].members"), None, group.members.iter().copied(), found);
        alternate(scope, format!("park_groups[{at}].alternate"), group.alternate, found);
    }
    for (at, location) in o.locations.iter().enumerate() {
        let site = &location.site;
        alternate(scope, format!("locations[{at}].site.park.alternate"), site.park.alternate, found);
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
            Some(Shown::Drawn { member: first, weight, sum })
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
            None => Witness::Settings { because: NoCall::NotCalled },
            Some(group) => scope.witness(&Probe::to(group), |story| {
                let shown = Shown::Tries { group, member: user, times: tried(story, group, user) };
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
