//! Every way by which somebody may send a call on, and what must be so for it: the graph in which loops are looked for.

use super::Scope;
use super::centers::{Found, ways};
use super::menus::Keys;
use crate::call::without_inhibitor;
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::{
    AutoAttendant, HuntGroup, Menu, MenuAction, SiteForwarding, SiteForwardingMode,
};
use crate::rule::{During, Effect, Who};
use crate::service::{Content, Group, MailboxExit, Stage, location_forwarding};
use crate::snapshot::{Role, Slot, Subscriber};
use crate::what_if::LineScript;

/// The key by which a caller leaves a mailbox.
pub(super) const LEAVE_KEY: &str = "0";
static ANYBODY: Who = Who::Any;

/// Takes a way that may be open: where to, when, what it asks of lines and queues, and the keys.
type Add<'f, 'a> = &'f mut dyn FnMut(&Destination, Vec<When<'a>>, Found, Keys);

/// A way from one party to another.
#[derive(Clone)]
pub(super) struct Route<'a> {
    pub(super) from: UserId,
    pub(super) to: UserId,
    /// When it is open, and for whom: any of these.
    pub(super) whens: Vec<When<'a>>,
    /// How it finds lines and queues.
    pub(super) found: Found,
    /// What the caller presses at `from`.
    pub(super) keys: Keys,
}

/// When a way is open, and for whom.
#[derive(Clone)]
pub(super) struct When<'a> {
    pub(super) who: &'a Who,
    pub(super) during: Vec<During>,
}

impl When<'_> {
    fn always() -> Self {
        Self {
            who: &ANYBODY,
            during: Vec::new(),
        }
    }

    fn at(during: Vec<During>) -> Self {
        Self {
            during,
            ..Self::always()
        }
    }
}

impl Route<'_> {
    /// It is open whatever lines, agents and queues do.
    pub(super) fn is_plain(&self) -> bool {
        let Found { lines, centers } = &self.found;
        lines.is_empty() && centers.agents.is_empty() && centers.ahead == 0
    }
}

/// The ways on which a party may send calls.
pub(super) fn routes<'a>(scope: &Scope<'a>, s: &'a Subscriber) -> Vec<Route<'a>> {
    let mut found = Vec::new();
    let mut add = |to: &Destination, whens: Vec<When<'a>>, state: Found, keys: Keys| {
        let to = scope
            .target(s.user.id, to)
            .user()
            .filter(|_| !whens.is_empty());
        found.extend(to.map(|to| Route {
            from: s.user.id,
            to,
            whens,
            found: state,
            keys,
        }));
    };
    let site = &s.place.site.forwarding;
    if let (Some(to), Some(mode)) = (&site.number, location_forwarding::mode_for(s, site)) {
        add(to, site_forwards(site, mode), Found::default(), Keys::new());
    }
    for slot in s
        .slots()
        .filter(|slot| slot.entry.group == Group::Forwarding)
    {
        service(s, &slot, &mut add);
    }
    mailbox(s, &mut add);
    match &s.role {
        Role::Person => {}
        Role::GroupCall(group) => {
            for member in &group.members {
                let (plain, inhibited) = without_inhibitor(scope.snapshot, member);
                let target = scope
                    .target(s.user.id, &plain)
                    .user()
                    .and_then(|user| scope.snapshot.user(user));
                if target
                    .is_some_and(|target| !inhibited || matches!(target.role, Role::GroupCall(_)))
                {
                    add(&plain, vec![When::always()], Found::default(), Keys::new());
                }
            }
        }
        Role::HuntGroup(group) => {
            for (to, line) in [
                (&group.no_answer, LineScript::NoAnswer),
                (&group.not_reachable, LineScript::Unreachable),
            ] {
                if let Some(to) = to {
                    let lines = members(group, line).into_iter().collect();
                    add(
                        to,
                        vec![When::always()],
                        Found {
                            lines,
                            ..Found::default()
                        },
                        Keys::new(),
                    );
                }
            }
        }
        Role::AutoAttendant(attendant) => {
            transfers(attendant, &mut |to, keys, whens| {
                add(to, whens, Found::default(), keys);
            });
        }
        Role::CallCenter(center) => {
            for leaves in ways(center)
                .into_iter()
                .filter(|leaves| leaves.never.is_none())
            {
                for state in leaves.found {
                    add(
                        leaves.to,
                        vec![When::at(leaves.during.clone())],
                        state,
                        Keys::new(),
                    );
                }
            }
        }
    }
    found
}

/// When the location of a user may forward.
fn site_forwards<'a>(site: &SiteForwarding, mode: SiteForwardingMode) -> Vec<When<'a>> {
    if mode == SiteForwardingMode::Automatic {
        let during = |schedule: &_| {
            vec![During {
                schedule: *schedule,
                outside: false,
            }]
        };
        return site
            .schedules
            .iter()
            .map(|schedule| When::at(during(schedule)))
            .collect();
    }
    vec![When::always()]
}

