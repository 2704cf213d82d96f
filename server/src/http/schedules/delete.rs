//! Removes a schedule.

use super::entry;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::Remove;
use centrale_core::id::ScheduleId;

/// Removes a schedule in scope, unless a rule links it (requirement B6).
pub(crate) async fn delete(
    state: State,
    asker: Asker,
    id: ScheduleId,
    seen: Remove,
) -> Result<(), Refusal> {
    asker.scope.schedule(&state.live.view().directory, id)?;
    let (actor, now) = (asker.actor(), state.clock.now());
    state
        .live
        .delete_schedule(&actor, now, id, seen.version)
        .await
        .map_err(|error| entry::refusal(&state.live.view().directory, asker.scope, error))
}
