//! Calls that come back: cycles in the graph of all diversions, each shown by a call that the machine really blocks, or
//! that reaches the same party again. A cycle that no call takes is none.
//!
//! Every simple cycle of a component is looked at, the shortest first and those that need nothing of lines before others.
//! Each component has a budget of its own, so that a knot of forwardings hides no loop elsewhere; where a budget ends that
//! is told.

use super::callers::{covers, meant, of_each_kind};
use super::cycles::{Cycles, Graph, components};
use super::moments::{Wanted, edges, meet};
use super::probe::Probe;
use super::routes::{Route, When, routes};
use super::{Evidence, Finding, Kind, NoCall, Scope, Witness};
use crate::call::{MAX_DIVERSIONS, without_inhibitor};
use crate::caller::Caller;
use crate::id::UserId;
use crate::organisation::MenuAction;
use crate::snapshot::Role;
use crate::time::Timestamp;
use crate::trace::{Blocked, GroupStep, LeftOut, MenuStep, What};
use crate::what_if::Story;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// The longest cycle that a call goes round: it is sent on ten times, and is stopped when it would come back.
const LONGEST: usize = MAX_DIVERSIONS + 1;
/// How many calls are tried for one component.
const TRIES: usize = 3_000;
/// How many calls are tried for all: a small component comes before a large one.
const ALL_TRIES: usize = 150_000;
/// How many steps of the search for cycles are taken in one component, and for each of its parties besides.
const STEPS: usize = 200_000;
const STEPS_EACH: usize = 500;
/// How many calls are tried for one cycle, and how many of these from its other parties.
const OF_A_CYCLE: usize = 200;
const OF_ANOTHER_START: usize = 12;
/// How many moments are tried for one caller, besides those that rules name.
const MOMENTS: usize = 8;
/// How many choices of a rule for each party are tried.
const CHOICES: usize = 16;

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let ways = scope.snapshot.users().map(|s| {
        let mut routes = routes(scope, s);
        // What needs nobody to be away is looked at by itself before; of the rest that which is all of a kind comes first.
        routes.sort_by_key(Route::is_plain);
        (s.user.id, routes)
    });
    let graph: Graph<'_> = ways.filter(|(_, routes)| !routes.is_empty()).collect();
    let mut components = components(&graph);
    components.sort_by_key(Vec::len);
    let mut left = ALL_TRIES;
    for (at, component) in components.iter().enumerate() {
        if left == 0 {
            let rest = components[at..].iter().map(Vec::len).sum();
            found.push(unsearched(scope, component, rest));
            break;
        }
        let tries = Cell::new(TRIES.min(left));
        let before = tries.get();
        if !search(scope, &graph, component, &tries, found) {
            found.push(unsearched(scope, component, component.len()));
        }
        left -= before - tries.get();
    }
}

/// Not every loop of these was looked for.
fn unsearched(scope: &Scope<'_>, component: &[UserId], parties: usize) -> Finding {
    let at = component.first().map_or("", |first| scope.path(*first));
    let parties = u32::try_from(parties).unwrap_or(u32::MAX);
    Finding::set(at, Kind::LoopsUnsearched { parties }, NoCall::Budget)
}

/// Looks for the loops of one component. False: it was not looked at whole.
fn search(
    scope: &Scope<'_>,
    graph: &Graph<'_>,
    component: &[UserId],
    tries: &Cell<usize>,
    found: &mut Vec<Finding>,
) -> bool {
    let mut cycles = Cycles::new(
        graph,
        component,
        LONGEST,
        STEPS + STEPS_EACH * component.len(),
    );
    let mut told: BTreeSet<(UserId, UserId, bool)> = BTreeSet::new();
    let mut whole = true;
    for length in 1..=LONGEST.min(component.len()) {
        for plain in [true, false] {
            let may = |route: &Route<'_>| route.is_plain() || !plain;
            let mut each = |cycle: &[&Route<'_>]| {
                let key = |route: &&Route<'_>| (route.from, route.to, route.is_plain());
                if cycle.iter().all(|route| told.contains(&key(route))) {
                    return ControlFlow::Continue(());
                }
                match shown(scope, cycle, tries) {
                    Tried::Evidence(witness) => {
                        told.extend(cycle.iter().map(key));
                        let through: Vec<_> = cycle.iter().map(|route| route.from).collect();
                        let at = through.first().map_or("", |first| scope.path(*first));
                        found.push(Finding::new(at, Kind::Loop { through }, witness));
                    }
                    Tried::Nothing => {}
                    Tried::Stopped => whole = false,
                }
                if tries.get() > 0 {
                    return ControlFlow::Continue(());
                }
                whole = false;
                ControlFlow::Break(())
            };
            whole &= cycles.of_length(length, &may, &mut each);
            if !whole && tries.get() == 0 {
                return false;
            }
        }
    }
    whole
}

