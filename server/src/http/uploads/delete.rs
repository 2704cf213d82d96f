//! Removes an upload.

use super::{editable, refusal::refusal};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::Remove;
use centrale_core::id::UploadId;
use centrale_core::organisation::{PartKey, PartKind};

/// Removes an upload in the principal's scope, unless something plays it (requirement B6).
pub(crate) async fn delete(
    state: State,
    principal: Principal,
    id: UploadId,
    seen: Remove,
) -> Result<(), Refusal> {
    editable(&state.live.view(), principal.scope, id)?;
    let (actor, now) = (principal.actor(), state.clock.now());
    let key = PartKey {
        kind: PartKind::Upload,
        id: id.0,
    };
    let deleted = state.live.delete_part(&actor, now, key, seen.version).await;
    deleted.map_err(|error| refusal(&state.live.view(), principal.scope, error))
}
