//! Removes a part.

use super::{editable, refusal, rights};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::Remove;
use centrale_core::error::{Code, FieldError};
use centrale_core::organisation::PartKey;

/// Removes a group, a menu or a queue, unless something leads to it (requirement B6).
pub(crate) async fn delete(
    state: State,
    principal: Principal,
    key: PartKey,
    seen: Remove,
) -> Result<(), Refusal> {
    let before = editable(&state.live.view(), principal.scope, key)?;
    if key.kind.is_fixed() {
        return Err(Refusal::fields(vec![FieldError::new(
            "kind",
            Code::Malformed,
        )]));
    }
    let (actor, now) = (principal.actor(), state.clock.now());
    let deleted = state.live.delete_part(&actor, now, key, seen.version).await;
    deleted.map_err(|error| {
        refusal(
            &state.live.view(),
            principal.scope,
            key.kind.is_virtual(),
            error,
        )
    })?;
    rights::note(&state, &principal, Some(&before.part), None).await;
    Ok(())
}
