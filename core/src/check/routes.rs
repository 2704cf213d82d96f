//! Every way by which somebody may send a call on, and what must be so for it: the graph in which loops are looked for.

use super::Scope;
use super::probe::Probe;
use crate::acd::AgentState;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{
    AutoAttendant, CallCenter, ClosedAction, HuntGroup, Menu, MenuAction, OverflowAction, StrandedAction,
};
use crate::service::location_forwarding::LocationForwarding;
use crate::service::{Content, Group, Service, Stage};
use crate::snapshot::{Role, Subscriber};
use crate::what_if::{CentersScript, LineScript};
use std::collections::BTreeMap;

/// A way from one party to another.
#[derive(Clone, Debug)]
pub(super) struct Route {
    pub(super) to: UserId,
    /// What the lines of these do.
    pub(super) lines: Vec<(UserId, LineScript)>,
    /// What the caller presses.
    pub(super) keys: Vec<String>,
}

/// The ways on which a party may send calls.
pub(super) fn routes(scope: &Scope<'_>, s: &Subscriber) -> Vec<Route> {
    let user = s.user.id;
    let mut found = Vec::new();
    let mut add = |to: &Destination, lines: Vec<(UserId, LineScript)>, keys: Vec<String>| {
        if let Some(to) = scope.target(user, to).user() {
            found.push(Route { to, lines, keys });
        }
    };
    for slot in s.slots().filter(|slot| slot.entry.group == Group::Forwarding) {
        let Some(Content::Settings(settings)) = &slot.content else { continue };
        if slot.entry.id == LocationForwarding::ID {
            if let Some(to) = &s.place.site.forwarding.number {
                add(to, Vec::new(), Vec::new());
            }
        } else if slot.entry.active(settings) == Some(true) {
            for to in slot.entry.destinations(settings) {
                let stage = slot.entry.stages.iter().find(|stage| **stage != Stage::Notice).copied();
                if let Some(lines) = stage.and_then(|stage| lines(s, stage)) {
                    add(to, lines, Vec::new());
                }
            }
        }
    }
    match &s.role {
        Role::Person | Role::GroupCall(_) => {}
        Role::HuntGroup(group) => {
            for (to, line) in
                [(&group.no_answer, LineScript::NoAnswer), (&group.not_reachable, LineScript::Unreachable)]
            {
                if let Some(to) = to {
                    add(to, members(group, line), Vec::new());
                }
            }
        }
        Role::AutoAttendant(attendant) => transfers(attendant, &mut |to, keys| add(to, Vec::new(), keys)),
        Role::CallCenter(center) => {
            for to in destinations(center) {
                add(to, Vec::new(), Vec::new());
            }
        }
    }
    found
}

/// The lines for which services get their turn at a stage; `None` for a stage that sends no call on.
pub(super) fn lines(s: &Subscriber, stage: Stage) -> Option<Vec<(UserId, LineScript)>> {
    let line = match stage {
        Stage::Arrival => return Some(Vec::new()),
        Stage::Busy => LineScript::OnTwoCalls,
        Stage::NoAnswer => LineScript::NoAnswer,
        Stage::NotReachable => LineScript::Unreachable,
        Stage::Ringing | Stage::Notice => return None,
    };
    Some(match &s.role {
        Role::HuntGroup(group) => members(group, line),
        _ => vec![(s.user.id, line)],
    })
}

pub(super) fn members(group: &HuntGroup, line: LineScript) -> Vec<(UserId, LineScript)> {
    group.members.iter().map(|member| (member.user, line)).collect()
}

/// Every number to which a call center sends calls.
pub(super) fn destinations(center: &CallCenter) -> Vec<&Destination> {
    let closed =
        [&center.holiday.action, &center.night.action].into_iter().filter_map(|action| match action {
            ClosedAction::Forward { to } => Some(to),
            _ => None,
        });
    let overflow = match &center.overflow.action {
        OverflowAction::Forward { to } => Some(to),
        _ => None,
    };
    let stranded = [&center.stranded.action, &center.stranded_unavailable.action];
    let stranded = stranded.into_iter().filter_map(|action| match action {
        StrandedAction::Forward { to } => Some(to),
        _ => None,
    });
    let forced = center.forced.number.iter().filter(|_| center.forced.active);
    closed.chain(forced).chain(&center.bounced.number).chain(overflow).chain(stranded).collect()
}

/// Calls at which a call center may send them on: an ordinary one, and those at which nobody answers, nobody is there, or
/// the queue is full.
pub(super) fn center_probes(center: &CallCenter) -> Vec<Probe> {
    let all = |state: AgentState| -> BTreeMap<UserId, AgentState> {
        center.agents.iter().map(|agent| (agent.user, state)).collect()
    };
    let with = |centers: CentersScript| Probe { centers, ..Probe::to(center.id) };
    let away = |code| {
        with(CentersScript { agents: all(AgentState::Unavailable { code }), ..CentersScript::default() })
    };
    let unanswered = center.agents.iter().map(|agent| (agent.user, LineScript::NoAnswer));
    vec![
        Probe::to(center.id),
        Probe::to(center.id).lines(unanswered),
        away(None),
        away(center.stranded_unavailable.code),
        with(CentersScript { ahead: 1, ..CentersScript::default() }),
        with(CentersScript { ahead: center.queue.length, ..CentersScript::default() }),
    ]
}

/// Every transfer of an auto attendant, and the keys that lead there.
pub(super) fn transfers(attendant: &AutoAttendant, found: &mut dyn FnMut(&Destination, Vec<String>)) {
    let first = [Some(&attendant.business), Some(&attendant.after_hours), attendant.holiday.as_ref()];
    for menu in first.into_iter().flatten() {
        let mut known = Vec::new();
        let mut open: Vec<(&Menu, Vec<String>)> = vec![(menu, Vec::new())];
        while let Some((menu, keys)) = open.pop() {
            for (key, action) in &menu.keys {
                let pressed: Vec<_> = keys.iter().cloned().chain([key.sign().to_string()]).collect();
                follow(attendant, &action.action, pressed, &mut known, &mut open, found);
            }
            if let Some(action) = &menu.timeout {
                let silent: Vec<_> = keys.iter().cloned().chain([String::new(), String::new()]).collect();
                follow(attendant, action, silent, &mut known, &mut open, found);
            }
        }
    }
}

fn follow<'a>(
    attendant: &'a AutoAttendant,
    action: &MenuAction,
    keys: Vec<String>,
    known: &mut Vec<u16>,
    open: &mut Vec<(&'a Menu, Vec<String>)>,
    found: &mut dyn FnMut(&Destination, Vec<String>),
) {
    match action {
        MenuAction::Transfer { to, .. } | MenuAction::Operator { to } => found(to, keys),
        MenuAction::Submenu { menu } if !known.contains(menu) => {
            known.push(*menu);
            open.extend(attendant.submenu(*menu).map(|submenu| (&submenu.menu, keys)));
        }
        _ => {}
    }
}
