//! Tells whether a mailbox has a passcode.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::passcodes;
use centrale_core::id::UserId;

/// Whether there is one, and since when.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<passcodes::State, Refusal> {
    principal.scope.user(&state.live.view().directory, user)?;
    of(&state, user).await
}

pub(super) async fn of(state: &State, user: UserId) -> Result<passcodes::State, Refusal> {
    let stored = state
        .store
        .passcodes(user)
        .await
        .map_err(Refusal::internal)?;
    Ok(passcodes::State {
        set: stored.hash.is_some(),
        changed_at: stored.changed_at,
    })
}
