//! References to what is not there, and values that mean nothing.

use super::Found;
use crate::check::Fault;
use crate::email::is_email_or_empty;
use crate::error::Code;
use crate::id::{DepartmentId, LocationId};
use crate::organisation::{AdminScope, Department, FORMAT, Organisation, User};
use crate::schedule::ScheduleOwner;
use crate::service;
use std::fmt::Display;

pub(super) fn check(
    organisation: &Organisation,
    is_zone: &dyn Fn(&str) -> bool,
    found: &mut Found,
) {
    if organisation.format != FORMAT {
        found.add(
            "format",
            Fault::Format {
                format: organisation.format,
                reads: FORMAT,
            },
        );
    }
    packs(organisation, found);
    locations(organisation, is_zone, found);
    departments(organisation, found);
    for (at, admin) in organisation.admins.iter().enumerate() {
        let path = format!("admins[{at}]");
        login(&path, &admin.login, found);
        email(&path, &admin.email, found);
        match admin.scope {
            AdminScope::Enterprise => {}
            AdminScope::Location(id) => location(organisation, format!("{path}.scope"), id, found),
            AdminScope::Department(id) => {
                if department(organisation, id).is_none() {
                    found.add(
                        format!("{path}.scope"),
                        Fault::NoDepartment { department: id },
                    );
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
                    found.add(path, Fault::NoUser { user: id });
                }
            }
        }
    }
}

fn packs(organisation: &Organisation, found: &mut Found) {
    for (at, pack) in organisation.service_packs.iter().enumerate() {
        for (place, id) in pack.services.iter().enumerate() {
            if service::find(id).is_none() {
                let service = id.clone();
                found.add(
                    format_args!("service_packs[{at}].services[{place}]"),
                    Fault::NoService { service },
                );
            }
        }
        let used = organisation
            .users
            .iter()
            .filter(|u| u.packs.contains(&pack.id))
            .count();
        if used > pack.licences as usize {
            let (used, licences) = (u32::try_from(used).unwrap_or(u32::MAX), pack.licences);
            found.add(
                format_args!("service_packs[{at}].licences"),
                Fault::Licences { used, licences },
            );
        }
    }
}

fn locations(organisation: &Organisation, is_zone: &dyn Fn(&str) -> bool, found: &mut Found) {
    for (at, location) in organisation.locations.iter().enumerate() {
        if !is_zone(&location.zone) {
            found.add(
                format_args!("locations[{at}].zone"),
                Fault::NoZone {
                    zone: location.zone.clone(),
                },
            );
        }
        if !location.prefix.bytes().all(|b| b.is_ascii_digit()) {
            found.add(format_args!("locations[{at}].prefix"), Fault::NotDigits);
        }
        for (place, range) in location.numbers.iter().enumerate() {
            if range.last < range.first {
                let path = format!("locations[{at}].numbers[{place}]");
                found.add(path, Fault::Backwards);
            }
        }
    }
}

fn departments(organisation: &Organisation, found: &mut Found) {
    for (at, child) in organisation.departments.iter().enumerate() {
        location(
            organisation,
            format!("departments[{at}].location"),
            child.location,
            found,
        );
        let path = format!("departments[{at}].parent");
        let Some(parent) = child.parent else { continue };
        match department(organisation, parent) {
            None => found.add(path, Fault::NoDepartment { department: parent }),
            Some(parent) if parent.location != child.location => found.add(path, Fault::Elsewhere),
            Some(parent) if is_within(organisation, parent, child.id) => {
                found.add(path, Fault::WithinItself);
            }
            Some(_) => {}
        }
    }
}

/// Whether `top` is the department or one of those above it.
fn is_within(organisation: &Organisation, from: &Department, top: DepartmentId) -> bool {
    let above = |child: &&Department| {
        child
            .parent
            .and_then(|parent| department(organisation, parent))
    };
    std::iter::successors(Some(from), above)
        .take(organisation.departments.len())
        .any(|d| d.id == top)
}

fn user(organisation: &Organisation, path: &str, user: &User, found: &mut Found) {
    login(path, &user.login, found);
    email(path, &user.email, found);
    location(
        organisation,
        format!("{path}.location"),
        user.location,
        found,
    );
    if let Some(id) = user.department {
        match department(organisation, id) {
            None => found.add(
                format!("{path}.department"),
                Fault::NoDepartment { department: id },
            ),
            Some(department) if department.location != user.location => {
                found.add(format!("{path}.department"), Fault::Elsewhere);
            }
            Some(_) => {}
        }
    }
    for (place, id) in user.packs.iter().enumerate() {
        if organisation.service_packs.iter().all(|pack| pack.id != *id) {
            found.add(
                format!("{path}.packs[{place}]"),
                Fault::NoPack { pack: *id },
            );
        }
    }
}

fn login(path: &str, login: &str, found: &mut Found) {
    if login.trim().is_empty() {
        found.refused(format!("{path}.login"), Code::Empty);
    }
}

fn email(path: &str, email: &str, found: &mut Found) {
    if !is_email_or_empty(email) {
        found.refused(format!("{path}.email"), Code::EmailMalformed);
    }
}

fn location(organisation: &Organisation, path: impl Display, id: LocationId, found: &mut Found) {
    if organisation.locations.iter().all(|l| l.id != id) {
        found.add(path, Fault::NoLocation { location: id });
    }
}

fn department(organisation: &Organisation, id: DepartmentId) -> Option<&Department> {
    organisation.departments.iter().find(|d| d.id == id)
}
