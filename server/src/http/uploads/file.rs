//! Reads the file that is the body of a request.

use super::wrong_file;
use crate::http::refusal::Refusal;
use crate::sound::{MAX_FILE, Sound, convert};
use axum::body::{Body, to_bytes};
use centrale_core::error::Code;

/// The sound in a body, in the form in which it is kept. What is wrong with it is told at the field `file`.
pub(super) async fn read(body: Body) -> Result<Sound, Refusal> {
    let bytes = to_bytes(body, MAX_FILE).await.map_err(|_| Code::BodyTooLarge)?;
    convert(bytes.into()).await.map_err(wrong_file)
}
