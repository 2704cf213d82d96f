//! How long a WAV file plays.

use std::time::Duration;

/// How long a WAV file plays; `None` when it is none.
pub(crate) fn length(file: &[u8]) -> Option<Duration> {
    let (riff, rest) = file.split_at_checked(12)?;
    if !riff.starts_with(b"RIFF") || !riff.ends_with(b"WAVE") {
        return None;
    }
    let mut rate = None;
    let mut chunks = rest;
    loop {
        let (head, content) = chunks.split_at_checked(8)?;
        let (name, length) = head.split_at_checked(4)?;
        let length = number(length)?;
        match name {
            // Bytes a second stand eight bytes into the format.
            b"fmt " => rate = content.get(8..).and_then(number),
            // A recording that broke off is shorter than it says.
            b"data" => {
                let played = length.min(u32::try_from(content.len()).unwrap_or(u32::MAX));
                let rate = rate.filter(|rate| *rate > 0)?;
                return Some(Duration::from_secs_f64(f64::from(played) / f64::from(rate)));
            }
            _ => {}
        }
        // Chunks begin at even places.
        chunks = content.get(length.checked_add(length & 1)? as usize..)?;
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().copied().map(u32::from_le_bytes)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::length;
    use std::time::Duration;

    /// A file of so many seconds, as Asterisk writes them: 8000 samples of 16 bits.
    pub(crate) fn silence(seconds: u32) -> Vec<u8> {
        let length = seconds * 16_000;
        let mut file = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        file.extend([8000_u32, 16_000].map(u32::to_le_bytes).concat());
        file.extend(b"\x02\0\x10\0data");
        file.extend(length.to_le_bytes());
        file.resize(file.len() + length as usize, 0);
        file
    }

    #[test]
    fn lengths() {
        let check = |file: &[u8], seconds: Option<f64>| {
            assert_eq!(length(file), seconds.map(Duration::from_secs_f64));
        };
        check(&silence(0), Some(0.0));
        check(&silence(65), Some(65.0));
        check(&silence(2)[..44 + 24_000], Some(1.5));
        check(&silence(1)[..40], None);
        check(b"RIFF\0\0\0\0WAVEdata\0\0\0\0", None);
        check(b"RIFF\0\0\0\0WAVELIST\xff\xff\xff\xff", None);
        check(b"no sound", None);
        check(b"", None);
    }
}
