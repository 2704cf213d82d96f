//! Reads WAV and MP3 files: to one channel of 16 kHz, piece by piece, and no further than a sound may be long.

use super::form::{MOST, RATE, SLACK, Sound, keep};
use super::wave;
use centrale_core::error::Code;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler};
use std::io::Cursor;
use std::ops::RangeInclusive;
use std::sync::Arc;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

/// Sample rates that are read.
const RATES: RangeInclusive<u32> = 4_000..=192_000;
/// The most channels that are mixed into one.
const CHANNELS: usize = 8;
/// So many pieces that cannot be decoded, and none that can: it is no sound.
const MOST_BAD: u32 = 1_000;
/// Channels whose mix has less than this share of the loudest one's power cancel each other out. A sound on one of eight
/// channels has a 64th of it.
const CANCELLED: f64 = 0.01;
/// Samples that are brought to the new rate at once.
const PIECE: usize = 4096;

/// The sound in a file.
pub(crate) fn sound(file: Vec<u8>) -> Result<Sound, Code> {
    samples(file).and_then(keep)
}

/// The samples of a file; of one that is too long, no more than tells so.
fn samples(file: Vec<u8>) -> Result<Vec<i16>, Code> {
    let file: Arc<[u8]> = wave::plain(file).into();
    let heard = decoded(&file, Channels::All)?;
    // Channels of opposite polarity are silent together, though each is not.
    match heard.cancelled {
        Some(loudest) => Ok(decoded(&file, Channels::One(loudest))?.samples),
        None => Ok(heard.samples),
    }
}

/// Which channels are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channels {
    /// All, mixed into one.
    All,
    /// One of them.
    One(usize),
}

/// What was decoded.
struct Heard {
    samples: Vec<i16>,
    /// The channels cancel each other out; this one is the loudest.
    cancelled: Option<usize>,
}

fn decoded(file: &Arc<[u8]>, channels: Channels) -> Result<Heard, Code> {
    let source = MediaSourceStream::new(
        Box::new(Cursor::new(file.clone())),
        MediaSourceStreamOptions::default(),
    );
    let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
    let probed = symphonia::default::get_probe().probe(&Hint::new(), source, format, metadata);
    let mut format = probed.map_err(|_| Code::SoundUnreadable)?;
    let track = format
        .default_track(TrackType::Audio)
        .ok_or(Code::SoundUnreadable)?;
    let id = track.id;
    let codec = track
        .codec_params
        .as_ref()
        .and_then(|params| params.audio())
        .ok_or(Code::SoundUnreadable)?;
    let decoder =
        symphonia::default::get_codecs().make_audio_decoder(codec, &AudioDecoderOptions::default());
    let mut decoder = decoder.map_err(|_| Code::SoundUnreadable)?;
    all(&mut *format, &mut *decoder, id, channels)
}

fn all(
    format: &mut dyn FormatReader,
    decoder: &mut dyn AudioDecoder,
    track: u32,
    heard: Channels,
) -> Result<Heard, Code> {
    let mut out: Option<Out> = None;
    let (mut good, mut bad) = (0_u32, 0_u32);
    let mut piece: Vec<f32> = Vec::new();
    // A file that breaks off is a sound up to there.
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id != track {
            continue;
        }
        let decoded = match decoder.decode(&packet) {
            Ok(decoded) => decoded,
            Err(Error::DecodeError(_)) => {
                bad += 1;
                if good == 0 && bad > MOST_BAD {
                    return Err(Code::SoundUnreadable);
                }
                continue;
            }
            Err(_) => break,
        };
        let (rate, channels) = (decoded.spec().rate(), decoded.num_planes());
        if !RATES.contains(&rate) || !(1..=CHANNELS).contains(&channels) {
            return Err(Code::SoundUnreadable);
        }
        good += 1;
        let out = match &mut out {
            Some(out) => out,
            none => none.insert(Out::from(rate, heard)?),
        };
        if out.from != rate {
            return Err(Code::SoundUnreadable);
        }
        decoded.copy_to_vec_interleaved(&mut piece);
        piece.iter_mut().for_each(into_range);
        out.mix(&piece, channels)?;
        if out.done.len() > MOST + SLACK {
            return Ok(Heard {
                samples: std::mem::take(&mut out.done),
                cancelled: None,
            });
        }
    }
    match out {
        // Something else in which a few bytes look like sound.
        Some(_) if bad > good => Err(Code::SoundUnreadable),
        Some(out) => out.end(),
        None if bad > 0 => Err(Code::SoundUnreadable),
        None => Err(Code::SoundEmpty),
    }
}

