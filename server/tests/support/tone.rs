//! Sound for tests: every phone sends a tone of its own, so that whoever hears it knows who talks. G.711 A-law, 8 kHz.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss
)]

mod alaw;

use alaw::encode;
use std::collections::BTreeSet;
use std::f64::consts::TAU;

/// Samples in 20 ms.
pub const FRAME: usize = 160;
/// The tones that phones may send, in Hz: whole periods fit into a frame, so none leaks into another.
pub const TONES: [u16; 5] = [350, 550, 850, 1250, 1950];
/// How much of the sound a tone must be to be heard.
const SHARE: f64 = 0.15;
/// The mean square below which a frame is silent.
const QUIET: f64 = 10_000.0;

/// What is in a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// There is a sound.
    pub sound: bool,
    /// The tones in it.
    pub tones: BTreeSet<u16>,
    /// There is nothing but tones.
    pub pure: bool,
}

/// A frame of a tone; each frame begins where the one before ended.
pub fn frame(tone: u16) -> [u8; FRAME] {
    std::array::from_fn(|at| {
        let turn = TAU * f64::from(tone) * at as f64 / 8000.0;
        encode((8_000.0 * turn.sin()) as i16)
    })
}

pub fn hear(payload: &[u8]) -> Heard {
    let samples: Vec<f64> = payload
        .iter()
        .map(|byte| f64::from(decode(*byte)))
        .collect();
    let count = samples.len().max(1) as f64;
    let power = samples.iter().map(|sample| sample * sample).sum::<f64>() / count;
    if power < QUIET {
        return Heard::default();
    }
    let shares = TONES.map(|tone| (tone, strength(&samples, tone) / power));
    let tones = shares
        .iter()
        .filter(|(_, share)| *share > SHARE)
        .map(|(tone, _)| *tone)
        .collect();
    Heard {
        sound: true,
        tones,
        pure: shares.iter().map(|(_, share)| share).sum::<f64>() > 0.9,
    }
}

/// The mean square of a tone within the samples.
fn strength(samples: &[f64], tone: u16) -> f64 {
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (at, sample) in samples.iter().enumerate() {
        let (sine, cosine) = (TAU * f64::from(tone) * at as f64 / 8000.0).sin_cos();
        real += sample * cosine;
        imaginary += sample * sine;
    }
    let count = samples.len().max(1) as f64;
    2.0 * (real * real + imaginary * imaginary) / (count * count)
}

fn decode(code: u8) -> i16 {
    let code = code ^ 0x55;
    let (segment, low) = ((code >> 4) & 7, i16::from(code & 0xf));
    let size = if segment == 0 {
        (low << 4) + 8
    } else {
        ((low << 4) + 0x108) << (segment - 1)
    };
    if code & 0x80 == 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_heard_alone_and_among_others() {
        for tone in TONES {
            assert_eq!(hear(&frame(tone)).tones, BTreeSet::from([tone]));
        }
        let (low, high) = (frame(TONES[0]), frame(TONES[4]));
        let mixed: Vec<u8> = low
            .iter()
            .zip(&high)
            .map(|(a, b)| encode(decode(*a) / 2 + decode(*b) / 2))
            .collect();
        assert_eq!(hear(&mixed).tones, BTreeSet::from([TONES[0], TONES[4]]));
        assert_eq!(hear(&[encode(0); FRAME]), Heard::default());
    }
}
