//! Schedules as the API shows them, and what becomes of a save of one that fails.

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::Directory;
use crate::store::SaveError;
use centrale_core::api::Stale;
use centrale_core::api::schedules::Entry;
use centrale_core::error::{Code, FieldError};
use centrale_core::schedule::Schedule;

/// A schedule as somebody sees it: whether they may change it, and which uses of it are theirs to know.
pub(super) fn entry(directory: &Directory, scope: Scope, schedule: &Schedule, version: u64) -> Entry {
    let known = |user: Option<_>| match user {
        Some(id) => directory.user(id).is_some_and(|member| scope.covers(directory, &member.user)),
        None => scope.may_edit(directory, schedule),
    };
    Entry {
        schedule: schedule.clone(),
        version,
        editable: scope.may_edit(directory, schedule),
        used_by: directory
            .uses(schedule.id)
            .into_iter()
            .filter(|(user, _)| known(*user))
            .map(|(_, used)| used)
            .collect(),
    }
}

/// Why a schedule was not saved or removed.
pub(super) fn refusal(directory: &Directory, scope: Scope, error: SaveError) -> Refusal {
    match error {
        SaveError::ScheduleStale(now) => {
            let current = entry(directory, scope, &now.schedule, now.version);
            Refusal::StaleSchedule(Box::new(Stale::new(current, now.by, now.at)))
        }
        SaveError::NameTaken => Refusal::fields(vec![FieldError::new("name", Code::ScheduleNameTaken)]),
        SaveError::InUse(used_by) => Refusal::in_use(used_by),
        SaveError::NotFound => Code::NotFound.into(),
        other => Refusal::internal(other),
    }
}
