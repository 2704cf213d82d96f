//! Auto attendants: menus in which a caller can do nothing, that only hanging up ends, or to which nothing leads.

use super::evidence_found::heard;
use super::probe::Probe;
use super::{Evidence, Finding, Kind, NoCall, Scope, Witness};
use crate::id::UserId;
use crate::organisation::{AutoAttendant, Key, Menu, MenuAction};
use crate::trace::MenuName;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for attendant in &scope.organisation.auto_attendants {
        let path = scope.path(attendant.id);
        let menus = menus(attendant);
        let ways = ways(&menus);
        let reached: BTreeSet<usize> = ways.keys().copied().collect();
        for (place, node) in menus.iter().enumerate() {
            let at = format!("{path}.{}", node.path);
            for (trigger, action) in actions(node.menu) {
                if let MenuAction::Submenu { menu } = action
                    && attendant.submenu(*menu).is_none()
                {
                    let witness =
                        pressed(scope, attendant.id, node.name, trigger, ways.get(&place));
                    found.push(Finding::new(
                        format!("{at}.{}", trigger.action_path()),
                        Kind::NoSubmenu { menu: *menu },
                        witness,
                    ));
                }
            }
            match node.name {
                MenuName::Submenu(menu) if !reached.contains(&place) => {
                    let witness = unheard(scope, attendant.id, menu, &ways);
                    found.push(Finding::new(at, Kind::OrphanSubmenu { menu }, witness));
                }
                _ if !reached.contains(&place) => {}
                _ if is_dead_end(node.menu) => {
                    let witness = heard_only(scope, attendant.id, node.name, ways.get(&place));
                    found.push(Finding::new(at, Kind::MenuDeadEnd, witness));
                }
                _ => {}
            }
        }
        for place in without_exit(&menus, &reached) {
            let node = &menus[place];
            let witness = heard_only(scope, attendant.id, node.name, ways.get(&place));
            found.push(Finding::new(
                format!("{path}.{}", node.path),
                Kind::MenuNoExit,
                witness,
            ));
        }
    }
}

/// The call in which a menu is heard, and nothing comes of it.
fn heard_only(scope: &Scope<'_>, user: UserId, which: MenuName, way: Option<&Keys>) -> Witness {
    let Some(keys) = way else {
        return Witness::Settings {
            because: NoCall::Unlinked,
        };
    };
    scope.witness(&Probe::to(user).pressing(keys.clone()), |story| {
        let times = heard(story, user, which);
        (times > 0).then_some(Evidence::Menu {
            user,
            which,
            times,
            outcome: story.outcome,
        })
    })
}

/// The call in which the caller chooses what is not there, or waits for it.
fn pressed(
    scope: &Scope<'_>,
    user: UserId,
    which: MenuName,
    trigger: Pressed,
    way: Option<&Keys>,
) -> Witness {
    let (Pressed::Key(key), Some(keys)) = (trigger, way) else {
        return heard_only(scope, user, which, way);
    };
    let shown = Evidence::NotValid { user, key };
    let probe = Probe::to(user).pressing(trigger.after(keys));
    scope.witness(&probe, |story| {
        (heard(story, user, which) > 0 && shown.holds(story)).then(|| shown.clone())
    })
}

/// The call that goes deepest into the menus, and does not come to the submenu.
fn unheard(scope: &Scope<'_>, user: UserId, menu: u16, ways: &BTreeMap<usize, Keys>) -> Witness {
    let deepest = ways
        .values()
        .max_by_key(|keys| keys.len())
        .cloned()
        .unwrap_or_default();
    let shown = Evidence::Unheard { user, menu };
    scope.witness(&Probe::to(user).pressing(deepest), |story| {
        shown.holds(story).then(|| shown.clone())
    })
}

/// What a caller presses, a text for each prompt.
pub(super) type Keys = Vec<String>;

/// What makes a menu act.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// A key.
    Key(Key),
    /// Nothing, at the menu and when it is repeated.
    Nothing,
}

impl Pressed {
    /// Where the menu holds what it does, within the menu.
    pub(super) fn path(self) -> String {
        match self {
            Self::Key(key) => format!("keys.{}", key.sign()),
            Self::Nothing => "timeout".into(),
        }
    }

    fn action_path(self) -> String {
        match self {
            Self::Key(_) => format!("{}.action", self.path()),
            Self::Nothing => self.path(),
        }
    }

    /// What the caller presses who does so after all this.
    pub(super) fn after(self, keys: &Keys) -> Keys {
        let mut keys = keys.clone();
        match self {
            Self::Key(key) => keys.push(key.sign().to_string()),
            Self::Nothing => keys.extend([String::new(), String::new()]),
        }
        keys
    }
}

/// The menus of an auto attendant by where they stand in it, each with the keys that lead there; `None`: no way does.
pub(super) fn menus_with_ways(attendant: &AutoAttendant) -> Vec<(String, &Menu, Option<Keys>)> {
    let menus = menus(attendant);
    let mut ways = ways(&menus);
    menus
        .into_iter()
        .enumerate()
        .map(|(place, node)| (node.path, node.menu, ways.remove(&place)))
        .collect()
}

