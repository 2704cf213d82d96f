//! Lists what uses a part.

use super::seen;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::Uses;
use centrale_core::organisation::PartKey;

/// What leads to a part that the principal sees.
pub(crate) async fn uses(
    state: State,
    principal: Principal,
    key: PartKey,
    (): (),
) -> Result<Uses, Refusal> {
    let view = state.live.view();
    seen(&view, principal.scope, key)?;
    let (used_by, elsewhere) = principal
        .scope
        .known_uses(&view.directory, view.uses_of_part(key));
    Ok(Uses { used_by, elsewhere })
}
