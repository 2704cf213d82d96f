//! References to what is not there, and values that mean nothing.

use super::Found;
use crate::zones;
use centrale_core::id::{DepartmentId, LocationId};
use centrale_core::organisation::{AdminScope, Department, FORMAT, Organisation, User};
use centrale_core::schedule::ScheduleOwner;
use centrale_core::service;
use std::fmt::Display;

pub(super) fn check(organisation: &Organisation, found: &mut Found) {
    if organisation.format != FORMAT {
        let format = organisation.format;
        found.add(
            "format",
            format_args!("{format} is not a format that this version reads; it reads {FORMAT}"),
        );
    }
    packs(organisation, found);
    locations(organisation, found);
    departments(organisation, found);
    for (at, admin) in organisation.admins.iter().enumerate() {
        let path = format!("admins[{at}]");
        login(&path, &admin.login, found);
        match admin.scope {
            AdminScope::Enterprise => {}
            AdminScope::Location(id) => location(organisation, format!("{path}.scope"), id, found),
            AdminScope::Department(id) => {
                if department(organisation, id).is_none() {
                    found.add(format!("{path}.scope"), format_args!("no department {id}"));
                }
            }
        }
    }
    for (at, user) in organisation.users.iter().enumerate() {
        self::user(organisation, &format!("users[{at}]"), user, found);
    }
    for (at, schedule) in organisation.schedules.iter().enumerate() {
        let path = format!("schedules[{at}].owner");
        match schedule.owner {
            ScheduleOwner::Location(id) => location(organisation, path, id, found),
            ScheduleOwner::User(id) => {
                if organisation.users.iter().all(|u| u.id != id) {
                    found.add(path, format_args!("no user {id}"));
                }
            }
        }
    }
}

fn packs(organisation: &Organisation, found: &mut Found) {
    for (at, pack) in organisation.service_packs.iter().enumerate() {
        for (place, id) in pack.services.iter().enumerate() {
            if service::find(id).is_none() {
                found.add(
                    format_args!("service_packs[{at}].services[{place}]"),
                    format_args!("no service {id}"),
                );
            }
        }
        let used = organisation.users.iter().filter(|u| u.packs.contains(&pack.id)).count();
        if used > pack.licences as usize {
            let licences = pack.licences;
            found
                .add(format_args!("service_packs[{at}].licences"), format_args!("{used} used of {licences}"));
        }
    }
}

fn locations(organisation: &Organisation, found: &mut Found) {
    for (at, location) in organisation.locations.iter().enumerate() {
        if zones::zone(&location.zone).is_none() {
            found.add(format_args!("locations[{at}].zone"), format_args!("no time zone {}", location.zone));
        }
        if !location.prefix.bytes().all(|b| b.is_ascii_digit()) {
            found.add(format_args!("locations[{at}].prefix"), "only digits can be dialled");
        }
        for (place, range) in location.numbers.iter().enumerate() {
            if range.last < range.first {
                let path = format!("locations[{at}].numbers[{place}]");
                found.add(path, "the last number is before the first");
            }
        }
    }
}

fn departments(organisation: &Organisation, found: &mut Found) {
    for (at, child) in organisation.departments.iter().enumerate() {
        location(organisation, format!("departments[{at}].location"), child.location, found);
        let path = format!("departments[{at}].parent");
        let Some(parent) = child.parent else { continue };
        match department(organisation, parent) {
            None => found.add(path, format_args!("no department {parent}")),
            Some(parent) if parent.location != child.location => {
                found.add(path, "a department of another location");
            }
            Some(parent) if is_within(organisation, parent, child.id) => {
                found.add(path, "a department within itself");
            }
            Some(_) => {}
        }
    }
}

/// Whether `top` is the department or one of those above it.
fn is_within(organisation: &Organisation, from: &Department, top: DepartmentId) -> bool {
    let above = |child: &&Department| child.parent.and_then(|parent| department(organisation, parent));
    std::iter::successors(Some(from), above).take(organisation.departments.len()).any(|d| d.id == top)
}

fn user(organisation: &Organisation, path: &str, user: &User, found: &mut Found) {
    login(path, &user.login, found);
    location(organisation, format!("{path}.location"), user.location, found);
    if let Some(id) = user.department {
        match department(organisation, id) {
            None => found.add(format!("{path}.department"), format_args!("no department {id}")),
            Some(department) if department.location != user.location => {
                found.add(format!("{path}.department"), "a department of another location");
            }
            Some(_) => {}
        }
    }
    for (place, id) in user.packs.iter().enumerate() {
        if organisation.service_packs.iter().all(|pack| pack.id != *id) {
            found.add(format!("{path}.packs[{place}]"), format_args!("no service pack {id}"));
        }
    }
}

fn login(path: &str, login: &str, found: &mut Found) {
    if login.trim().is_empty() {
        found.add(format!("{path}.login"), "empty");
    }
}

fn location(organisation: &Organisation, path: impl Display, id: LocationId, found: &mut Found) {
    if organisation.locations.iter().all(|l| l.id != id) {
        found.add(path, format_args!("no location {id}"));
    }
}

fn department(organisation: &Organisation, id: DepartmentId) -> Option<&Department> {
    organisation.departments.iter().find(|d| d.id == id)
}
