//! WAV files as telephones, recorders and editors really write them, brought into the plain form that is decoded: chunks in
//! any order before the samples, sizes that were never filled in, headers of any length, and the tags of `EXTENSIBLE`.

/// The tags of what is decoded.
const PCM: u16 = 1;
const FLOAT: u16 = 3;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;
const EXTENSIBLE: u16 = 0xfffe;
/// How the GUID of a tag goes on (`KSDATAFORMAT_SUBTYPE_WAVEFORMATEX`).
const GUID: [u8; 14] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
/// The most chunks that are gone through.
const MAX_CHUNKS: usize = 1_000;

/// What the header says of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Format {
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
}

/// The file in the plain form; as it is when it is no WAV file, or holds something else than plain samples.
pub(super) fn plain(file: Vec<u8>) -> Vec<u8> {
    parts(&file)
        .map(|(format, samples)| written(format, samples))
        .unwrap_or(file)
}

fn parts(file: &[u8]) -> Option<(Format, &[u8])> {
    if !file.starts_with(b"RIFF") || file.get(8..12)? != b"WAVE" {
        return None;
    }
    let mut rest = file.get(12..)?;
    let mut format = None;
    for _ in 0..MAX_CHUNKS {
        let (name, size, content) = chunk(rest)?;
        match name {
            b"fmt " => format = Some(read(content.get(..size).unwrap_or(content))?),
            b"data" => return Some((format?, samples(content, size))),
            _ => {}
        }
        rest = after(content, size)?;
    }
    None
}

fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], usize, &[u8])> {
    let (name, rest) = bytes.split_first_chunk::<4>()?;
    let (size, content) = rest.split_first_chunk::<4>()?;
    Some((name, u32::from_le_bytes(*size) as usize, content))
}

/// What follows a chunk: at an even place, though some forget that.
fn after(content: &[u8], size: usize) -> Option<&[u8]> {
    let looks_right = |bytes: &&[u8]| bytes.first_chunk::<4>().is_some_and(|name| is_name(*name));
    let even = content.get(size + size % 2..);
    even.filter(looks_right)
        .or_else(|| content.get(size..).filter(looks_right))
        .or(even)
}

fn is_name(name: [u8; 4]) -> bool {
    name.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The samples. A recorder that was cut off has left their size empty, or as it was at some time before; one that writes
/// into a pipe does not know it. Then they go on to the end, unless other chunks follow.
fn samples(content: &[u8], size: usize) -> &[u8] {
    let Some((samples, rest)) = content.split_at_checked(size) else {
        return content;
    };
    if is_end(rest) { samples } else { content }
}

/// Whether nothing but chunks, padding or a tag follows.
fn is_end(mut rest: &[u8]) -> bool {
    for _ in 0..MAX_CHUNKS {
        if rest.starts_with(b"TAG")
            || rest.starts_with(b"ID3")
            || rest.iter().all(|byte| *byte == 0)
        {
            return true;
        }
        let next =
            chunk(rest).filter(|(name, size, content)| is_name(**name) && *size <= content.len());
        // A byte of padding.
        let next = next.or_else(|| {
            chunk(rest.get(1..)?)
                .filter(|(name, size, content)| is_name(**name) && *size <= content.len())
        });
        let Some((_, size, content)) = next else {
            return rest.len() < 8;
        };
        rest = content.get(size..).unwrap_or_default();
    }
    false
}

fn read(header: &[u8]) -> Option<Format> {
    let short = |at: usize| {
        header
            .get(at..)?
            .first_chunk()
            .copied()
            .map(u16::from_le_bytes)
    };
    let rate = u32::from_le_bytes(*header.get(4..)?.first_chunk()?);
    let (mut tag, channels, mut bits) = (short(0)?, short(2)?, short(14)?);
    if tag == EXTENSIBLE {
        if header.get(26..40)? != GUID {
            return None;
        }
        tag = short(24)?;
    }
    if matches!(tag, A_LAW | MU_LAW) {
        bits = 8;
    }
    let is_plain =
        matches!(tag, PCM | FLOAT | A_LAW | MU_LAW) && bits % 8 == 0 && (8..=64).contains(&bits);
    (is_plain && (1..=64).contains(&channels)).then_some(Format {
        tag,
        channels,
        rate,
        bits,
    })
}

fn written(format: Format, samples: &[u8]) -> Vec<u8> {
    let Format {
        tag,
        channels,
        rate,
        bits,
    } = format;
    let block = channels * (bits / 8);
    let more: &[u8] = if tag == PCM { &[] } else { &[0, 0] };
    let samples = &samples[..samples.len() - samples.len() % usize::from(block)];
    let sizes = [
        36 + more.len() + samples.len(),
        16 + more.len(),
        samples.len(),
    ];
    let [whole, header, data] =
        sizes.map(|size| u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
    let mut file = b"RIFF".to_vec();
    file.extend(whole);
    file.extend(b"WAVEfmt ");
    file.extend(header);
    file.extend([tag, channels].map(u16::to_le_bytes).concat());
    file.extend(
        [rate, rate.saturating_mul(block.into())]
            .map(u32::to_le_bytes)
            .concat(),
    );
    file.extend([block, bits].map(u16::to_le_bytes).concat());
    file.extend(more);
    file.extend(b"data");
    file.extend(data);
    file.extend(samples);
    file
}
