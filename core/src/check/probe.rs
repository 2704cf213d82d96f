//! The search for a call that shows a finding: callers of each kind, at the moments at which schedules change.

use super::witness::WEEK;
use super::{NoCall, Scope, Shown, Witness, WitnessCall};
use crate::call::Request;
use crate::caller::Caller;
use crate::id::{LocationId, UserId};
use crate::rule::{Kind, Rule, Schedules, Who};
use crate::snapshot::Subscriber;
use crate::time::Timestamp;
use crate::what_if::{CentersScript, LineScript, Story, WhatIf, tell};
use std::collections::BTreeMap;

/// How many moments are tried for one finding.
const MOMENTS: usize = 48;
/// How many changes of one schedule are looked at: a week of office hours with a break has so many.
const EDGES: usize = 20;
/// Ten o'clock, when most are at work.
const TEN: i64 = 10 * 3600;
/// How many calls are tried for all findings of an organisation: beyond them a finding stands without a call.
pub(super) const TRIES: usize = 100_000;

/// What is tried.
#[derive(Clone, Default)]
pub(super) struct Probe {
    /// Who is called.
    pub(super) to: UserId,
    /// Digits that are dialled at a location, instead of a number of who is called.
    pub(super) digits: Option<(String, LocationId)>,
    /// Who calls; none: callers of each kind.
    pub(super) callers: Vec<Caller>,
    /// What lines do.
    pub(super) lines: BTreeMap<UserId, LineScript>,
    /// How call centers are found.
    pub(super) centers: CentersScript,
    /// What the caller presses.
    pub(super) keys: Vec<String>,
    /// By whose schedules the moments are chosen, besides those of who is called.
    pub(super) parties: Vec<UserId>,
    /// The moments; none: those at which schedules change.
    pub(super) moments: Vec<Timestamp>,
}

impl Probe {
    /// A call to somebody.
    pub(super) fn to(user: UserId) -> Self {
        Self { to: user, ..Self::default() }
    }

    /// Digits that somebody dials at a location.
    pub(super) fn digits(scope: &Scope<'_>, digits: String, at: LocationId) -> Self {
        let caller = scope.snapshot.users().find(|s| s.place.id == at && s.role.identity().is_none());
        let callers = caller.map(internal).into_iter().collect();
        Self { digits: Some((digits, at)), callers, ..Self::default() }
    }

    pub(super) fn pressing(self, keys: Vec<String>) -> Self {
        Self { keys, ..self }
    }

    pub(super) fn lines(self, lines: impl IntoIterator<Item = (UserId, LineScript)>) -> Self {
        Self { lines: lines.into_iter().collect(), ..self }
    }

    /// Also callers whom a rule lists.
    pub(super) fn meant_by(mut self, scope: &Scope<'_>, rule: &Rule) -> Self {
        if let Who::Listed { numbers, .. } = &rule.who {
            let plain = numbers.iter().filter(|pattern| !pattern.has_wildcard()).map(ToString::to_string);
            let numbers = plain.filter_map(|text| {
                let destination: crate::number::Destination = text.parse().ok()?;
                match scope.target(self.to, &destination) {
                    crate::dial::Target::Outside(number) => Some(Caller::external(number)),
                    target => scope.snapshot.user(target.user()?).map(internal),
                }
            });
            self.callers = numbers.collect();
        }
        if !self.callers.is_empty() {
            self.callers.extend(callers(scope, &[self.to]));
        }
        self
    }
}

/// A user as a caller.
pub(super) fn internal(s: &Subscriber) -> Caller {
    Caller { number: s.user.number, extension: s.user.extension, user: Some(s.user.id), withheld: false }
}

/// Callers of each kind, none of them among those who are called.
fn callers(scope: &Scope<'_>, parties: &[UserId]) -> Vec<Caller> {
    let persons = scope.snapshot.users().filter(|s| s.role.identity().is_none());
    let colleague = persons.into_iter().find(|s| !parties.contains(&s.user.id)).map(internal);
    let outside = "+31201234567".parse().ok().map(Caller::external);
    outside.into_iter().chain([Caller::withheld(), Caller::unavailable()]).chain(colleague).collect()
}

impl Scope<'_> {
    /// The first call of which `shown` finds something in its story.
    pub(super) fn witness(&self, probe: &Probe, shown: impl Fn(&Story) -> Option<Shown>) -> Witness {
        self.witness_of(std::slice::from_ref(probe), shown)
    }

    /// As [`Scope::witness`], of several probes one after the other.
    pub(super) fn witness_of(&self, probes: &[Probe], shown: impl Fn(&Story) -> Option<Shown>) -> Witness {
        let mut because = NoCall::NoNumber;
        for probe in probes {
            let parties: Vec<_> = std::iter::once(probe.to).chain(probe.parties.iter().copied()).collect();
            let found =
                if probe.callers.is_empty() { callers(self, &parties) } else { probe.callers.clone() };
            let moments =
                if probe.moments.is_empty() { moments(self, &parties) } else { probe.moments.clone() };
            for (caller, at) in found.iter().flat_map(|caller| moments.iter().map(move |at| (*caller, *at))) {
                let Some(question) = self.question(probe, caller, at) else { continue };
                because = NoCall::NotFound;
                let left = self.tries.get();
                if left == 0 {
                    break;
                }
                self.tries.set(left - 1);
                if let Some(shown) = shown(&tell(self.snapshot, &question)) {
                    return Witness::Call(Box::new(WitnessCall::new(question, shown)));
                }
            }
        }
        Witness::Settings { because }
    }

    /// A call from outside, or from a colleague when no number reaches who is called.
    fn question(&self, probe: &Probe, caller: Caller, at: Timestamp) -> Option<WhatIf> {
        let (dialled, from) = if let Some((digits, at)) = &probe.digits {
            (digits.clone(), Some(*at))
        } else {
            let called = self.snapshot.user(probe.to)?;
            match (called.user.number, called.user.extension) {
                (Some(number), _) if !caller.is_internal() => (number.to_string(), None),
                (_, Some(extension)) => (extension.to_string(), Some(called.place.id)),
                (Some(number), None) => (number.to_string(), Some(called.place.id)),
                (None, None) => return None,
            }
        };
        Some(WhatIf {
            request: Request { caller, dialled, from, ..Request::default() },
            at,
            lines: probe.lines.clone(),
            centers: probe.centers.clone(),
            keys: probe.keys.clone(),
            ..WhatIf::default()
        })
    }
}

/// Moments that may differ for these parties: office hours, and the edges of their schedules.
fn moments(scope: &Scope<'_>, parties: &[UserId]) -> Vec<Timestamp> {
    let mut moments = Vec::new();
    for subscriber in parties.iter().filter_map(|user| scope.snapshot.user(*user)) {
        let zone = &subscriber.place.zone;
        let site = subscriber.place.site.forwarding.schedules.iter().copied();
        let schedules = subscriber.links().chain(subscriber.role.schedules()).chain(site);
        for schedule in schedules.filter_map(|id| scope.snapshot.schedule(id)) {
            let edges =
                std::iter::successors(schedule.next_change(WEEK, zone), |at| schedule.next_change(*at, zone));
            for at in edges.take(EDGES.min(MOMENTS.saturating_sub(moments.len()))) {
                moments.push(at);
                if schedule.kind() == Kind::Holidays {
                    moments.push(at.plus_seconds(TEN));
                }
            }
        }
    }
    moments.sort_unstable();
    moments.dedup();
    moments.insert(0, WEEK.plus_seconds(TEN));
    moments
}
