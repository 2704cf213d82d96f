//! Checks a part before it is saved: its own rules, and that what it names is there.

use crate::http::refusal::Refusal;
use crate::live::View;
use centrale_core::error::{Code, FieldError};
use centrale_core::organisation::{Part, VirtualUser};
use centrale_core::schedule::ScheduleOwner;

/// Everything that is wrong with a part, at its fields.
pub(super) fn check(view: &View, part: &Part) -> Result<(), Refusal> {
    let mut wrong: Vec<FieldError> =
        part.validate().into_iter().map(|e| FieldError::new(format!("part.{}", e.field), e.code)).collect();
    let mut push = |field: &str, code| wrong.push(FieldError::new(format!("part.{field}"), code));
    if let Some(identity) = part.identity() {
        known_identity(view, identity, &mut push);
    }
    if let Some(location) = part.location() {
        if view.directory.location(location).is_none() {
            push("location", Code::NotFound);
        }
        let linkable = |id| {
            let owner = view.directory.schedule(id).map(|s| s.schedule.owner);
            owner == Some(ScheduleOwner::Location(location))
        };
        if part.schedules().into_iter().any(|id| !linkable(id)) {
            push("schedules", Code::ScheduleUnknown);
        }
    }
    if part.users().into_iter().any(|user| view.directory.user(user).is_none()) {
        push("users", Code::NotFound);
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::fields(wrong)) }
}

fn known_identity(view: &View, identity: &VirtualUser, push: &mut dyn FnMut(&str, Code)) {
    if let Some(id) = identity.department
        && view.directory.department(id).is_none_or(|d| d.location != identity.location)
    {
        push("department", Code::NotFound);
    }
    let numbers = identity.number.into_iter().chain(identity.alternates.iter().filter_map(|a| a.number));
    let place = view.snapshot.place(identity.location);
    let owned = |n| place.is_some_and(|p| p.numbers.iter().any(|r| r.first <= n && n <= r.last));
    if !numbers.into_iter().all(owned) {
        push("number", Code::NumberNotOwned);
    }
    let packs = view.directory.packs();
    if identity.packs.iter().any(|id| packs.iter().all(|pack| pack.id != *id)) {
        push("packs", Code::NotFound);
    }
}
