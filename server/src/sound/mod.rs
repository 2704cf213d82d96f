//! Sounds that are uploaded: read, checked and brought into the one form in which they are kept and played (`form`). Where
//! they are kept is the store's affair.

mod form;
pub(crate) mod read;
mod wave;
mod wma;

pub(crate) use form::Sound;

use crate::pool::{PoolError, SOUNDS};
use centrale_core::error::Code;
use thiserror::Error;
use tokio::runtime::Handle;

/// The largest file, in bytes: 10 minutes of the preferred form are 19 MB.
pub(crate) const MAX_FILE: usize = 32 * 1024 * 1024;

/// Why a file is not brought into the form in which sounds are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum NotRead {
    /// It cannot be: `sound-unreadable`: it is none of the sounds that are read; `sound-not-converted`: it is Windows
    /// Media, and `ffmpeg` is not installed; `sound-too-long` and `sound-empty`.
    #[error("{}", .0.name())]
    Wrong(Code),
    /// There is no time for it.
    #[error(transparent)]
    Pool(#[from] PoolError),
}

/// Brings a file of an account into the form in which sounds are kept; without an account Asterisk asks for it. It is taken
/// into memory when its turn has come.
pub(crate) async fn convert(
    account: Option<i64>,
    file: impl FnOnce() -> Result<Vec<u8>, Code> + Send + 'static,
) -> Result<Sound, NotRead> {
    let system = Handle::current();
    let work = move || converted(file()?, &system);
    let read = match account {
        Some(account) => SOUNDS.run_for(account, work).await,
        None => SOUNDS.run(work).await,
    };
    match read {
        Ok(read) => read.map_err(NotRead::Wrong),
        // Whatever a file does to its reader, it is no sound.
        Err(PoolError::Failed) => Err(NotRead::Wrong(Code::SoundUnreadable)),
        Err(busy) => Err(busy.into()),
    }
}

/// A file in the form in which sounds are kept, made on this thread.
fn converted(file: Vec<u8>, system: &Handle) -> Result<Sound, Code> {
    if wma::is_wma(&file) {
        return system.block_on(wma::samples(file)).and_then(form::keep);
    }
    read::sound(file)
}

#[cfg(test)]
mod tests;
