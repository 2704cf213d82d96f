//! Every way on which a call center sends calls on: the field that says where to, and the calls that go that way.

use super::NoCall;
use super::probe::Probe;
use crate::acd::AgentState;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{CallCenter, ClosedAction, OverflowAction, StrandedAction};
use crate::outcome::Unqueued;
use crate::rule::During;
use crate::trace::CenterPolicy;
use crate::what_if::{CentersScript, LineScript};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// By what a call leaves a call center for elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CenterWay {
    /// Holiday service.
    Holiday,
    /// Night service.
    Night,
    /// Forced forwarding.
    Forced,
    /// The queue is full, or the call waited too long.
    Overflow,
    /// An offer was not answered.
    Bounced,
    /// No agent is left.
    Stranded,
    /// So many agents carry the unavailable code.
    StrandedUnavailable,
}

impl CenterWay {
    /// Where the number of this way stands, in the call center.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Holiday => "holiday.action.to",
            Self::Night => "night.action.to",
            Self::Forced => "forced.number",
            Self::Overflow => "overflow.action.to",
            Self::Bounced => "bounced.number",
            Self::Stranded => "stranded.action.to",
            Self::StrandedUnavailable => "stranded_unavailable.action.to",
        }
    }

    /// The policy that takes the call when it comes in.
    pub(super) fn policy(self) -> Option<CenterPolicy> {
        match self {
            Self::Holiday => Some(CenterPolicy::HolidayService),
            Self::Night => Some(CenterPolicy::NightService),
            Self::Forced => Some(CenterPolicy::ForcedForwarding),
            Self::Stranded => Some(CenterPolicy::Stranded),
            Self::StrandedUnavailable => Some(CenterPolicy::StrandedUnavailable),
            Self::Overflow | Self::Bounced => None,
        }
    }

    /// Whether a queue lets go of a call for this.
    pub(super) fn lets_go(self, because: Unqueued) -> bool {
        match because {
            Unqueued::Full | Unqueued::Overflow => self == Self::Overflow,
            Unqueued::Bounced => self == Self::Bounced,
            Unqueued::Stranded => self == Self::Stranded,
            Unqueued::StrandedUnavailable => self == Self::StrandedUnavailable,
        }
    }
}

/// A way, and where it leads.
pub(super) struct Leaves<'a> {
    pub(super) way: CenterWay,
    pub(super) to: &'a Destination,
    /// When it is open, by schedules.
    pub(super) during: Vec<During>,
    /// How lines and queues are found by a call that goes this way.
    pub(super) found: Vec<Found>,
    /// Why no call goes this way.
    pub(super) never: Option<NoCall>,
}

/// How a call finds lines and queues.
#[derive(Clone, Default)]
pub(super) struct Found {
    pub(super) lines: BTreeMap<UserId, LineScript>,
    pub(super) centers: CentersScript,
}

impl Found {
    pub(super) fn probe(&self, to: UserId) -> Probe {
        Probe {
            lines: self.lines.clone(),
            centers: self.centers.clone(),
            ..Probe::to(to)
        }
    }
}

/// The ways of a call center, in the order in which they get their turn.
pub(super) fn ways(center: &CallCenter) -> Vec<Leaves<'_>> {
    let at = |schedule, outside| During { schedule, outside };
    let mut found = Vec::new();
    let mut add = |way, to, during: Vec<During>, states: Vec<Found>, never: Option<NoCall>| {
        found.push(Leaves {
            way,
            to,
            during,
            found: states,
            never,
        });
    };
    let plain = || vec![Found::default()];
    let shuts = |action: &ClosedAction| *action != ClosedAction::None;
    let holiday = center
        .holiday
        .schedule
        .filter(|_| shuts(&center.holiday.action));
    if let ClosedAction::Forward { to } = &center.holiday.action {
        let during = center.holiday.schedule.map(|id| at(id, false));
        add(
            CenterWay::Holiday,
            to,
            during.into_iter().collect(),
            plain(),
            during.is_none().then_some(NoCall::Off),
        );
    }
    let open = || holiday.map(|id| at(id, true)).into_iter();
    if let ClosedAction::Forward { to } = &center.night.action {
        let night = &center.night;
        let during = night.hours.filter(|_| !night.forced).map(|id| at(id, true));
        let off = during.is_none() && !night.forced;
        add(
            CenterWay::Night,
            to,
            open().chain(during).collect(),
            plain(),
            off.then_some(NoCall::Off),
        );
    }
    let night = center
        .night
        .hours
        .filter(|_| shuts(&center.night.action))
        .map(|id| at(id, false));
    let open = || open().chain(night).collect::<Vec<_>>();
    let shut = (center.night.forced && shuts(&center.night.action)).then_some(NoCall::Before);
    if let Some(to) = center
        .forced
        .number
        .as_ref()
        .filter(|_| center.forced.active)
    {
        add(CenterWay::Forced, to, open(), plain(), shut);
    }
    let shut =
        shut.or((center.forced.active && center.forced.number.is_some()).then_some(NoCall::Before));
    if let (StrandedAction::Forward { to }, code) = (
        &center.stranded_unavailable.action,
        center.stranded_unavailable.code,
    ) {
        let off = code.is_none().then_some(NoCall::Off);
        add(
            CenterWay::StrandedUnavailable,
            to,
            open(),
            vec![away(center, code)],
            off.or(shut),
        );
    }
    if let StrandedAction::Forward { to } = &center.stranded.action {
        add(
            CenterWay::Stranded,
            to,
            open(),
            vec![away(center, None)],
            shut,
        );
    }
    if let OverflowAction::Forward { to } = &center.overflow.action {
        add(
            CenterWay::Overflow,
            to,
            open(),
            vec![unanswered(center), waiting(1), waiting(center.queue.length)],
            shut,
        );
    }
    if let Some(to) = &center.bounced.number {
        let bounces = center.bounced.after_rings.is_some()
            || center.bounced.when_unavailable
            || center.bounced.after_held.is_some();
        add(
            CenterWay::Bounced,
            to,
            open(),
            vec![unanswered(center)],
            (!bounces).then_some(NoCall::Off).or(shut),
        );
    }
    found
}

/// No agent answers.
pub(super) fn unanswered(center: &CallCenter) -> Found {
    let lines = center
        .agents
        .iter()
        .map(|agent| (agent.user, LineScript::NoAnswer))
        .collect();
    Found {
        lines,
        ..Found::default()
    }
}

/// Every agent is unavailable, with a code.
fn away(center: &CallCenter, code: Option<crate::id::UnavailableCodeId>) -> Found {
    let agents = center
        .agents
        .iter()
        .map(|agent| (agent.user, AgentState::Unavailable { code }))
        .collect();
    Found {
        centers: CentersScript {
            agents,
            ..CentersScript::default()
        },
        ..Found::default()
    }
}

/// So many calls wait already.
fn waiting(ahead: u16) -> Found {
    Found {
        centers: CentersScript {
            ahead,
            ..CentersScript::default()
        },
        ..Found::default()
    }
}
