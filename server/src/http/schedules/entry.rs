//! Schedules as the API shows them, and what becomes of a save of one that fails.

use crate::http::auth::Scope;
use crate::http::refusal::Refusal;
use crate::live::Directory;
use crate::store::SaveError;
use centrale_core::api::Stale;
use centrale_core::api::schedules::{Entry, Put};
use centrale_core::error::{Code, FieldError};
use centrale_core::schedule::Schedule;

/// A schedule as somebody sees it: whether they may change it, and which uses of it are theirs to know. Who may only
/// link it sees its name and not its times (requirement B5).
pub(super) fn entry(
    directory: &Directory,
    scope: Scope,
    schedule: &Schedule,
    version: u64,
) -> Entry {
    let editable = scope.may_edit(directory, schedule);
    let schedule = if editable {
        schedule.clone()
    } else {
        schedule.named()
    };
    let (used_by, _) = scope.known_uses(directory, directory.uses(schedule.id));
    Entry {
        schedule,
        version,
        editable,
        used_by,
    }
}

/// Why a schedule was not saved or removed.
pub(super) fn refusal(directory: &Directory, scope: Scope, error: SaveError) -> Refusal {
    match error {
        SaveError::ScheduleStale(now) => {
            let current = entry(directory, scope, &now.schedule, now.version);
            Refusal::conflict::<Put>(&Stale::new(current, now.by, now.at))
        }
        SaveError::NameTaken => {
            Refusal::fields(vec![FieldError::new("name", Code::ScheduleNameTaken)])
        }
        SaveError::Quota(quota) => Refusal::fields(vec![FieldError::new("name", quota.code())]),
        SaveError::InUse(uses) => Refusal::in_use(scope.known_uses(directory, uses)),
        SaveError::NotFound => Code::NotFound.into(),
        other => Refusal::internal(other),
    }
}
