//! Calls that come back: cycles in the graph of all diversions, each shown by a call that the machine really blocks,
//! or that reaches the same party again. A cycle that no call takes is none.

use super::probe::Probe;
use super::routes::{Route, routes};
use super::{Finding, Kind, Scope, Shown, Witness};
use crate::call::MAX_DIVERSIONS;
use crate::id::UserId;
use crate::trace::{Blocked, What};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many ways are followed for one party before its cycles are given up.
const STEPS: usize = 2000;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let graph: BTreeMap<UserId, Vec<Route>> = scope
        .snapshot
        .users()
        .map(|s| (s.user.id, routes(scope, s)))
        .filter(|(_, r)| !r.is_empty())
        .collect();
    let mut told: BTreeSet<UserId> = BTreeSet::new();
    for start in within_cycles(&graph) {
        if told.contains(&start) {
            continue;
        }
        for cycle in cycles(&graph, start) {
            if let Some(witness) = shown(scope, start, &cycle) {
                let through: Vec<_> = std::iter::once(start)
                    .chain(cycle.iter().map(|route| route.to).filter(|user| *user != start))
                    .collect();
                told.extend(&through);
                found.push(Finding::new(scope.path(start), Kind::Loop { through }, witness));
                break;
            }
        }
    }
}

/// The parties that may be in a cycle: who neither leads anywhere nor is led to is taken away until nobody is left.
fn within_cycles(graph: &BTreeMap<UserId, Vec<Route>>) -> Vec<UserId> {
    let mut into: BTreeMap<UserId, usize> = BTreeMap::new();
    for route in graph.values().flatten() {
        *into.entry(route.to).or_default() += 1;
    }
    let mut gone: Vec<UserId> = graph.keys().copied().filter(|user| !into.contains_key(user)).collect();
    let mut left: BTreeSet<UserId> = graph.keys().copied().collect();
    while let Some(user) = gone.pop() {
        left.remove(&user);
        for route in graph.get(&user).into_iter().flatten() {
            if let Some(count) = into.get_mut(&route.to) {
                *count -= 1;
                if *count == 0 {
                    gone.push(route.to);
                }
            }
        }
    }
    left.into_iter().collect()
}

/// For each way out of a party the shortest way back, no longer than a call may be diverted.
fn cycles(graph: &BTreeMap<UserId, Vec<Route>>, start: UserId) -> Vec<Vec<&Route>> {
    let mut steps = 0;
    let mut found = Vec::new();
    for first in graph.get(&start).into_iter().flatten() {
        let mut known = BTreeSet::from([first.to]);
        let mut open = VecDeque::from([vec![first]]);
        while let Some(way) = open.pop_front() {
            let Some(last) = way.last() else { continue };
            if last.to == start {
                found.push(way);
                break;
            }
            for route in graph.get(&last.to).into_iter().flatten() {
                steps += 1;
                if way.len() <= MAX_DIVERSIONS
                    && steps < STEPS
                    && (route.to == start || known.insert(route.to))
                {
                    open.push_back(way.iter().copied().chain([route]).collect());
                }
            }
        }
    }
    found
}

/// The call that goes round this cycle.
fn shown(scope: &Scope<'_>, start: UserId, cycle: &[&Route]) -> Option<Witness> {
    // Whoever is reached again gets the same keys again.
    let keys: Vec<_> = cycle.iter().flat_map(|route| route.keys.iter().cloned()).collect();
    let keys = keys.iter().chain(&keys).cloned().collect();
    let parties: Vec<_> = cycle.iter().map(|route| route.to).collect();
    let probe = Probe { parties: parties.clone(), ..Probe::to(start) }
        .pressing(keys)
        .lines(cycle.iter().flat_map(|route| route.lines.iter().copied()));
    let witness = scope.witness(&probe, |story| {
        let again = story.trace.iter().filter(|s| matches!(s.what, What::Arrives { user } if user == start));
        let blocked = story.trace.iter().find_map(|step| match step.what {
            What::DiversionBlocked { because: Blocked::Loop, from, to } if parties.contains(&from) => {
                scope.target(from, &to).user()
            }
            _ => None,
        });
        blocked.or((again.count() > 1).then_some(start)).map(|to| Shown::Returns { to })
    });
    witness.call().is_some().then_some(witness)
}
