//! Lists the services of a user.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::services::Setting;
use centrale_core::id::UserId;
use centrale_core::service::{CATALOGUE, Entry};
use centrale_core::snapshot::settings_of;

/// Every service of the catalogue, as the user has it or why they have not.
pub(crate) async fn list(
    state: State,
    principal: Principal,
    user: UserId,
    (): (),
) -> Result<Vec<Setting>, Refusal> {
    let view = state.live.view();
    let member = principal.scope.user(&view.directory, user)?;
    let setting = |entry: &Entry| Setting {
        service: entry.id,
        version: member.versions.get(entry.id.0).copied().unwrap_or(0),
        settings: settings_of(&member.user, entry),
        unavailable: view.unavailable(member, entry.id.0),
        admin: entry.admin,
    };
    Ok(CATALOGUE.iter().map(setting).collect())
}
