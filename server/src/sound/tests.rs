//! Files of every kind that is read, and of some that are not, made of a tone: what is kept still is that tone.

#[path = "../../tests/support/alaw.rs"]
mod alaw;

use super::form::{HEADER, RATE};
use super::{NotRead, Sound, converted};
use centrale_core::error::Code;
use std::f64::consts::TAU;
use tokio::runtime::Handle;

/// Half a second of 440 Hz, by LAME at 32 kbit/s.
const MP3: &[u8] = include_bytes!("../../tests/sounds/tone.mp3");
/// The same, as Windows Media by ffmpeg.
const WMA: &[u8] = include_bytes!("../../tests/sounds/tone.wma");

/// How a WAV file holds its samples.
#[derive(Clone, Copy, Debug)]
enum Form {
    Pcm8,
    Pcm16,
    Alaw,
    Ulaw,
}

/// A WAV file of a tone of 440 Hz in every channel.
fn wav(form: Form, rate: u32, channels: u16, milliseconds: u32) -> Vec<u8> {
    let (tag, bytes) = match form {
        Form::Pcm8 => (1_u16, 1),
        Form::Pcm16 => (1, 2),
        Form::Alaw => (6, 1),
        Form::Ulaw => (7, 1),
    };
    let mut data = Vec::new();
    for at in 0..u64::from(rate) * u64::from(milliseconds) / 1000 {
        let sample = (8_000.0 * (TAU * 440.0 * at as f64 / f64::from(rate)).sin()) as i16;
        for _ in 0..channels {
            match form {
                Form::Pcm8 => data.push((sample >> 8) as u8 ^ 0x80),
                Form::Pcm16 => data.extend(sample.to_le_bytes()),
                Form::Alaw => data.push(alaw::encode(sample)),
                Form::Ulaw => data.push(ulaw(sample)),
            }
        }
    }
    let length = u32::try_from(data.len()).unwrap();
    let mut file = b"RIFF".to_vec();
    // Some say in the header that nothing more follows, some say nothing.
    let more: &[u8] = if tag > 1 && rate > 8_000 {
        &[0, 0]
    } else {
        &[]
    };
    file.extend((length + 36 + more.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend((16 + more.len() as u32).to_le_bytes());
    file.extend([tag, channels].map(u16::to_le_bytes).concat());
    file.extend(
        [rate, rate * u32::from(channels * bytes)]
            .map(u32::to_le_bytes)
            .concat(),
    );
    file.extend([channels * bytes, bytes * 8].map(u16::to_le_bytes).concat());
    file.extend(more);
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(data);
    file
}

/// ITU-T G.711, table 2a.
fn ulaw(sample: i16) -> u8 {
    let sign = if sample >= 0 { 0 } else { 0x80 };
    let size = (i32::from(sample).abs() + 132).min(0x7fff) as u16;
    let segment = 8 - size.leading_zeros() as u16;
    let low = (size >> (segment + 3)) & 0xf;
    !(sign | ((segment << 4) | low) as u8)
}

fn samples(sound: &Sound) -> Vec<f64> {
    let pairs = sound.wav[HEADER..].chunks_exact(2);
    pairs
        .map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]])))
        .collect()
}

/// How much of the sound is this tone: 1 when it is nothing else.
fn share(samples: &[f64], tone: f64) -> f64 {
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (at, sample) in samples.iter().enumerate() {
        let (sine, cosine) = (TAU * tone * at as f64 / f64::from(RATE)).sin_cos();
        real += sample * cosine;
        imaginary += sample * sine;
    }
    let count = samples.len() as f64;
    let power = samples.iter().map(|sample| sample * sample).sum::<f64>() / count;
    2.0 * (real * real + imaginary * imaginary) / (count * count) / power
}

fn is_the_tone(sound: &Sound, name: &str) {
    let samples = samples(sound);
    let middle = &samples[RATE as usize / 10..RATE as usize * 4 / 10];
    let found = share(middle, 440.0);
    assert!(found > 0.95, "{name}: {found}");
    let loud = middle
        .iter()
        .fold(0.0, |most: f64, sample| most.max(sample.abs()));
    assert!((7_000.0..9_000.0).contains(&loud), "{name}: {loud}");
    assert_eq!(sound.bytes() as usize, sound.wav.len());
    assert_eq!(
        Sound::of_wav(sound.wav.clone()).map(|sound| sound.length_ms),
        Some(sound.length_ms),
        "{name}"
    );
}

