//! Makes an upload.

use super::{check, file, refusal::refusal, seen, wrong_file};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use axum::body::Body;
use centrale_core::api::uploads::{New, Stored};
use centrale_core::error::Code;
use centrale_core::id::UploadId;
use centrale_core::organisation::{ContentHash, Upload};

/// Makes an upload of an owner in the principal's scope. The file is read once all else is right.
pub(crate) async fn add(
    state: State,
    principal: Principal,
    (): (),
    (new, body): (New, Body),
) -> Result<Stored, Refusal> {
    let (owner, scope) = (new.owner.0, principal.scope);
    if !scope.may_edit_upload(&state.live.view().directory, owner) {
        return Err(Code::NotFound.into());
    }
    let name = new.name.trim().to_owned();
    let mut upload = Upload {
        id: UploadId(0),
        owner,
        name,
        length_ms: 1,
        bytes: 0,
        content: ContentHash([0; 32]),
    };
    check(&upload)?;
    let sound = file::read(&state.settings.limits, principal.account.id, body).await?;
    (upload.length_ms, upload.bytes, upload.content) =
        (sound.length_ms, sound.bytes(), sound.hash());
    if state.live.view().makes_too_long(&upload) {
        return Err(wrong_file(Code::SoundTooLong));
    }
    let (actor, now) = (principal.actor(), state.clock.now());
    let added = state.live.add_upload(&actor, now, upload, sound.wav).await;
    let added = added.map_err(|error| refusal(&state.live.view(), scope, error))?;
    seen(&state.live.view(), scope, UploadId(added.part.key().id))
}
