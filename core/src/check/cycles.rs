//! The cycles of a graph: its strongly connected components, and in each every simple cycle up to a length, the shortest
//! first.

use super::routes::Route;
use crate::id::UserId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::ControlFlow;

/// Ways by who sends calls on them.
pub(super) type Graph<'a> = BTreeMap<UserId, Vec<Route<'a>>>;

/// Parties that all lead to each other, or one that leads to itself; in the order of their ids.
pub(super) fn components(graph: &Graph<'_>) -> Vec<Vec<UserId>> {
    let order = finished(graph);
    let mut back: BTreeMap<UserId, Vec<UserId>> = BTreeMap::new();
    for route in graph.values().flatten() {
        back.entry(route.to).or_default().push(route.from);
    }
    let mut known: BTreeSet<UserId> = BTreeSet::new();
    let mut found = Vec::new();
    for root in order.into_iter().rev() {
        let (mut open, mut component) = (vec![root], Vec::new());
        while let Some(user) = open.pop() {
            if known.insert(user) {
                component.push(user);
                let before = back.get(&user).into_iter().flatten().copied();
                open.extend(before.filter(|before| !known.contains(before)));
            }
        }
        let to_itself = || {
            graph
                .get(&root)
                .into_iter()
                .flatten()
                .any(|route| route.to == root)
        };
        if component.len() > 1 || !component.is_empty() && to_itself() {
            component.sort_unstable();
            found.push(component);
        }
    }
    found
}

/// Parties in the order in which a search that goes deep first is done with them (Kosaraju). A stack of its own: a
/// chain of a million forwardings is no recursion.
fn finished(graph: &Graph<'_>) -> Vec<UserId> {
    let mut known: BTreeSet<UserId> = BTreeSet::new();
    let mut order = Vec::with_capacity(graph.len());
    for root in graph.keys() {
        let mut open = vec![(*root, 0)];
        if !known.insert(*root) {
            continue;
        }
        while let Some((user, next)) = open.pop() {
            let Some(route) = graph.get(&user).and_then(|routes| routes.get(next)) else {
                order.push(user);
                continue;
            };
            open.push((user, next + 1));
            if graph.contains_key(&route.to) && known.insert(route.to) {
                open.push((route.to, 0));
            }
        }
    }
    order
}

/// The simple cycles of one component.
pub(super) struct Cycles<'g, 'a> {
    graph: &'g Graph<'a>,
    component: &'g [UserId],
    /// Where cycles begin, the lowest of their parties, and how long the shortest from there is.
    starts: Vec<(UserId, usize)>,
    /// Steps that may still be taken.
    steps: usize,
}

impl<'g, 'a> Cycles<'g, 'a> {
    /// The cycles of a component, up to a length.
    pub(super) fn new(
        graph: &'g Graph<'a>,
        component: &'g [UserId],
        longest: usize,
        steps: usize,
    ) -> Self {
        let mut cycles = Self {
            graph,
            component,
            starts: Vec::new(),
            steps,
        };
        let shortest = |start: &UserId| Some((*start, cycles.shortest(*start, longest)?));
        cycles.starts = component.iter().filter_map(shortest).collect();
        cycles
    }

    /// How many ways lead from a party through those above it back to it, at least; none: no such cycle up to a length.
    fn shortest(&self, start: UserId, longest: usize) -> Option<usize> {
        let mut known = BTreeSet::from([start]);
        let mut open = vec![start];
        for length in 1..=longest {
            let mut next = Vec::new();
            for route in open
                .iter()
                .filter_map(|user| self.graph.get(user))
                .flatten()
            {
                if route.to == start {
                    return Some(length);
                }
                if route.to > start
                    && self.component.binary_search(&route.to).is_ok()
                    && known.insert(route.to)
                {
                    next.push(route.to);
                }
            }
            open = next;
        }
        None
    }

    /// Shows every cycle of so many ways, each once from the lowest of its parties, until `each` breaks. `may` says which
    /// ways count. False: the steps were used up.
    pub(super) fn of_length(
        &mut self,
        length: usize,
        may: &dyn Fn(&Route<'_>) -> bool,
        each: &mut dyn FnMut(&[&'g Route<'a>]) -> ControlFlow<()>,
    ) -> bool {
        for place in 0..self.starts.len() {
            let (start, shortest) = self.starts[place];
            if shortest > length {
                continue;
            }
            let Some(back) = self.distances(start, length, may) else {
                return false;
            };
            let mut way: Vec<(&'g Route<'a>, usize)> = Vec::new();
            let mut next = 0;
            loop {
                let at = way.last().map_or(start, |(route, _)| route.to);
                let left = length - way.len();
                let routes = self.graph.get(&at).map_or(&[][..], Vec::as_slice);
                let fits = |route: &&Route<'_>| {
                    let closes = route.to == start;
                    may(route)
                        && if left == 1 {
                            closes
                        } else {
                            !closes && back.get(&route.to).is_some_and(|d| *d < left)
                        }
                        && way.iter().all(|(before, _)| before.to != route.to)
                };
                let found = routes
                    .iter()
                    .enumerate()
                    .skip(next)
                    .find(|(_, route)| fits(route));
                let Some(steps) = self.steps.checked_sub(1) else {
                    return false;
                };
                self.steps = steps;
                match found {
                    Some((place, route)) if left == 1 => {
                        let cycle: Vec<&Route<'a>> =
                            way.iter().map(|(route, _)| *route).chain([route]).collect();
                        if each(&cycle).is_break() {
                            return true;
                        }
                        next = place + 1;
                    }
                    Some((place, route)) => {
                        way.push((route, place));
                        next = 0;
                    }
                    None => match way.pop() {
                        Some((_, place)) => next = place + 1,
                        None => break,
                    },
                }
            }
        }
        true
    }

    /// How many ways lead back to the start from each party above it that is near enough; `None`: the steps were used up.
    fn distances(
        &mut self,
        start: UserId,
        length: usize,
        may: &dyn Fn(&Route<'_>) -> bool,
    ) -> Option<BTreeMap<UserId, usize>> {
        let mut far = BTreeMap::from([(start, 0)]);
        let mut open = VecDeque::from([start]);
        // Forward from the start, then back along what was seen: both no further than the cycle is long.
        let mut seen: BTreeMap<UserId, Vec<UserId>> = BTreeMap::new();
        while let Some(user) = open.pop_front() {
            let depth = far.get(&user).copied().unwrap_or(0);
            for route in self
                .graph
                .get(&user)
                .into_iter()
                .flatten()
                .filter(|route| may(route))
            {
                self.steps = self.steps.checked_sub(1)?;
                if route.to < start || self.component.binary_search(&route.to).is_err() {
                    continue;
                }
                seen.entry(route.to).or_default().push(user);
                if depth < length && !far.contains_key(&route.to) {
                    far.insert(route.to, depth + 1);
                    open.push_back(route.to);
                }
            }
        }
        let mut back = BTreeMap::from([(start, 0)]);
        let mut open = VecDeque::from([start]);
        while let Some(user) = open.pop_front() {
            let depth = back.get(&user).copied().unwrap_or(0);
            for before in seen.get(&user).into_iter().flatten() {
                if depth < length && !back.contains_key(before) {
                    back.insert(*before, depth + 1);
                    open.push_back(*before);
                }
            }
        }
        Some(back)
    }
}
