//! Lets somebody cause calls that leave again.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::error::Code;
use centrale_core::id::UserId;

/// A user, a group, a menu or a queue in scope.
pub(crate) async fn lift_user(state: State, asker: Asker, user: UserId, (): ()) -> Result<(), Refusal> {
    asker.scope.user(&state.live.view().directory, user)?;
    lift(&state, &asker, Some(user)).await
}

/// All users together.
pub(crate) async fn lift_all(state: State, asker: Asker, (): (), (): ()) -> Result<(), Refusal> {
    lift(&state, &asker, None).await
}

async fn lift(state: &State, asker: &Asker, user: Option<UserId>) -> Result<(), Refusal> {
    let was_stopped = state.calls.lift(user).await.ok_or(Code::Internal)?;
    if !was_stopped {
        return Err(Code::NotFound.into());
    }
    tracing::info!(user = user.map(|user| user.0), by = ?asker.account.id, "outside calls are let go again");
    Ok(())
}