/// A file in the form in which sounds are kept.
async fn convert(file: Vec<u8>) -> Result<Sound, Code> {
    super::convert(None, move || Ok(file))
        .await
        .map_err(|error| match error {
            NotRead::Wrong(code) => code,
            NotRead::Pool(error) => panic!("{error}"),
        })
}

#[tokio::test]
async fn what_is_kept_is_the_tone_that_was_uploaded() {
    for form in [Form::Pcm8, Form::Pcm16, Form::Alaw, Form::Ulaw] {
        for (rate, channels) in [
            (8_000, 1),
            (16_000, 1),
            (44_100, 2),
            (48_000, 1),
            (11_025, 2),
        ] {
            let name = format!("{form:?} {rate} {channels}");
            let sound = convert(wav(form, rate, channels, 500))
                .await
                .unwrap_or_else(|e| panic!("{name}: {e:?}"));
            assert_eq!(sound.length_ms, 500, "{name}");
            is_the_tone(&sound, &name);
        }
    }
    let sound = convert(MP3.to_vec()).await.unwrap();
    assert!((450..650).contains(&sound.length_ms), "{}", sound.length_ms);
    is_the_tone(&sound, "MP3");
}

#[tokio::test]
async fn windows_media_is_read_where_ffmpeg_is_installed() {
    if std::process::Command::new("ffmpeg")
        .arg("-version")
        .output()
        .is_err()
    {
        eprintln!("**** NOT READ: ffmpeg is not installed ****");
        assert_eq!(
            convert(WMA.to_vec()).await.err(),
            Some(Code::SoundNotConverted)
        );
        return;
    }
    let sound = convert(WMA.to_vec()).await.unwrap();
    assert!((450..750).contains(&sound.length_ms), "{}", sound.length_ms);
    is_the_tone(&sound, "WMA");
    assert_eq!(
        convert(WMA[..64].to_vec()).await.err(),
        Some(Code::SoundUnreadable)
    );
}

#[tokio::test]
async fn equal_sounds_are_kept_once() {
    let one = convert(wav(Form::Pcm16, 16_000, 1, 100)).await.unwrap();
    let stereo = convert(wav(Form::Pcm16, 16_000, 2, 100)).await.unwrap();
    let other = convert(wav(Form::Pcm16, 16_000, 1, 101)).await.unwrap();
    assert_eq!(one.hash(), stereo.hash());
    assert_ne!(one.hash(), other.hash());
}