/// What came of a cycle.
enum Tried {
    Evidence(Witness),
    /// No call goes round it.
    Nothing,
    /// More calls could have been tried.
    Stopped,
}

/// The call that goes round this cycle, begun at any of its parties.
fn shown(scope: &Scope<'_>, cycle: &[&Route<'_>], tries: &Cell<usize>) -> Tried {
    let parties: Vec<_> = cycle.iter().map(|route| route.from).collect();
    let mut probe = Probe {
        parties: parties.clone(),
        ..Probe::default()
    };
    for route in cycle {
        probe
            .lines
            .extend(route.found.lines.iter().map(|(user, line)| (*user, *line)));
        probe.centers.agents.extend(
            route
                .found
                .centers
                .agents
                .iter()
                .map(|(user, state)| (*user, *state)),
        );
        probe.centers.ahead = probe.centers.ahead.max(route.found.centers.ahead);
        if !route.keys.is_empty() {
            probe.presses.push((route.from, route.keys.clone()));
        }
    }
    // To look for callers and moments costs as much as a call.
    tries.set(tries.get().saturating_sub(1));
    let calls = calls(scope, cycle, &parties);
    for (nth, start) in parties.iter().enumerate() {
        // Where one begins matters little: who has no number cannot be called.
        let most = if nth == 0 {
            OF_A_CYCLE
        } else {
            OF_ANOTHER_START
        };
        for (caller, at) in calls.iter().take(most) {
            if tries.get() == 0 {
                return Tried::Stopped;
            }
            probe.to = *start;
            let Some(question) = scope.question(&probe, *caller, *at) else {
                break;
            };
            tries.set(tries.get() - 1);
            if let Some(witness) =
                scope.tried(question, |story| goes_round(scope, story, *start, cycle))
            {
                return Tried::Evidence(witness);
            }
        }
    }
    if calls.len() > OF_A_CYCLE {
        Tried::Stopped
    } else {
        Tried::Nothing
    }
}

