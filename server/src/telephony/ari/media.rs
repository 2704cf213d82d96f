//! Announcements and recordings.

use super::client::{Ari, AriError};
use super::model::{BridgeId, ChannelId, PlaybackId, RecordingName};
use reqwest::Method;

/// What can be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// A sound file without its ending, found in the language of the playback:
    /// `centrale/anonymous-rejected`, `beep`.
    Sound(String),
    /// A recording of ours.
    Recording(RecordingName),
    /// Digits one by one.
    Digits(String),
    /// A whole number.
    Number(i64),
    /// A tone of `indications.conf`: `busy`, `congestion`, `ring`. Goes on until it is stopped.
    Tone(String),
}

impl Media {
    fn uri(&self) -> String {
        match self {
            Self::Sound(name) => format!("sound:{name}"),
            Self::Recording(name) => format!("recording:{name}"),
            Self::Digits(digits) => format!("digits:{digits}"),
            Self::Number(number) => format!("number:{number}"),
            Self::Tone(name) => format!("tone:{name}"),
        }
    }
}

/// Who hears a playback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayOn<'a> {
    /// One leg. Not answered yet, it hears it as early media (183).
    Channel(&'a ChannelId),
    /// All legs of a bridge.
    Bridge(&'a BridgeId),
}

/// How a message is recorded: 8 kHz WAV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Its name; one with the same name is replaced.
    pub name: RecordingName,
    /// Longest length in seconds.
    pub max_seconds: u32,
    /// Ends after so many seconds of silence; 0 never.
    pub max_silence: u32,
    /// Plays a beep first.
    pub beep: bool,
    /// Ends at this digit (`#`, `*`, or `any`).
    pub end_digit: Option<String>,
}

impl Ari {
    /// Plays sounds one after another. `PlaybackFinished` follows, also when it is stopped, cannot be
    /// played, or the leg is gone.
    pub async fn play(
        &self,
        on: PlayOn<'_>,
        id: &PlaybackId,
        media: &[Media],
        language: &str,
    ) -> Result<(), AriError> {
        let (kind, target) = match on {
            PlayOn::Channel(channel) => ("channels", channel.0.as_str()),
            PlayOn::Bridge(bridge) => ("bridges", bridge.0.as_str()),
        };
        let list = media.iter().map(Media::uri).collect::<Vec<_>>().join(",");
        self.post(
            &[kind, target, "play", &id.0],
            &[("media", &list), ("lang", language)],
        )
        .await
    }

    /// Stops a playback.
    pub async fn stop_playback(&self, id: &PlaybackId) -> Result<(), AriError> {
        self.delete(&["playbacks", &id.0], &[]).await
    }

    /// Records what an answered leg says. `RecordingFinished` or `RecordingFailed` follows.
    pub async fn record(&self, channel: &ChannelId, recording: &Recording) -> Result<(), AriError> {
        let max_seconds = recording.max_seconds.to_string();
        let max_silence = recording.max_silence.to_string();
        let query = [
            ("name", recording.name.0.as_str()),
            ("format", "wav"),
            ("ifExists", "overwrite"),
            ("maxDurationSeconds", &max_seconds),
            ("maxSilenceSeconds", &max_silence),
            ("beep", if recording.beep { "true" } else { "false" }),
            (
                "terminateOn",
                recording.end_digit.as_deref().unwrap_or("none"),
            ),
        ];
        self.post(&["channels", &channel.0, "record"], &query).await
    }

    /// Whether a recording goes on. One that does not is complete: Asterisk forgets it once its file is closed.
    pub async fn is_recording(&self, name: &RecordingName) -> Result<bool, AriError> {
        let request = self.request(Method::GET, &["recordings", "live", &name.0])?;
        match self.send(request).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_gone() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The WAV file of a finished recording.
    pub async fn recording(&self, name: &RecordingName) -> Result<Vec<u8>, AriError> {
        let request = self.request(Method::GET, &["recordings", "stored", &name.0, "file"])?;
        Ok(self.send(request).await?.bytes().await?.into())
    }

    /// Deletes a finished recording from Asterisk.
    pub async fn delete_recording(&self, name: &RecordingName) -> Result<(), AriError> {
        self.delete(&["recordings", "stored", &name.0], &[]).await
    }
}
