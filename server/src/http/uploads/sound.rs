//! Gives the sound of an upload, and replaces it.

use super::{editable, file, refusal::refusal, seen, wrong_file};
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use centrale_core::api::uploads::{Replace, Stored};
use centrale_core::error::Code;
use centrale_core::id::UploadId;

/// The sound of an upload that the asker sees.
pub(crate) async fn get_sound(state: State, asker: Asker, id: UploadId, (): ()) -> Result<Response, Refusal> {
    let upload = seen(&state.live.view(), asker.scope, id)?.upload;
    let content = state.store.sound(upload.content).await.map_err(Refusal::internal)?;
    let wav = [(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"))];
    Ok((wav, content.ok_or(Code::NotFound)?).into_response())
}

/// Replaces the sound of an upload in the asker's scope; what plays it plays the new one.
pub(crate) async fn put_sound(
    state: State,
    asker: Asker,
    id: UploadId,
    seen_at: Replace,
    body: Body,
) -> Result<Stored, Refusal> {
    let scope = asker.scope;
    editable(&state.live.view(), scope, id)?;
    let sound = file::read(body).await?;
    let view = state.live.view();
    let mut upload = editable(&view, scope, id)?.upload;
    (upload.length_ms, upload.bytes, upload.content) = (sound.length_ms, sound.bytes(), sound.hash());
    if view.makes_too_long(&upload) {
        return Err(wrong_file(Code::SoundTooLong));
    }
    let (actor, now) = (asker.actor(), state.clock.now());
    let saved = (upload, seen_at.version);
    let saved = state.live.replace_upload(&state.store, &actor, now, saved, Some(sound.wav)).await;
    saved.map_err(|error| refusal(&state.live.view(), scope, error))?;
    seen(&state.live.view(), scope, id)
}
