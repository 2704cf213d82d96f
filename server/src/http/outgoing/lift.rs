//! Lets somebody cause calls that leave again.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::State;
use centrale_core::api::security::Kind;
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::organisation::User;

/// A user, a group, a menu or a queue in scope.
pub(crate) async fn lift_user(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<(), Refusal> {
    let view = state.live.view();
    let member = principal.scope.user(&view.directory, user)?;
    lift(&state, &principal, Some(&member.user)).await
}

/// All users together.
pub(crate) async fn lift_all(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<(), Refusal> {
    lift(&state, &principal, None).await
}

async fn lift(state: &State, principal: &Principal, user: Option<&User>) -> Result<(), Refusal> {
    let was_stopped = state
        .calls
        .lift(user.map(|user| user.id))
        .await
        .ok_or(Code::Internal)?;
    if !was_stopped {
        return Err(Code::NotFound.into());
    }
    note(state, Note::to_user(Kind::StopLifted, user, principal)).await;
    Ok(())
}
