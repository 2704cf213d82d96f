//! Sounds to upload.

use std::f64::consts::TAU;

/// A WAV file of a tone, as sounds are kept: 16 kHz, 16 bits, one channel.
pub(crate) fn wav(hertz: u16, milliseconds: u32) -> Vec<u8> {
    let samples = (0..16 * milliseconds).flat_map(|at| {
        let turn = TAU * f64::from(hertz) * f64::from(at) / 16_000.0;
        ((8_000.0 * turn.sin()) as i16).to_le_bytes()
    });
    let length = 32 * milliseconds;
    let mut file = b"RIFF".to_vec();
    file.extend((length + 36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend([16_000_u32, 32_000].map(u32::to_le_bytes).concat());
    file.extend(b"\x02\0\x10\0data");
    file.extend(length.to_le_bytes());
    file.extend(samples);
    file
}
