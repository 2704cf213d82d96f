//! Empties the call history of a user.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::id::UserId;

/// Calls that are over go, also those that are still to be stored; those that last come into it when they end.
pub(crate) async fn clear(state: State, asker: Asker, user: UserId, (): ()) -> Result<(), Refusal> {
    asker.scope.user(&state.live.view().directory, user)?;
    state.calls.keep_soon().await;
    state
        .store
        .clear_calls(&asker.actor(), state.clock.now(), user)
        .await
        .map_err(Refusal::internal)
}