#[tokio::test]
async fn what_is_no_sound_is_refused() {
    let check = async |name: &str, file: Vec<u8>, expected: Code| {
        assert_eq!(convert(file).await.err(), Some(expected), "{name}");
    };
    check("nothing", Vec::new(), Code::SoundUnreadable).await;
    check(
        "a text",
        b"This is no sound. ".repeat(500),
        Code::SoundUnreadable,
    )
    .await;
    check(
        "a page",
        b"<!doctype html><title>x</title>".repeat(100),
        Code::SoundUnreadable,
    )
    .await;
    check("zeroes", vec![0; 10_000], Code::SoundUnreadable).await;
    // Bytes that look like the beginning of MP3 frames here and there.
    let noise: Vec<u8> = (0..100_000_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    check("noise", noise, Code::SoundUnreadable).await;
    check(
        "a header alone",
        wav(Form::Pcm16, 16_000, 1, 0),
        Code::SoundEmpty,
    )
    .await;
    let mut silent = wav(Form::Pcm16, 16_000, 1, 500);
    silent[HEADER..].fill(0);
    check("silence", silent, Code::SoundEmpty).await;
    let mut unknown = wav(Form::Pcm16, 16_000, 1, 500);
    unknown[20] = 0x99;
    check("a codec that is not known", unknown, Code::SoundUnreadable).await;
    check(
        "too slow",
        wav(Form::Pcm16, 3_999, 1, 500),
        Code::SoundUnreadable,
    )
    .await;
    check(
        "too many channels",
        wav(Form::Pcm8, 8_000, 9, 500),
        Code::SoundUnreadable,
    )
    .await;
    // Without the pool, as below.
    let long = converted(wav(Form::Pcm8, 8_000, 1, 600_300), &Handle::current());
    assert_eq!(long.err(), Some(Code::SoundTooLong));
}

#[tokio::test]
async fn ten_minutes_fit_and_a_file_that_breaks_off_is_a_sound_up_to_there() {
    // Without the pool: a debug build on a machine that is busy takes longer than the minute that an upload has.
    let system = Handle::current();
    let sound = converted(wav(Form::Alaw, 8_000, 1, 600_000), &system).unwrap();
    assert_eq!(sound.length_ms, 600_000);
    let padded = converted(wav(Form::Alaw, 8_000, 1, 600_200), &system).unwrap();
    assert_eq!(padded.length_ms, 600_000);
    let broken = convert(wav(Form::Pcm16, 16_000, 1, 1_000)[..HEADER + 16_000].to_vec())
        .await
        .unwrap();
    assert!(
        (400..=500).contains(&broken.length_ms),
        "{}",
        broken.length_ms
    );
    is_the_tone(&broken, "broken off");
}

#[tokio::test]
async fn samples_that_are_no_numbers_are_silence() {
    let odd = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::MAX,
        f32::MIN,
        1.5,
        -1.5,
    ];
    for rate in [8_000_u32, 16_000, 44_100] {
        let samples = (0..rate).map(|at| {
            if at % 100 < 7 {
                odd[at as usize % 100]
            } else {
                0.25
            }
        });
        let data: Vec<u8> = samples.flat_map(f32::to_le_bytes).collect();
        let length = u32::try_from(data.len()).unwrap();
        let mut file = b"RIFF".to_vec();
        file.extend((length + 36).to_le_bytes());
        file.extend(b"WAVEfmt \x10\0\0\0\x03\0\x01\0");
        file.extend([rate, rate * 4].map(u32::to_le_bytes).concat());
        file.extend(b"\x04\0\x20\0data");
        file.extend(length.to_le_bytes());
        file.extend(data);
        let sound = convert(file).await.unwrap();
        assert_eq!(sound.length_ms, 1_000, "{rate}");
    }
}

#[test]
fn only_its_own_form_is_taken_as_it_is() {
    let ours = wav(Form::Pcm16, RATE, 1, 100);
    assert_eq!(
        Sound::of_wav(ours.clone()).map(|sound| sound.length_ms),
        Some(100)
    );
    for other in [
        wav(Form::Pcm16, 8_000, 1, 100),
        wav(Form::Alaw, RATE, 1, 100),
        ours[..1000].to_vec(),
        Vec::new(),
    ] {
        assert!(Sound::of_wav(other).is_none());
    }
}

/// A chunk of a WAV file.
fn chunk(name: &str, content: &[u8]) -> Vec<u8> {
    let mut chunk = name.as_bytes().to_vec();
    chunk.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
    chunk.extend(content);
    chunk.resize(chunk.len() + content.len() % 2, 0);
    chunk
}

fn file_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let chunks = chunks.concat();
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(chunks.len() + 4).unwrap().to_le_bytes());
    file.extend(b"WAVE");
    file.extend(chunks);
    file
}

/// The header of a file and its samples.
fn parts(form: Form, rate: u32, channels: u16) -> (Vec<u8>, Vec<u8>) {
    let file = wav(form, rate, channels, 500);
    let length = file[16] as usize;
    (file[20..20 + length].to_vec(), file[28 + length..].to_vec())
}

/// A header with the tag in a GUID.
fn extensible(header: &[u8]) -> Vec<u8> {
    let mut wide = vec![0xfe, 0xff];
    wide.extend(&header[2..16]);
    wide.extend([22, 0, header[14], header[15], 0, 0, 0, 0]);
    wide.extend(&header[..2]);
    wide.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    wide
}

