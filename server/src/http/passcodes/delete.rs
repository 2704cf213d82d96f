//! Takes the passcode of a mailbox away.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::store::SaveError;
use centrale_core::error::Code;
use centrale_core::id::UserId;

/// Only the own phones and the aliases reach the messages from then on. Those of before may not be chosen again soon.
pub(crate) async fn delete(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<(), Refusal> {
    principal.scope.user(&state.live.view().directory, user)?;
    let (actor, now) = (principal.actor(), state.clock.now());
    state
        .live
        .set_passcode(&actor, now, user, None)
        .await
        .map_err(|error| match error {
            SaveError::NotFound => Code::NotFound.into(),
            error => Refusal::internal(error),
        })
}
