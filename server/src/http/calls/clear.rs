//! Empties the call history of a user.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::id::UserId;

/// Calls that are over go, also those that are still to be stored; those that last come into it when they end.
pub(crate) async fn clear(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<(), Refusal> {
    principal.scope.user(&state.live.view().directory, user)?;
    state.calls.persist_soon().await;
    state
        .store
        .clear_calls(&principal.actor(), state.clock.now(), user)
        .await
        .map_err(Refusal::internal)
}