#[tokio::test]
async fn headers_are_read_as_they_are_written() {
    let list = chunk("LIST", b"INFOIART\x03\0\0\0abc");
    for form in [Form::Pcm8, Form::Pcm16, Form::Alaw, Form::Ulaw] {
        let (header, data) = parts(form, 8_000, 1);
        let longer = [&header[..16], &[2, 0, 0, 0]].concat();
        let data = chunk("data", &data);
        let files = [
            ("20 bytes", vec![chunk("fmt ", &longer), data.clone()]),
            (
                "extensible",
                vec![chunk("fmt ", &extensible(&header)), data.clone()],
            ),
            (
                "behind chunks",
                vec![
                    list.clone(),
                    chunk("fact", &[0; 4]),
                    chunk("fmt ", &header),
                    list.clone(),
                    data.clone(),
                ],
            ),
            (
                "before chunks",
                vec![chunk("fmt ", &header), data.clone(), list.clone()],
            ),
        ];
        for (what, chunks) in files {
            let name = format!("{form:?} {what}");
            let sound = convert(file_of(&chunks))
                .await
                .unwrap_or_else(|e| panic!("{name}: {e:?}"));
            assert_eq!(sound.length_ms, 500, "{name}");
            is_the_tone(&sound, &name);
        }
    }
}

#[tokio::test]
async fn sizes_that_were_never_filled_in_do_not_matter() {
    let whole = wav(Form::Pcm16, 16_000, 1, 500);
    for (what, riff, data) in [
        ("zero", 0, 0),
        ("a pipe", u32::MAX, u32::MAX),
        ("short", 36, 1_000),
        (
            "short to the whole",
            36,
            u32::try_from(whole.len() - HEADER).unwrap(),
        ),
        ("long", u32::MAX - 7, 0x7fff_ffff),
    ] {
        let mut file = whole.clone();
        file[4..8].copy_from_slice(&u32::to_le_bytes(riff));
        file[40..44].copy_from_slice(&u32::to_le_bytes(data));
        let sound = convert(file)
            .await
            .unwrap_or_else(|e| panic!("{what}: {e:?}"));
        assert_eq!(sound.length_ms, 500, "{what}");
        is_the_tone(&sound, what);
    }
}

#[tokio::test]
async fn channels_of_opposite_polarity_are_heard() {
    for rate in [8_000, 16_000, 44_100] {
        let (header, data) = parts(Form::Pcm16, rate, 2);
        let turned = data.chunks_exact(4).flat_map(|frame| {
            let right = i16::from_le_bytes([frame[2], frame[3]]);
            [
                frame[0],
                frame[1],
                (-right).to_le_bytes()[0],
                (-right).to_le_bytes()[1],
            ]
        });
        let file = file_of(&[
            chunk("fmt ", &header),
            chunk("data", &turned.collect::<Vec<_>>()),
        ]);
        let sound = convert(file)
            .await
            .unwrap_or_else(|e| panic!("{rate}: {e:?}"));
        is_the_tone(&sound, "opposite polarity");
    }
}

/// A sound that is kept is one that an import takes, whatever it was made from; what is shorter than the millisecond in which
/// its length is told is refused when it is uploaded.
#[tokio::test]
async fn what_is_kept_can_be_imported() {
    for rate in [
        4_000, 8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 192_000,
    ] {
        for count in [
            0_u32, 1, 3, 4, 7, 8, 11, 12, 15, 16, 17, 44, 45, 48, 99, 192, 4_095, 4_096, 4_097,
        ] {
            for channels in [1_u16, 2, 3] {
                let (mut header, _) = parts(Form::Pcm16, rate, channels);
                header.truncate(16);
                let data: Vec<u8> = (0..count * u32::from(channels))
                    .flat_map(|_| 8_000_i16.to_le_bytes())
                    .collect();
                let file = file_of(&[chunk("fmt ", &header), chunk("data", &data)]);
                let name = format!("{count} samples of {rate}, {channels} channels");
                let whole = (u64::from(count) * 16_000).div_ceil(u64::from(rate)) >= 16;
                match convert(file).await {
                    Ok(sound) => {
                        assert!(whole, "{name}");
                        let imported =
                            Sound::of_wav(sound.wav.clone()).unwrap_or_else(|| panic!("{name}"));
                        assert!(imported.length_ms > 0, "{name}");
                        assert_eq!(
                            (imported.length_ms, imported.bytes(), imported.hash()),
                            (sound.length_ms, sound.bytes(), sound.hash())
                        );
                    }
                    Err(code) => {
                        assert_eq!(code, Code::SoundEmpty, "{name}");
                        assert!(!whole, "{name}");
                    }
                }
            }
        }
    }
}
