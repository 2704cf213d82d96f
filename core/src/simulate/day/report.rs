//! What a simulated day tells: of each number, of each party and of each call center.

use super::plan::Calls;
use crate::id::UserId;
use crate::simulate::{AgentReport, CenterReport};
use crate::time::Timestamp;
use crate::trace::{Cause, Party, QueueStep, Step, What};
use crate::what_if::{Outcome, outcome};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of the calls of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayReport {
    /// Each kind of call of the plan.
    pub numbers: Vec<NumberReport>,
    /// Everybody whom a call reached, groups, menus and queues among them.
    pub parties: Vec<PartyReport>,
    /// Each call center of the configuration.
    pub centers: Vec<CenterReport>,
    /// Each person of the plan, as an agent.
    pub agents: Vec<AgentReport>,
}

/// Calls of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberReport {
    /// What was dialled.
    pub dialled: String,
    /// How they ended.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Calls that reached somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartyReport {
    /// The user, virtual or not, whom they reached.
    pub user: UserId,
    /// How often a call reached them; one that comes back counts again.
    pub reached: u64,
    /// Of these, those that went on to somebody else.
    pub passed_on: u64,
    /// Calls of which the queue let go: full, waited too long, bounced or stranded.
    pub overflowed: u64,
    /// How those ended that went no further.
    #[serde(flatten)]
    pub tally: Tally,
}

/// How calls ended: each in one way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Tally {
    /// All of them.
    pub calls: u64,
    /// Somebody answered, or joined a group call.
    pub answered: u64,
    /// The caller came to a mailbox.
    pub mailbox: u64,
    /// The caller chose nothing in a menu.
    pub menu: u64,
    /// An announcement sent the caller away.
    pub announced: u64,
    /// The caller gave up before an answer.
    pub abandoned: u64,
    /// Busy tone.
    pub busy: u64,
    /// Nobody answered in the time that there is.
    pub no_answer: u64,
    /// Refused, not reachable, not in use, not known, or over without any of these.
    pub failed: u64,
    /// Not over when the plan ended, and not answered before.
    pub unfinished: u64,
    /// Who of ours answered how many.
    pub by: BTreeMap<UserId, u64>,
    /// From the beginnings of answered calls to the answers, added up, in milliseconds.
    pub answer_ms: u64,
    /// The longest of them.
    pub longest_answer_ms: u64,
}

impl Tally {
    /// The ends, added up: as many as there were calls.
    pub fn ended(&self) -> u64 {
        let reached = self.answered + self.mailbox + self.menu + self.announced;
        reached + self.abandoned + self.busy + self.no_answer + self.failed + self.unfinished
    }

    /// The mean time to an answer, in seconds.
    pub fn mean_answer(&self) -> f64 {
        self.answer_ms as f64 / 1000.0 / (self.answered.max(1)) as f64
    }

    fn add(&mut self, end: End) {
        let count = match end {
            End::Unfinished => &mut self.unfinished,
            End::Answered { by, after_ms } => {
                if let Party::User(user) = by {
                    *self.by.entry(user).or_default() += 1;
                }
                self.answer_ms += after_ms;
                self.longest_answer_ms = self.longest_answer_ms.max(after_ms);
                &mut self.answered
            }
            End::Other(outcome) => match outcome {
                Outcome::Answered { .. } => &mut self.answered,
                Outcome::Mailbox { .. } => &mut self.mailbox,
                Outcome::Menu { .. } => &mut self.menu,
                Outcome::Announced { .. } => &mut self.announced,
                Outcome::NotKnown => &mut self.failed,
                Outcome::Ended { cause } => match cause {
                    Cause::CallerGone => &mut self.abandoned,
                    Cause::Busy => &mut self.busy,
                    Cause::NoAnswer => &mut self.no_answer,
                    Cause::Normal | Cause::Rejected | Cause::Unreachable | Cause::NotInUse => {
                        &mut self.failed
                    }
                },
            },
        };
        *count += 1;
    }
}

/// How a call ended.
#[derive(Clone, Copy)]
enum End {
    Answered { by: Party, after_ms: u64 },
    Other(Outcome),
    Unfinished,
}

impl End {
    fn of(trace: &[Step], over: bool) -> Self {
        match outcome(trace) {
            Outcome::Answered { by } => {
                let began = trace.first().map_or(Timestamp(0), |step| step.at);
                let joins = |what: &What| {
                    matches!(what, What::Group(crate::trace::GroupStep::Joins { .. }))
                };
                let answer = trace
                    .iter()
                    .find(|s| matches!(s.what, What::Answered { .. }) || joins(&s.what));
                let after_ms = answer.map_or(0, |step| step.at.since(began).max(0) as u64);
                Self::Answered { by, after_ms }
            }
            _ if !over => Self::Unfinished,
            outcome => Self::Other(outcome),
        }
    }
}

/// Counts calls, one after the other.
#[derive(Default)]
pub(super) struct Counted {
    numbers: Vec<NumberReport>,
    parties: BTreeMap<UserId, PartyReport>,
}

impl Counted {
    pub(super) fn of(calls: &[Calls]) -> Self {
        let number = |calls: &Calls| NumberReport {
            dialled: calls.dialled.clone(),
            ..NumberReport::default()
        };
        Self {
            numbers: calls.iter().map(number).collect(),
            parties: BTreeMap::new(),
        }
    }

    /// A call begins.
    pub(super) fn begins(&mut self, kind: usize) {
        if let Some(number) = self.numbers.get_mut(kind) {
            number.tally.calls += 1;
        }
    }

    /// A call is over, or the plan is.
    pub(super) fn add(&mut self, kind: usize, trace: &[Step], over: bool) {
        let end = End::of(trace, over);
        if let Some(number) = self.numbers.get_mut(kind) {
            number.tally.add(end);
        }
        let mut last = None;
        for step in trace {
            match step.what {
                What::Arrives { user } => {
                    let reached = self.parties.entry(user).or_default();
                    (reached.user, reached.reached) = (user, reached.reached + 1);
                    if let Some(party) = last
                        .replace(user)
                        .and_then(|before| self.parties.get_mut(&before))
                    {
                        party.passed_on += 1;
                    }
                }
                What::RingsOutside { .. } => {
                    if let Some(party) =
                        last.take().and_then(|before| self.parties.get_mut(&before))
                    {
                        party.passed_on += 1;
                    }
                }
                What::Queue(QueueStep::Unqueued { center, .. }) => {
                    self.parties.entry(center).or_default().overflowed += 1;
                }
                _ => {}
            }
        }
        if let Some(party) = last.and_then(|last| self.parties.get_mut(&last)) {
            party.tally.calls += 1;
            party.tally.add(end);
        }
    }

    pub(super) fn report(self, queues: crate::simulate::Report) -> DayReport {
        DayReport {
            numbers: self.numbers,
            parties: self.parties.into_values().collect(),
            centers: queues.centers,
            agents: queues.agents,
        }
    }
}

impl DayReport {
    /// All kinds of calls together.
    pub fn total(&self) -> u64 {
        self.numbers.iter().map(|number| number.tally.calls).sum()
    }
}