/// Floating point in a file may be anything, and the resampler panics at what is no number.
fn into_range(sample: &mut f32) {
    *sample = if sample.is_finite() {
        sample.clamp(-1.0, 1.0)
    } else {
        0.0
    };
}

/// What comes out: one channel at the rate that is kept.
struct Out {
    from: u32,
    heard: Channels,
    /// The power of each channel, and of their mix.
    powers: [f64; CHANNELS],
    mixed: f64,
    resampler: Option<Fft<f32>>,
    /// What waits for a whole piece.
    waiting: Vec<f32>,
    /// How many samples came in.
    came: u64,
    /// The resampler's delay: so much of what it says at first is not of the sound.
    skip: usize,
    done: Vec<i16>,
}

impl Out {
    fn from(rate: u32, heard: Channels) -> Result<Self, Code> {
        let resampler = (rate != RATE)
            .then(|| Fft::new(rate as usize, RATE as usize, PIECE, 1, FixedSync::Input))
            .transpose()
            .map_err(|_| Code::SoundUnreadable)?;
        let skip = resampler.as_ref().map_or(0, Resampler::output_delay);
        Ok(Self {
            from: rate,
            heard,
            powers: [0.0; CHANNELS],
            mixed: 0.0,
            resampler,
            waiting: Vec::new(),
            came: 0,
            skip,
            done: Vec::new(),
        })
    }

    /// Adds what was decoded, mixed into one channel.
    fn mix(&mut self, piece: &[f32], channels: usize) -> Result<(), Code> {
        let frames = piece.chunks_exact(channels);
        self.came += frames.len() as u64;
        for frame in frames {
            let mixed = match self.heard {
                Channels::All => frame.iter().sum::<f32>() / channels as f32,
                Channels::One(channel) => frame.get(channel).copied().unwrap_or_default(),
            };
            for (power, sample) in self.powers.iter_mut().zip(frame) {
                *power += f64::from(sample * sample);
            }
            self.mixed += f64::from(mixed * mixed);
            self.waiting.push(mixed);
        }
        if self.resampler.is_none() {
            let all = std::mem::take(&mut self.waiting);
            self.put(&all);
            return Ok(());
        }
        while self.waiting.len() >= PIECE {
            let rest = self.waiting.split_off(PIECE);
            let piece = std::mem::replace(&mut self.waiting, rest);
            self.convert(&piece, PIECE)?;
        }
        Ok(())
    }

    /// What is still in the resampler comes out; the sound is as long as it was.
    fn end(mut self) -> Result<Heard, Code> {
        let loudest = (0..CHANNELS).max_by(|a, b| self.powers[*a].total_cmp(&self.powers[*b]));
        let cancelled = loudest.filter(|loudest| self.mixed < CANCELLED * self.powers[*loudest]);
        let length = (self.came * u64::from(RATE)).div_ceil(self.from.into()) as usize;
        if self.resampler.is_some() {
            let mut last = std::mem::take(&mut self.waiting);
            let mut count = last.len();
            last.resize(PIECE, 0.0);
            while self.done.len() < length {
                self.convert(&last, count)?;
                count = 0;
            }
        }
        self.done.truncate(length);
        Ok(Heard {
            samples: self.done,
            cancelled,
        })
    }

    /// Converts a piece, of which only the first samples count.
    fn convert(&mut self, piece: &[f32], count: usize) -> Result<(), Code> {
        let Some(resampler) = &mut self.resampler else {
            return Ok(());
        };
        let adapter = InterleavedSlice::new(piece, 1, piece.len()).map_err(|_| Code::Internal)?;
        let part = Indexing::new().partial_len(count);
        let converted = resampler
            .process(&adapter, Some(&part))
            .map_err(|_| Code::Internal)?
            .take_data();
        let skipped = self.skip.min(converted.len());
        self.skip -= skipped;
        self.put(&converted[skipped..]);
        Ok(())
    }

    fn put(&mut self, samples: &[f32]) {
        let full = f32::from(i16::MAX);
        self.done.extend(
            samples
                .iter()
                .map(|sample| (sample * full).round().clamp(-full, full) as i16),
        );
    }
}
