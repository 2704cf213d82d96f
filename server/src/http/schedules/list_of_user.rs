//! Lists the schedules that a user can link.

use super::entry::entry;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::schedules::Entry;
use centrale_core::id::UserId;

/// The user's own schedules, and those of their location.
pub(crate) async fn list_of_user(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<Vec<Entry>, Refusal> {
    let view = state.live.view();
    let directory = &view.directory;
    let member = principal.scope.user(directory, user)?;
    let schedules = directory.scope_schedules(&member.user);
    Ok(schedules
        .map(|s| entry(directory, principal.scope, &s.schedule, s.version))
        .collect())
}
