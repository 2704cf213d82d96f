//! Reads the file that is the body of a request.

use super::wrong_file;
use crate::http::refusal::Refusal;
use crate::places::Places;
use crate::pool::PoolError;
use crate::sound::{MAX_FILE, NotRead, Sound, convert};
use crate::state::Limits;
use axum::body::Body;
use centrale_core::error::Code;
use futures_util::StreamExt;
use std::fs::File;
use std::io::{Read, Seek};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

/// How many files are on their way at once, of all and of one account: each takes 32 MB of a disk.
static PLACES: LazyLock<Places<i64>> = LazyLock::new(|| Places::new(32, 3));

/// The sound in a body, in the form in which it is kept. What is wrong with it is told at the field `file`.
pub(super) async fn read(limits: &Limits, account: i64, body: Body) -> Result<Sound, Refusal> {
    let _place = PLACES.take(Some(account)).ok_or(PoolError::Busy)?;
    let file = timeout(limits.file, kept(limits.pause, body))
        .await
        .map_err(|_| Code::BodyTooSlow)??;
    convert(Some(account), move || content(file))
        .await
        .map_err(|error| match error {
            NotRead::Wrong(code) => wrong_file(code),
            NotRead::Pool(busy) => busy.into(),
        })
}

/// The body in a file without a name, which goes when it is closed: memory is taken when its turn to be read has come.
async fn kept(pause: Duration, body: Body) -> Result<File, Refusal> {
    let mut file = tokio::fs::File::from_std(tempfile::tempfile().map_err(Refusal::internal)?);
    let (mut chunks, mut length) = (body.into_data_stream(), 0);
    while let Some(chunk) = timeout(pause, chunks.next())
        .await
        .map_err(|_| Code::BodyTooSlow)?
    {
        let chunk = chunk.map_err(|_| Code::BodyTooSlow)?;
        length += chunk.len();
        if length > MAX_FILE {
            return Err(Code::BodyTooLarge.into());
        }
        file.write_all(&chunk).await.map_err(Refusal::internal)?;
    }
    file.flush().await.map_err(Refusal::internal)?;
    Ok(file.into_std().await)
}

fn content(mut file: File) -> Result<Vec<u8>, Code> {
    let mut bytes = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| {
        tracing::error!(%error, "a file that was sent cannot be read");
        Code::Internal
    })
}
