//! Renames an upload.

use super::{check, editable, refusal::refusal, seen};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::uploads::{Rename, Stored};
use centrale_core::error::{Code, FieldError};
use centrale_core::id::UploadId;

/// Gives an upload in the principal's scope another name.
pub(crate) async fn put(
    state: State,
    principal: Principal,
    id: UploadId,
    new: Rename,
) -> Result<Stored, Refusal> {
    let scope = principal.scope;
    let mut upload = editable(&state.live.view(), scope, id)?.upload;
    upload.name = new.name.trim().to_owned();
    check(&upload)?;
    if state.live.view().makes_too_long(&upload) {
        return Err(Refusal::fields(vec![FieldError::new(
            "name",
            Code::SoundTooLong,
        )]));
    }
    let (actor, now) = (principal.actor(), state.clock.now());
    let saved = state
        .live
        .replace_upload(&actor, now, (upload, new.version), None)
        .await;
    saved.map_err(|error| refusal(&state.live.view(), scope, error))?;
    seen(&state.live.view(), scope, id)
}
