//! Auto attendants: menus in which a caller can do nothing, that only hanging up ends, or to which nothing leads.

use super::{Finding, Kind, Scope};
use crate::organisation::{AutoAttendant, Menu, MenuAction};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    for attendant in &scope.organisation.auto_attendants {
        let path = scope.path(attendant.id);
        let menus = menus(attendant);
        let reached = reached(&menus);
        for (place, menu) in menus.iter().enumerate() {
            let at = format!("{path}.{}", menu.path);
            for (key, action) in actions(menu.menu) {
                if let MenuAction::Submenu { menu } = action
                    && attendant.submenu(*menu).is_none()
                {
                    found.push(Finding::new(format!("{at}.{key}"), Kind::NoSubmenu { menu: *menu }));
                }
            }
            match menu.id {
                Some(id) if !reached.contains(&place) => {
                    found.push(Finding::new(at, Kind::OrphanSubmenu { menu: id }));
                }
                _ if !reached.contains(&place) => {}
                _ if is_dead_end(menu.menu) => found.push(Finding::new(at, Kind::MenuDeadEnd)),
                _ => {}
            }
        }
        for place in without_exit(&menus, &reached) {
            found.push(Finding::new(format!("{path}.{}", menus[place].path), Kind::MenuNoExit));
        }
    }
}

/// A menu of an auto attendant, where it stands, and the menus to which it leads.
struct Node<'a> {
    path: String,
    id: Option<u16>,
    menu: &'a Menu,
    /// Callers get there without another menu.
    first: bool,
    next: Vec<usize>,
}

fn menus(attendant: &AutoAttendant) -> Vec<Node<'_>> {
    let closes = attendant.hours.is_some() || attendant.holidays.is_some() && attendant.holiday.is_none();
    let holidays = attendant.holidays.is_some();
    let holiday = attendant.holiday.as_ref();
    let mut menus = vec![
        Node { path: "business".into(), id: None, menu: &attendant.business, first: true, next: Vec::new() },
        Node {
            path: "after_hours".into(),
            id: None,
            menu: &attendant.after_hours,
            first: closes,
            next: Vec::new(),
        },
    ];
    menus.extend(holiday.map(|menu| Node {
        path: "holiday".into(),
        id: None,
        menu,
        first: holidays,
        next: Vec::new(),
    }));
    let submenus = attendant.submenus.iter().enumerate();
    menus.extend(submenus.map(|(at, submenu)| Node {
        path: format!("submenus[{at}].menu"),
        id: Some(submenu.id),
        menu: &submenu.menu,
        first: false,
        next: Vec::new(),
    }));
    let by_id: BTreeMap<u16, usize> =
        menus.iter().enumerate().filter_map(|(place, node)| Some((node.id?, place))).collect();
    for node in &mut menus {
        node.next = actions(node.menu)
            .filter_map(|(_, action)| match action {
                MenuAction::Submenu { menu } => by_id.get(menu).copied(),
                _ => None,
            })
            .collect();
    }
    menus
}

fn actions(menu: &Menu) -> impl Iterator<Item = (String, &MenuAction)> {
    let keys = menu.keys.iter().map(|(key, action)| (format!("keys.{}.action", key.sign()), &action.action));
    keys.chain(menu.timeout.iter().map(|action| ("timeout".into(), action)))
}

fn is_dead_end(menu: &Menu) -> bool {
    menu.keys.is_empty() && !menu.extension_dialling && menu.timeout.is_none()
}

fn reached(menus: &[Node<'_>]) -> BTreeSet<usize> {
    let mut open: Vec<usize> = (0..menus.len()).filter(|place| menus[*place].first).collect();
    let mut reached = BTreeSet::new();
    while let Some(place) = open.pop() {
        if reached.insert(place) {
            open.extend(&menus[place].next);
        }
    }
    reached
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
        for next in &node.next {
            before[*next].push(place);
            if actions(menus[*next].menu).any(|(_, action)| matches!(action, MenuAction::Previous)) {
                before[place].push(*next);
            }
        }
    }
    let mut open: Vec<usize> = (0..menus.len()).filter(|place| leaves(menus[*place].menu)).collect();
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
                below.extend(&menus[place].next);
            }
        }
    }
    found
}
