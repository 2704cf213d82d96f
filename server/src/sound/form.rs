//! The one form in which sounds are kept and played: a WAV file of 16 kHz, 16 bits and one channel (manual § 32).

use centrale_core::error::Code;
use centrale_core::organisation::{ContentHash, MAX_UPLOAD_MS};
use sha2::{Digest, Sha256};

/// Samples a second.
pub(super) const RATE: u32 = 16_000;
/// The most samples.
pub(super) const MOST: usize = MAX_UPLOAD_MS as usize / 1000 * RATE as usize;
/// The fewest samples: a sound is a millisecond long at least, as its length is told in them.
const LEAST: usize = RATE as usize / 1000;
/// MP3 fills its last frame: by so many samples a sound may be too long, and is cut.
pub(super) const SLACK: usize = RATE as usize / 4;
/// A sound that never gets louder is silence: 60 dB below the loudest.
const SILENT: u16 = 33;
/// Bytes before the samples.
pub(super) const HEADER: usize = 44;

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
        is_ours.then(|| Self {
            wav,
            length_ms: length_ms(samples),
        })
    }
}

/// A sound of samples, cut to the longest that is kept.
pub(super) fn keep(mut samples: Vec<i16>) -> Result<Sound, Code> {
    if samples.len() > MOST + SLACK {
        return Err(Code::SoundTooLong);
    }
    samples.truncate(MOST);
    if samples.len() < LEAST || samples.iter().all(|sample| sample.unsigned_abs() < SILENT) {
        return Err(Code::SoundEmpty);
    }
    let mut wav = header(samples.len());
    wav.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    Ok(Sound {
        wav,
        length_ms: length_ms(samples.len()),
    })
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
