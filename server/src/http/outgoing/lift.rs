//! Lets somebody cause calls that leave again.

use crate::http::auth::Asker;
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
    asker: Asker,
    user: UserId,
    (): (),
) -> Result<(), Refusal> {
    let view = state.live.view();
    let member = asker.scope.user(&view.directory, user)?;
    lift(&state, &asker, Some(&member.user)).await
}

/// All users together.
pub(crate) async fn lift_all(state: State, asker: Asker, (): (), (): ()) -> Result<(), Refusal> {
    lift(&state, &asker, None).await
}

async fn lift(state: &State, asker: &Asker, user: Option<&User>) -> Result<(), Refusal> {
    let was_stopped = state
        .calls
        .lift(user.map(|user| user.id))
        .await
        .ok_or(Code::Internal)?;
    if !was_stopped {
        return Err(Code::NotFound.into());
    }
    note(state, Note::to_user(Kind::StopLifted, user, asker)).await;
    Ok(())
}
