//! Replaces a part.

use super::{bare, check::check, editable, refusal, rights, shown};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::{Replace, Stored};
use centrale_core::error::{Code, FieldError};
use centrale_core::organisation::PartKey;

/// Replaces a part in the principal's scope; it stays what it is and stays in that scope.
pub(crate) async fn put(
    state: State,
    principal: Principal,
    key: PartKey,
    new: Replace,
) -> Result<Stored, Refusal> {
    let (view, scope) = (state.live.view(), principal.scope);
    let before = editable(&view, scope, key)?;
    let mut part = bare(new.part);
    part.set_id(key.id);
    let wrong = |field, code| Err(Refusal::fields(vec![FieldError::new(field, code)]));
    if part.key() != key {
        return wrong("part.kind", Code::Malformed);
    }
    if part.location() != before.part.location() {
        return wrong(
            if key.kind.is_virtual() {
                "part.identity.location"
            } else {
                "part.location"
            },
            Code::Malformed,
        );
    }
    if !scope.may_edit_part(&view.directory, &part) {
        return wrong("part.identity.department", Code::NotFound);
    }
    rights::check(&view, scope, Some(&before.part), &part)?;
    check(&view, scope, &part)?;
    let (actor, now) = (principal.actor(), state.clock.now());
    let saved = state
        .live
        .replace_part(&actor, now, part, new.version)
        .await;
    let saved =
        saved.map_err(|error| refusal(&state.live.view(), scope, key.kind.is_virtual(), error))?;
    rights::note(&state, &principal, Some(&before.part), Some(&saved.part)).await;
    Ok(shown(&state.live.view(), scope, &saved))
}
