//! Reads the file that is the body of a request.

use super::wrong_file;
use crate::http::refusal::Refusal;
use crate::sound::{MAX_FILE, NotRead, Sound, convert};
use axum::body::{Body, to_bytes};
use centrale_core::error::Code;

/// The sound in a body, in the form in which it is kept. What is wrong with it is told at the field `file`.
pub(super) async fn read(account: i64, body: Body) -> Result<Sound, Refusal> {
    let bytes = to_bytes(body, MAX_FILE).await.map_err(|_| Code::BodyTooLarge)?;
    convert(Some(account), bytes.into()).await.map_err(|error| match error {
        NotRead::Wrong(code) => wrong_file(code),
        NotRead::Pool(busy) => busy.into(),
    })
}
