//! Windows Media files: read by `ffmpeg` where it is installed, as nothing maintained reads them in Rust.

use super::form::{MOST, RATE, SLACK};
use centrale_core::error::Code;
use centrale_core::organisation::MAX_UPLOAD_MS;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// How a Windows Media file begins: the GUID of an ASF header.
const ASF: [u8; 16] = [
    0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c,
];
/// How long a conversion may take.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) fn is_wma(file: &[u8]) -> bool {
    file.starts_with(&ASF)
}

/// The samples of a Windows Media file; of one that is too long, no more than tells so.
pub(super) async fn samples(file: Vec<u8>) -> Result<Vec<i16>, Code> {
    run("ffmpeg", file).await
}

async fn run(program: &str, file: Vec<u8>) -> Result<Vec<i16>, Code> {
    let (rate, seconds) = (RATE.to_string(), (MAX_UPLOAD_MS / 1000 + 1).to_string());
    let mut command = Command::new(program);
    // It reads this one file, as what it is, and opens nothing else.
    command.args([
        "-hide_banner",
        "-loglevel",
        "error",
        "-nostdin",
        "-protocol_whitelist",
        "pipe",
    ]);
    command.args([
        "-f", "asf", "-i", "pipe:0", "-map", "0:a:0", "-t", &seconds, "-ac", "1", "-ar", &rate,
    ]);
    command.args(["-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| {
        tracing::info!(%error, program, "cannot be run: Windows Media files are refused");
        Code::SoundNotConverted
    })?;
    let (Some(mut into), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Code::Internal);
    };
    let fed = async move {
        // It stops reading when it has enough, or when this is no sound.
        into.write_all(&file).await.ok();
    };
    let mut bytes = Vec::new();
    let mut limited = out.take(2 * (MOST + SLACK + 1) as u64);
    let read = limited.read_to_end(&mut bytes);
    let ((), read) = tokio::time::timeout(PATIENCE, async { tokio::join!(fed, read) })
        .await
        .map_err(|_| Code::SoundUnreadable)?;
    if read.is_err() || bytes.is_empty() {
        return Err(Code::SoundUnreadable);
    }
    Ok(bytes
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_the_program_it_says_so() {
        let mut file = ASF.to_vec();
        file.extend([0; 100]);
        assert!(is_wma(&file));
        assert!(!is_wma(b"RIFF"));
        assert_eq!(
            run("/no/such/program", file.clone()).await,
            Err(Code::SoundNotConverted)
        );
        // A program that reads and says nothing stands for one that cannot read the file.
        assert_eq!(run("true", file).await, Err(Code::SoundUnreadable));
    }
}
