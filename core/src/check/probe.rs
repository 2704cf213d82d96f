//! The search for a call that shows a finding: callers of each kind and those whom rules mean, at moments at which
//! schedules change.

use super::callers::{self, internal};
use super::menus::Keys;
use super::moments::edges;
use super::{Evidence, NoCall, Scope, Witness, WitnessCall};
use crate::call::Request;
use crate::caller::Caller;
use crate::id::{LocationId, UserId};
use crate::rule::{Rule, Who};
use crate::time::Timestamp;
use crate::what_if::{CentersScript, LineScript, Story, WhatIf, prompts, tell};
use std::collections::BTreeMap;

/// How many moments are tried for one finding.
const MOMENTS: usize = 48;
/// How many calls are tried for all findings of an organisation that are so by what is set: beyond them one stands
/// without a call, and says so.
pub(super) const TRIES: usize = 100_000;
/// How often a caller who is sent round presses keys.
const VISITS: usize = 24;

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
    /// What the caller presses in the menu or mailbox of somebody, wherever on the way it is met.
    pub(super) presses: Vec<(UserId, Keys)>,
    /// By whose schedules the moments are chosen, besides those of who is called.
    pub(super) parties: Vec<UserId>,
    /// The moments; none: those at which schedules change.
    pub(super) moments: Vec<Timestamp>,
}

impl Probe {
    /// A call to somebody.
    pub(super) fn to(user: UserId) -> Self {
        Self {
            to: user,
            ..Self::default()
        }
    }

    /// Digits that somebody dials at a location.
    pub(super) fn digits(scope: &Scope<'_>, digits: String, at: LocationId) -> Self {
        let caller = scope
            .snapshot
            .users()
            .find(|s| s.place.id == at && s.role.identity().is_none());
        let callers = caller.map(internal).into_iter().collect();
        Self {
            digits: Some((digits, at)),
            callers,
            ..Self::default()
        }
    }

    pub(super) fn pressing(self, keys: Keys) -> Self {
        Self { keys, ..self }
    }

    pub(super) fn lines(self, lines: impl IntoIterator<Item = (UserId, LineScript)>) -> Self {
        Self {
            lines: lines.into_iter().collect(),
            ..self
        }
    }

    /// Callers whom a rule of who is called lists, before those of each kind; and the moment at which it holds first.
    pub(super) fn meant_by(mut self, scope: &Scope<'_>, rule: &Rule) -> Self {
        let Some(s) = scope.snapshot.user(self.to) else {
            return self;
        };
        if let Who::Listed { .. } = &rule.who {
            self.callers = callers::meant(scope, &s.place, &rule.who, &[self.to]);
        }
        if !self.callers.is_empty() {
            self.callers
                .extend(callers::of_each_kind(scope, &[self.to]));
        }
        if let Some(at) = scope.opens(rule, &s.place)
            && at != scope.ten()
        {
            self.moments = std::iter::once(at)
                .chain(edges(scope, &[self.to], MOMENTS))
                .collect();
        }
        self
    }
}

impl Scope<'_> {
    /// The first call of which `shown` finds something in its story.
    pub(super) fn witness(
        &self,
        probe: &Probe,
        shown: impl Fn(&Story) -> Option<Evidence>,
    ) -> Witness {
        self.witness_of(std::slice::from_ref(probe), shown)
    }

    /// As [`Scope::witness`], of several probes one after the other.
    pub(super) fn witness_of(
        &self,
        probes: &[Probe],
        shown: impl Fn(&Story) -> Option<Evidence>,
    ) -> Witness {
        let mut because = NoCall::NoNumber;
        for probe in probes {
            let parties: Vec<_> = std::iter::once(probe.to)
                .chain(probe.parties.iter().copied())
                .collect();
            let found = if probe.callers.is_empty() {
                callers::of_each_kind(self, &parties)
            } else {
                probe.callers.clone()
            };
            let moments = if probe.moments.is_empty() {
                edges(self, &parties, MOMENTS)
            } else {
                probe.moments.clone()
            };
            for (caller, at) in found
                .iter()
                .flat_map(|caller| moments.iter().map(move |at| (*caller, *at)))
            {
                let Some(question) = self.question(probe, caller, at) else {
                    continue;
                };
                because = NoCall::NotFound;
                let left = self.tries.get();
                if left == 0 {
                    return Witness::Settings {
                        because: NoCall::Budget,
                    };
                }
                self.tries.set(left - 1);
                if let Some(call) = self.tried(question, &shown) {
                    return call;
                }
            }
        }
        Witness::Settings { because }
    }

    /// A call that is tried, when it shows something.
    pub(super) fn tried(
        &self,
        question: WhatIf,
        shown: impl Fn(&Story) -> Option<Evidence>,
    ) -> Option<Witness> {
        let shown = shown(&tell(self.snapshot, &question))?;
        Some(Witness::Call(Box::new(WitnessCall::new(question, shown))))
    }

    /// A call from outside, or from a colleague when no number reaches who is called.
    pub(super) fn question(&self, probe: &Probe, caller: Caller, at: Timestamp) -> Option<WhatIf> {
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
        let question = WhatIf {
            request: Request {
                caller,
                dialled,
                from,
                ..Request::default()
            },
            at,
            lines: probe.lines.clone(),
            centers: probe.centers.clone(),
            keys: probe.keys.clone(),
            ..WhatIf::default()
        };
        Some(if probe.presses.is_empty() {
            question
        } else {
            self.pressed(question, &probe.presses)
        })
    }

    /// The question with the keys at the prompts at which they are asked for. Who comes back presses the same again.
    fn pressed(&self, mut question: WhatIf, presses: &[(UserId, Keys)]) -> WhatIf {
        for _ in 0..VISITS {
            let heard = prompts(self.snapshot, &question);
            let next =
                heard
                    .iter()
                    .enumerate()
                    .skip(question.keys.len())
                    .find_map(|(at, whose)| {
                        let (_, keys) = presses.iter().find(|(user, _)| Some(*user) == *whose)?;
                        Some((at, keys))
                    });
            let Some((at, keys)) = next else { break };
            question.keys.resize(at, String::new());
            question.keys.extend(keys.iter().cloned());
        }
        question
    }
}
