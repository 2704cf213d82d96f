//! Makes a part.

use super::{bare, check::check, refusal, rights, shown};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::{New, Stored};
use centrale_core::error::{Code, FieldError};
use centrale_core::organisation::PartKind;

/// Makes a group, a menu or a queue in the principal's scope (requirement I4). What is there anyway is not made, and an upload is
/// made of a file.
pub(crate) async fn add(
    state: State,
    principal: Principal,
    (): (),
    new: New,
) -> Result<Stored, Refusal> {
    let (view, scope) = (state.live.view(), principal.scope);
    if new.part.kind().is_fixed() || new.part.kind() == PartKind::Upload {
        return Err(Refusal::fields(vec![FieldError::new(
            "part.kind",
            Code::Malformed,
        )]));
    }
    if !scope.may_edit_part(&view.directory, &new.part) {
        return Err(Code::NotFound.into());
    }
    let mut part = bare(new.part);
    part.set_id(0);
    rights::check(&view, scope, None, &part)?;
    check(&view, scope, &part)?;
    let is_virtual = part.kind().is_virtual();
    let (actor, now) = (principal.actor(), state.clock.now());
    let added = state.live.add_part(&actor, now, part).await;
    let added = added.map_err(|error| refusal(&state.live.view(), scope, is_virtual, error))?;
    rights::note(&state, &principal, None, Some(&added.part)).await;
    Ok(shown(&state.live.view(), scope, &added))
}
