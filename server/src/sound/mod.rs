//! Sounds that are uploaded: read, checked and brought into the one form in which they are kept and played, a WAV file of
//! 16 kHz, 16 bits and one channel (manual § 32). Where they are kept is the store's affair.

mod read;
mod wave;
mod wma;

use crate::pool::{PoolError, SOUNDS};
use centrale_core::error::Code;
use centrale_core::organisation::{ContentHash, MAX_UPLOAD_MS};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::runtime::Handle;

/// The largest file, in bytes: 10 minutes of the preferred form are 19 MB.
pub(crate) const MAX_FILE: usize = 32 * 1024 * 1024;
/// Samples a second.
const RATE: u32 = 16_000;
/// The most samples.
const MOST: usize = MAX_UPLOAD_MS as usize / 1000 * RATE as usize;
/// The fewest samples: a sound is a millisecond long at least, as its length is told in them.
const LEAST: usize = RATE as usize / 1000;
/// MP3 fills its last frame: by so many samples a sound may be too long, and is cut.
const SLACK: usize = RATE as usize / 4;
/// A sound that never gets louder is silence: 60 dB below the loudest.
const SILENT: u16 = 33;
/// Bytes before the samples.
const HEADER: usize = 44;

/// A sound as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Sound {
    /// The WAV file.
    pub(crate) wav: Vec<u8>,
    /// How long it plays, in milliseconds.
    pub(crate) length_ms: u32,
}

impl Sound {
    /// What it is found by.
    pub(crate) fn hash(&self) -> ContentHash {
        ContentHash(Sha256::digest(&self.wav).into())
    }

    /// How large it is, in bytes.
    pub(crate) fn bytes(&self) -> u32 {
        u32::try_from(self.wav.len()).unwrap_or(u32::MAX)
    }

    /// A file in this form; `None` when it is not in it.
    pub(crate) fn of_wav(wav: Vec<u8>) -> Option<Self> {
        let samples = wav.get(HEADER..)?.len() / 2;
        let is_ours = (LEAST..=MOST).contains(&samples) && wav.starts_with(&header(samples));
        is_ours.then(|| Self { wav, length_ms: length_ms(samples) })
    }
}

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
    let samples = if wma::is_wma(&file) { system.block_on(wma::samples(file)) } else { read::samples(file) };
    samples.and_then(keep)
}

/// A sound of samples, cut to the longest that is kept.
fn keep(mut samples: Vec<i16>) -> Result<Sound, Code> {
    if samples.len() > MOST + SLACK {
        return Err(Code::SoundTooLong);
    }
    samples.truncate(MOST);
    if samples.len() < LEAST || samples.iter().all(|sample| sample.unsigned_abs() < SILENT) {
        return Err(Code::SoundEmpty);
    }
    let mut wav = header(samples.len());
    wav.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    Ok(Sound { wav, length_ms: length_ms(samples.len()) })
}

fn length_ms(samples: usize) -> u32 {
    u32::try_from(samples / (RATE as usize / 1000)).unwrap_or(u32::MAX)
}

/// The header of a WAV file of so many samples.
fn header(samples: usize) -> Vec<u8> {
    let data = u32::try_from(samples * 2).unwrap_or(u32::MAX);
    let mut header = b"RIFF".to_vec();
    header.extend((data.saturating_add(36)).to_le_bytes());
    header.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    header.extend([RATE, RATE * 2].map(u32::to_le_bytes).concat());
    header.extend(b"\x02\0\x10\0data");
    header.extend(data.to_le_bytes());
    header
}

#[cfg(test)]
mod tests;
