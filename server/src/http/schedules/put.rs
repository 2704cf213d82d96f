//! Replaces a schedule.

use super::{check, entry};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::{Entry, Replace};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::ScheduleId;
use centrale_core::schedule::ScheduleType;

/// Replaces a schedule in scope. Blocks stay blocks and holidays holidays: rules link each in a place of its own.
pub(crate) async fn put(
    state: State,
    principal: Principal,
    id: ScheduleId,
    new: Replace,
) -> Result<Entry, Refusal> {
    let (view, scope) = (state.live.view(), principal.scope);
    let stored = scope.schedule(&view.directory, id)?;
    if ScheduleType::from(&stored.schedule.kind) != ScheduleType::from(&new.kind) {
        return Err(Refusal::fields(vec![FieldError::new(
            "kind.type",
            Code::Malformed,
        )]));
    }
    let checked = check::checked(id, stored.schedule.owner, &new.name, new.kind)?;
    let new = Replace {
        version: new.version,
        name: checked.name,
        kind: checked.kind,
    };
    let (actor, now) = (principal.actor(), state.clock.now());
    let saved = state
        .live
        .replace_schedule(&actor, now, id, new)
        .await
        .map_err(|error| entry::refusal(&state.live.view().directory, scope, error))?;
    Ok(entry::entry(
        &view.directory,
        scope,
        &saved.schedule,
        saved.version,
    ))
}