/// What a story shows of a call that was sent on along all ways of a cycle, and came back to where it began.
fn goes_round(
    scope: &Scope<'_>,
    story: &Story,
    start: UserId,
    cycle: &[&Route<'_>],
) -> Option<Evidence> {
    let sent: Vec<(UserId, UserId)> = story
        .trace
        .iter()
        .filter_map(|step| sent(scope, &step.what))
        .collect();
    // The groups within a group call are not called, their members are.
    let is_group = |user| {
        scope
            .snapshot
            .user(user)
            .is_some_and(|s| matches!(s.role, Role::GroupCall(_)))
    };
    let within = |route: &Route<'_>| is_group(route.from) && is_group(route.to);
    if !cycle
        .iter()
        .all(|route| within(route) || sent.contains(&(route.from, route.to)))
    {
        return None;
    }
    let parties: Vec<_> = cycle.iter().map(|route| route.from).collect();
    let arrives = |user: UserId| {
        story
            .trace
            .iter()
            .filter(|step| matches!(step.what, What::Arrives { user: u } if u == user))
            .count()
    };
    let nested = story.trace.iter().find_map(|step| match &step.what {
        What::Group(GroupStep::LeavesOut {
            user,
            member,
            because: because @ LeftOut::Nested,
        }) if parties.contains(user) => {
            let (plain, _) = without_inhibitor(scope.snapshot, member);
            (scope.target(*user, &plain).user() == Some(start)).then_some(Evidence::LeftOut {
                group: *user,
                member: *member,
                because: *because,
            })
        }
        _ => None,
    });
    let blocked = || {
        story.trace.iter().any(|step| match step.what {
            What::DiversionBlocked {
                because: Blocked::Loop,
                from,
                to,
            } => parties.contains(&from) && scope.target(from, &to).user() == Some(start),
            _ => false,
        })
    };
    nested.or_else(|| (arrives(start) > 1 || blocked()).then_some(Evidence::Returns { to: start }))
}

/// Who sends a call to whom in a step, or would have.
fn sent(scope: &Scope<'_>, what: &What) -> Option<(UserId, UserId)> {
    let (from, to) = match what {
        What::Diverted { from, to } | What::DiversionBlocked { from, to, .. } => (*from, *to),
        What::Menu(MenuStep::Chosen {
            user,
            action: MenuAction::Transfer { to, .. } | MenuAction::Operator { to },
            ..
        }) => (*user, *to),
        What::Group(GroupStep::Calls { user, member }) => {
            (*user, without_inhibitor(scope.snapshot, member).0)
        }
        _ => return None,
    };
    Some((from, scope.target(from, &to).user()?))
}

/// Callers and moments for which all ways of a cycle are open, those first that rules name.
fn calls(scope: &Scope<'_>, cycle: &[&Route<'_>], parties: &[UserId]) -> Vec<(Caller, Timestamp)> {
    let place = |route: &Route<'_>| scope.snapshot.user(route.from).map(|s| &*s.place);
    let whens = cycle
        .iter()
        .filter_map(|route| Some((place(route)?, &route.whens)));
    let mut callers = of_each_kind(scope, parties);
    for (place, when) in
        whens.flat_map(|(place, whens)| whens.iter().map(move |when| (place, when)))
    {
        callers.extend(meant(scope, place, when.who, parties));
    }
    let mut known = Vec::new();
    callers.retain(|caller| {
        !known.contains(caller) && {
            known.push(*caller);
            true
        }
    });
    let mut found: Vec<(Caller, Timestamp)> = Vec::new();
    for caller in callers {
        // For each way the moments at which it may be open for this caller.
        let open: Option<Vec<Vec<&When<'_>>>> = cycle
            .iter()
            .map(|route| {
                let place = place(route)?;
                let fits = route
                    .whens
                    .iter()
                    .filter(|when| covers(scope, place, when.who, &caller));
                Some(fits.collect::<Vec<_>>()).filter(|fits| !fits.is_empty())
            })
            .collect();
        for at in open
            .into_iter()
            .flat_map(|open| moments(scope, cycle, &open, parties))
        {
            found.push((caller, at));
        }
    }
    found
}

/// The first moments at which one way out of each list is open, and some at which schedules change.
fn moments(
    scope: &Scope<'_>,
    cycle: &[&Route<'_>],
    open: &[Vec<&When<'_>>],
    parties: &[UserId],
) -> Vec<Timestamp> {
    let mut found = Vec::new();
    let mut chosen = vec![0; open.len()];
    // Each choice of a rule a party, up to so many.
    for _ in 0..CHOICES {
        let wanted: Option<Vec<Wanted<'_>>> = cycle
            .iter()
            .zip(open.iter().zip(&chosen))
            .flat_map(|(route, (whens, at))| {
                let place = scope.snapshot.user(route.from).map(|s| &*s.place);
                let during = whens.get(*at).into_iter().flat_map(|when| &when.during);
                during.map(move |during| Wanted::new(scope, *during, place?))
            })
            .collect();
        let wanted = wanted.as_deref();
        // Most are at work at ten: where that will do, it is the moment that is told.
        let from = [scope.ten(), scope.week];
        let at = wanted.and_then(|wanted| {
            from.into_iter()
                .filter_map(|from| meet(from, wanted))
                .min_by_key(|at| *at != from[0])
        });
        found.extend(at.filter(|at| !found.contains(at)));
        let next = chosen
            .iter()
            .zip(open)
            .position(|(at, whens)| at + 1 < whens.len());
        let Some(next) = next else { break };
        chosen[next] += 1;
        chosen[..next].fill(0);
    }
    if !found.is_empty() {
        let more: Vec<_> = edges(scope, parties, MOMENTS)
            .into_iter()
            .filter(|at| !found.contains(at))
            .collect();
        found.extend(more);
    }
    found
}
