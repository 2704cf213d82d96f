//! Settings of services and schedules that nobody could have saved.

use super::Found;
use super::parts::with_paths;
use crate::check::Fault;
use crate::id::{ScheduleId, UserId};
use crate::organisation::{Organisation, RoleKind, UploadOwner, User};
use crate::schedule::{Schedule, ScheduleOwner, ScheduleType};
use crate::service::{self, Scope};
use crate::snapshot;
use std::collections::BTreeMap;

pub(super) fn check(organisation: &Organisation, found: &mut Found) {
    let schedules: BTreeMap<ScheduleId, &Schedule> =
        organisation.schedules.iter().map(|s| (s.id, s)).collect();
    let members: BTreeMap<UserId, RoleKind> = snapshot::people(organisation)
        .map(|(user, role)| (user.id, role.kind()))
        .collect();
    for (at, user) in organisation.users.iter().enumerate() {
        services(
            organisation,
            &schedules,
            &members,
            &format!("users[{at}].services"),
            user,
            found,
        );
    }
    for (path, part) in with_paths(organisation) {
        let Some(identity) = part.identity() else {
            continue;
        };
        let (path, user) = (
            format!("{path}.identity.services"),
            identity.user(UserId(part.key().id)),
        );
        services(organisation, &schedules, &members, &path, &user, found);
    }
    for (at, schedule) in organisation.schedules.iter().enumerate() {
        for problem in schedule.validate() {
            let part = problem.part.key();
            let list = if matches!(ScheduleType::from(&schedule.kind), ScheduleType::Time) {
                "blocks"
            } else {
                "lines"
            };
            let path = match problem.index {
                Some(index) => format!("schedules[{at}].kind.{list}[{index}].{part}"),
                None if part == "name" => format!("schedules[{at}].name"),
                None => format!("schedules[{at}].kind.{part}"),
            };
            found.refused(path, problem.error.into());
        }
    }
}

fn services(
    organisation: &Organisation,
    schedules: &BTreeMap<ScheduleId, &Schedule>,
    members: &BTreeMap<UserId, RoleKind>,
    path: &str,
    user: &User,
    found: &mut Found,
) {
    let location = organisation
        .locations
        .iter()
        .find(|l| l.id == user.location);
    let linkable = |id: ScheduleId| {
        let schedule = schedules.get(&id)?;
        let owners = [
            ScheduleOwner::User(user.id),
            ScheduleOwner::Location(user.location),
        ];
        owners
            .contains(&schedule.owner)
            .then(|| ScheduleType::from(&schedule.kind))
    };
    let scope = Scope {
        user: user.id,
        profile: user.profile,
        number: user.number,
        extension: user.extension,
        country: location.map(|l| l.country).unwrap_or_default(),
        schedules: &linkable,
        uploads: &|name| {
            let own = UploadOwner::User(user.id);
            organisation
                .uploads
                .iter()
                .any(|upload| upload.owner == own && upload.name == name)
        },
        members: &|id| members.get(&id).copied(),
    };
    for (id, settings) in &user.services {
        let Some(entry) = service::find(id) else {
            found.add(
                format_args!("{path}.{id}"),
                Fault::NoService {
                    service: id.clone(),
                },
            );
            continue;
        };
        for error in entry.check(settings, &scope) {
            let field = if error.field.is_empty() {
                String::new()
            } else {
                format!(".{}", error.field)
            };
            found.refused(format_args!("{path}.{id}{field}"), error.code);
        }
    }
}
