//! Checks a part before it is saved: by itself, beside what is there already, and that what it names is there.

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::View;
use centrale_core::check::Neighbours;
use centrale_core::error::{Code, FieldError};
use centrale_core::organisation::{Part, VirtualUser};
use centrale_core::schedule::ScheduleOwner;
use centrale_core::snapshot::Role;

/// Everything that is wrong with a part, at its fields.
pub(super) fn check(view: &View, scope: Scope, part: &Part) -> Result<(), Refusal> {
    let told = part.validate().into_iter().chain(beside(view, part));
    let known = |name: &String| part.name() == name || sees(view, scope, name);
    let mut wrong: Vec<FieldError> = told
        .map(|e| FieldError {
            field: format!("part.{}", e.field),
            names: e.names.into_iter().filter(known).collect(),
            ..e
        })
        .collect();
    let mut push = |field: &str, code| wrong.push(FieldError::new(format!("part.{field}"), code));
    if let Some(identity) = part.identity() {
        known_identity(view, identity, &mut push);
    }
    if let Some(location) = part.location() {
        if view.directory.location(location).is_none() {
            push(
                if part.identity().is_some() {
                    "identity.location"
                } else {
                    "location"
                },
                Code::NotFound,
            );
        }
        let linkable = |id| {
            let owner = view.directory.schedule(id).map(|s| s.schedule.owner);
            owner == Some(ScheduleOwner::Location(location))
        };
        if part.schedules().into_iter().any(|id| !linkable(id)) {
            push("schedules", Code::ScheduleUnknown);
        }
    }
    if part
        .users()
        .into_iter()
        .any(|user| view.directory.user(user).is_none())
    {
        push("users", Code::NotFound);
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Refusal::fields(wrong))
    }
}

/// What is wrong with it beside what is there already.
fn beside(view: &View, part: &Part) -> Vec<FieldError> {
    let place = part
        .location()
        .and_then(|location| view.snapshot.place(location));
    let centers: Vec<_> = view.snapshot.call_centers().cloned().collect();
    let groups = view.directory.parts().filter(|other| {
        let kind = other.part.kind();
        kind == part.kind() && kind.is_exclusive() && other.part.key() != part.key()
    });
    let is_of_location = |user| {
        let member = view
            .directory
            .user(user)
            .filter(|member| member.role == Role::Person);
        member.is_some_and(|member| Some(member.user.location) == part.location())
    };
    part.validate_beside(&Neighbours {
        country: place.map(|place| place.country),
        numbers: place.map_or(&[], |place| &place.numbers),
        shared: view.snapshot.shared(),
        calls: &view.snapshot,
        centers: &centers,
        taken: &groups
            .flat_map(|group| group.part.members().to_vec())
            .collect(),
        people: &is_of_location,
    })
}

/// Whether the scope may know of the virtual user with this name; of others no name is told (requirement K8).
fn sees(view: &View, scope: Scope, name: &str) -> bool {
    let named = view
        .directory
        .parts()
        .find(|other| other.part.identity().is_some() && other.part.name() == name);
    named.is_some_and(|other| scope.sees_part(&view.directory, &other.part))
}

fn known_identity(view: &View, identity: &VirtualUser, push: &mut dyn FnMut(&str, Code)) {
    if let Some(id) = identity.department
        && view
            .directory
            .department(id)
            .is_none_or(|d| d.location != identity.location)
    {
        push("identity.department", Code::NotFound);
    }
    let packs = view.directory.packs();
    if identity
        .packs
        .iter()
        .any(|id| packs.iter().all(|pack| pack.id != *id))
    {
        push("identity.packs", Code::NotFound);
    }
}
