//! Lists what uses an upload.

use super::seen;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::Uses;
use centrale_core::id::UploadId;

/// What plays an upload that the principal sees.
pub(crate) async fn uses(
    state: State,
    principal: Principal,
    id: UploadId,
    (): (),
) -> Result<Uses, Refusal> {
    let view = state.live.view();
    let upload = seen(&view, principal.scope, id)?.upload;
    let (used_by, elsewhere) = principal
        .scope
        .known_uses(&view.directory, view.uses_of_upload(&upload));
    Ok(Uses { used_by, elsewhere })
}
