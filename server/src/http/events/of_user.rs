//! Lists the changes of a user's settings.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::events::Event;
use centrale_core::id::UserId;

/// The most changes that are listed.
const LIMIT: u32 = 200;

/// The last changes of the settings of a user in scope, the newest first.
pub(crate) async fn of_user(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<Vec<Event>, Refusal> {
    principal.scope.user(&state.live.view().directory, user)?;
    state
        .store
        .events_of_user(user, LIMIT)
        .await
        .map_err(Refusal::internal)
}
