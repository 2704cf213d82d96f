//! Removes a schedule.

use super::entry;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::Remove;
use centrale_core::id::ScheduleId;

/// Removes a schedule in scope, unless a rule links it (requirement B6).
pub(crate) async fn delete(
    state: State,
    principal: Principal,
    id: ScheduleId,
    seen: Remove,
) -> Result<(), Refusal> {
    principal.scope.schedule(&state.live.view().directory, id)?;
    let (actor, now) = (principal.actor(), state.clock.now());
    state
        .live
        .delete_schedule(&actor, now, id, seen.version)
        .await
        .map_err(|error| entry::refusal(&state.live.view().directory, principal.scope, error))
}
