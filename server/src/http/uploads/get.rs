//! Gives an upload.

use super::seen;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::uploads::Stored;
use centrale_core::id::UploadId;

/// An upload that the principal sees.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    id: UploadId,
    (): (),
) -> Result<Stored, Refusal> {
    seen(&state.live.view(), principal.scope, id)
}