/// What a forwarding that is switched on does, by its rules if it has any.
fn service<'a>(s: &'a Subscriber, slot: &Slot<'a>, add: Add<'_, 'a>) {
    let Some(Content::Settings(settings)) = slot.content else {
        return;
    };
    if slot.entry.active(settings) != Some(true) {
        return;
    }
    let stage = slot
        .entry
        .stages
        .iter()
        .find(|stage| **stage != Stage::Notice);
    let Some(lines) = stage.and_then(|stage| lines(s, *stage)) else {
        return;
    };
    let rules = slot.entry.rules(settings);
    let mut known: Vec<&Destination> = Vec::new();
    for to in slot.entry.destinations(settings) {
        if known.contains(&to) {
            continue;
        }
        known.push(to);
        let acts = rules.iter().filter(|rule| {
            rule.enabled
                && rule.effect == Effect::Activate
                && rule.number.is_none_or(|number| number == *to)
        });
        let whens = acts.map(|rule| When {
            who: &rule.who,
            during: rule.time.into_iter().chain(rule.holiday).collect(),
        });
        let whens = if rules.is_empty() {
            vec![When::always()]
        } else {
            whens.collect()
        };
        let lines = lines.iter().copied().collect();
        add(
            to,
            whens,
            Found {
                lines,
                ..Found::default()
            },
            Keys::new(),
        );
    }
}

/// Where callers go on to from a mailbox: by key, or because they may not leave a message.
fn mailbox(s: &Subscriber, add: Add<'_, '_>) {
    if !s.mailbox {
        return;
    }
    for MailboxExit { to, by_key, .. } in s.slots().filter_map(|slot| slot.mailbox_exit()) {
        let keys: Keys = by_key.then(|| LEAVE_KEY.to_owned()).into_iter().collect();
        for stage in [Stage::Arrival, Stage::Busy, Stage::NoAnswer] {
            if !s.slots_at(stage).any(|slot| slot.acts_at(stage)) {
                continue;
            }
            let lines = lines(s, stage).into_iter().flatten().collect();
            add(
                &to,
                vec![When::always()],
                Found {
                    lines,
                    ..Found::default()
                },
                keys.clone(),
            );
        }
    }
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
    group
        .members
        .iter()
        .map(|member| (member.user, line))
        .collect()
}

/// Every transfer of an auto attendant, the keys that lead there, and when the menu is the one that is heard.
pub(super) fn transfers<'a>(
    attendant: &AutoAttendant,
    found: &mut dyn FnMut(&Destination, Keys, Vec<When<'a>>),
) {
    let (hours, holidays) = (attendant.hours, attendant.holidays);
    let when = |schedule: Option<_>, outside| schedule.map(|schedule| During { schedule, outside });
    let no_holiday = when(holidays, true);
    let business = When::at(when(hours, false).into_iter().chain(no_holiday).collect());
    let closed =
        when(hours, true).map(|closed| When::at(no_holiday.into_iter().chain([closed]).collect()));
    let holiday = when(holidays, false).map(|during| When::at(vec![during]));
    let (own, shared) = if attendant.holiday.is_some() {
        (holiday, None)
    } else {
        (None, holiday)
    };
    let first = [
        (Some(&attendant.business), vec![business]),
        (
            Some(&attendant.after_hours),
            closed.into_iter().chain(shared).collect(),
        ),
        (attendant.holiday.as_ref(), own.into_iter().collect()),
    ];
    for (menu, whens) in first {
        let Some(menu) = menu.filter(|_| !whens.is_empty()) else {
            continue;
        };
        let mut known = Vec::new();
        let mut open: Vec<(&Menu, Keys)> = vec![(menu, Keys::new())];
        let mut found = |to: &Destination, keys: Keys| found(to, keys, whens.clone());
        while let Some((menu, keys)) = open.pop() {
            for (trigger, action) in super::menus::actions(menu) {
                follow(
                    attendant,
                    action,
                    trigger.after(&keys),
                    &mut known,
                    &mut open,
                    &mut found,
                );
            }
        }
    }
}

fn follow<'a>(
    attendant: &'a AutoAttendant,
    action: &MenuAction,
    keys: Keys,
    known: &mut Vec<u16>,
    open: &mut Vec<(&'a Menu, Keys)>,
    found: &mut dyn FnMut(&Destination, Keys),
) {
    match action {
        MenuAction::Transfer { to, .. } | MenuAction::Operator { to } => found(to, keys),
        MenuAction::Submenu { menu } if !known.contains(menu) => {
            known.push(*menu);
            open.extend(
                attendant
                    .submenu(*menu)
                    .map(|submenu| (&submenu.menu, keys)),
            );
        }
        _ => {}
    }
}
