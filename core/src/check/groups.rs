//! Members of hunt groups, call centers and other groups: weights, and who cannot be one.

use super::{Finding, Kind, Scope};
use crate::id::UserId;
use crate::organisation::{Member, Policy};
use crate::snapshot::Role;
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let o = scope.organisation;
    for group in &o.hunt_groups {
        weights(&format!("{}.members", scope.path(group.id)), group.policy, &group.members, found);
        members(scope, &format!("{}.members", scope.path(group.id)), ids(&group.members), found);
    }
    for center in &o.call_centers {
        weights(&format!("{}.agents", scope.path(center.id)), center.policy, &center.agents, found);
        members(scope, &format!("{}.agents", scope.path(center.id)), ids(&center.agents), found);
        let supervisors = center.supervisors.iter().map(|supervisor| supervisor.user);
        members(scope, &format!("{}.supervisors", scope.path(center.id)), supervisors, found);
    }
    for (at, group) in o.pickup_groups.iter().enumerate() {
        members(scope, &format!("pickup_groups[{at}].members"), group.members.iter().copied(), found);
    }
    for (at, group) in o.park_groups.iter().enumerate() {
        members(scope, &format!("park_groups[{at}].members"), group.members.iter().copied(), found);
        let alternate = format!("park_groups[{at}].alternate");
        found.extend(group.alternate.and_then(|user| missing(scope, alternate, user)));
    }
    for (at, location) in o.locations.iter().enumerate() {
        let alternate = format!("locations[{at}].site.park.alternate");
        found.extend(location.site.park.alternate.and_then(|user| missing(scope, alternate, user)));
    }
}

fn ids(members: &[Member]) -> impl Iterator<Item = UserId> {
    members.iter().map(|member| member.user)
}

fn weights(at: &str, policy: Policy, members: &[Member], found: &mut Vec<Finding>) {
    let sum = members.iter().map(|member| u32::from(member.weight)).sum();
    if policy == Policy::Weighted && !members.is_empty() && sum != 100 {
        found.push(Finding::new(at, Kind::Weights { sum }));
    }
}

fn members(scope: &Scope<'_>, at: &str, users: impl Iterator<Item = UserId>, found: &mut Vec<Finding>) {
    let mut known = BTreeSet::new();
    for (place, user) in users.enumerate() {
        let at = format!("{at}[{place}]");
        if !known.insert(user) {
            found.push(Finding::new(at, Kind::MemberTwice { user }));
        } else if scope.snapshot.user(user).is_some_and(|s| !matches!(s.role, Role::Person)) {
            found.push(Finding::new(at, Kind::NotAPerson { user }));
        } else {
            found.extend(missing(scope, at, user));
        }
    }
}

pub(super) fn missing(scope: &Scope<'_>, at: String, user: UserId) -> Option<Finding> {
    scope.snapshot.user(user).is_none().then(|| Finding::new(at, Kind::NoUser { user }))
}