/// A menu of an auto attendant, where it stands, and the menus to which it leads.
struct Node<'a> {
    path: String,
    name: MenuName,
    menu: &'a Menu,
    /// Callers get there without another menu.
    first: bool,
    next: Vec<(Pressed, usize)>,
}

fn menus(attendant: &AutoAttendant) -> Vec<Node<'_>> {
    let closes =
        attendant.hours.is_some() || attendant.holidays.is_some() && attendant.holiday.is_none();
    let holidays = attendant.holidays.is_some();
    let holiday = attendant.holiday.as_ref();
    let mut menus = vec![
        Node {
            path: "business".into(),
            name: MenuName::BusinessHours,
            menu: &attendant.business,
            first: true,
            next: Vec::new(),
        },
        Node {
            path: "after_hours".into(),
            name: MenuName::AfterHours,
            menu: &attendant.after_hours,
            first: closes,
            next: Vec::new(),
        },
    ];
    menus.extend(holiday.map(|menu| Node {
        path: "holiday".into(),
        name: MenuName::Holiday,
        menu,
        first: holidays,
        next: Vec::new(),
    }));
    let submenus = attendant.submenus.iter().enumerate();
    menus.extend(submenus.map(|(at, submenu)| Node {
        path: format!("submenus[{at}].menu"),
        name: MenuName::Submenu(submenu.id),
        menu: &submenu.menu,
        first: false,
        next: Vec::new(),
    }));
    let by_id: BTreeMap<u16, usize> = menus
        .iter()
        .enumerate()
        .filter_map(|(place, node)| match node.name {
            MenuName::Submenu(id) => Some((id, place)),
            _ => None,
        })
        .collect();
    for node in &mut menus {
        node.next = actions(node.menu)
            .filter_map(|(trigger, action)| match action {
                MenuAction::Submenu { menu } => Some((trigger, by_id.get(menu).copied()?)),
                _ => None,
            })
            .collect();
    }
    menus
}

/// What a menu does, and upon what.
pub(super) fn actions(menu: &Menu) -> impl Iterator<Item = (Pressed, &MenuAction)> {
    let keys = menu
        .keys
        .iter()
        .map(|(key, action)| (Pressed::Key(*key), &action.action));
    keys.chain(menu.timeout.iter().map(|action| (Pressed::Nothing, action)))
}

fn is_dead_end(menu: &Menu) -> bool {
    menu.keys.is_empty() && !menu.extension_dialling && menu.timeout.is_none()
}

/// The menus that callers get to, each with the fewest keys that lead there.
fn ways(menus: &[Node<'_>]) -> BTreeMap<usize, Keys> {
    let mut open: VecDeque<(usize, Keys)> = (0..menus.len())
        .filter(|place| menus[*place].first)
        .map(|place| (place, Keys::new()))
        .collect();
    let mut ways = BTreeMap::new();
    while let Some((place, keys)) = open.pop_front() {
        if ways.contains_key(&place) {
            continue;
        }
        open.extend(
            menus[place]
                .next
                .iter()
                .map(|(trigger, next)| (*next, trigger.after(&keys))),
        );
        ways.insert(place, keys);
    }
    ways
}

/// The menus from which no way leads out: to a person, a mailbox or an end. Silence ends a call unless the menu has an
/// action for it. Of menus that lead to each other only the first is told.
fn without_exit(menus: &[Node<'_>], reached: &BTreeSet<usize>) -> Vec<usize> {
    let leaves = |menu: &Menu| {
        let leads_on = |action: &MenuAction| {
            matches!(
                action,
                MenuAction::Submenu { .. }
                    | MenuAction::Repeat
                    | MenuAction::Previous
                    | MenuAction::Announcement { .. }
            )
        };
        menu.timeout.is_none()
            || menu.extension_dialling
            || actions(menu).any(|(_, action)| !leads_on(action))
    };
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); menus.len()];
    for (place, node) in menus.iter().enumerate() {
        for (_, next) in &node.next {
            before[*next].push(place);
            if actions(menus[*next].menu).any(|(_, action)| matches!(action, MenuAction::Previous))
            {
                before[place].push(*next);
            }
        }
    }
    let mut open: Vec<usize> = (0..menus.len())
        .filter(|place| leaves(menus[*place].menu))
        .collect();
    let mut out = BTreeSet::new();
    while let Some(place) = open.pop() {
        if out.insert(place) {
            open.extend(&before[place]);
        }
    }
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for place in reached.iter().copied().filter(|place| !out.contains(place)) {
        if told.contains(&place) {
            continue;
        }
        found.push(place);
        let mut below = vec![place];
        while let Some(place) = below.pop() {
            if told.insert(place) {
                below.extend(menus[place].next.iter().map(|(_, next)| next));
            }
        }
    }
    found
}
