//! Mailboxes as folders of WAV files: `messages/<user>/*.wav`, and `*.old.wav` once a message was heard.

use super::channel_names::CallId;
use crate::private;
use crate::telephony::ari::RecordingName;
use centrale_core::id::UserId;
use std::path::{Path, PathBuf};

/// The most messages of one mailbox.
pub(super) const MAX_MESSAGES: usize = 100;

/// How many messages there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) new: u16,
    pub(super) old: u16,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    path: PathBuf,
    old: bool,
}

impl Message {
    /// Where it is played from: below an address at which the folder of all mailboxes is served.
    pub(super) fn sound(&self, served: &str) -> Option<String> {
        let file = self.path.file_name()?.to_str()?;
        let mailbox = self.path.parent()?.file_name()?.to_str()?;
        Some(format!("{served}/{mailbox}/{file}"))
    }
}

/// The messages of a mailbox, new ones first, each group from the oldest on.
pub(super) async fn files(folder: &Path, user: UserId) -> Vec<Message> {
    let mut found = Vec::new();
    // A mailbox into which nobody spoke has no folder yet.
    let Ok(mut entries) = tokio::fs::read_dir(folder.join(user.to_string())).await else {
        return found;
    };
    while let Ok(Some(entry)) = entries.next_entry().await {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "wav") {
            found.push(Message {
                old: name.ends_with(".old.wav"),
                path,
            });
        }
    }
    found.sort_by_cached_key(|message| {
        // Calls are counted: those with more digits came later.
        let call = message
            .path
            .file_name()
            .and_then(|name| CallId::from_name(name.to_str()?));
        (message.old, call, message.path.clone())
    });
    found
}

/// How many messages there are in a mailbox.
pub(super) async fn count(folder: &Path, user: UserId) -> Count {
    let files = files(folder, user).await;
    let of = |old| u16::try_from(files.iter().filter(|m| m.old == old).count()).unwrap_or(u16::MAX);
    Count {
        new: of(false),
        old: of(true),
    }
}

/// Marks messages as heard.
pub(super) async fn mark_heard(messages: &[Message]) {
    for message in messages.iter().filter(|message| !message.old) {
        if let Err(error) =
            tokio::fs::rename(&message.path, message.path.with_extension("old.wav")).await
        {
            tracing::error!(%error, "a message could not be marked as heard");
        }
    }
}

/// Clears the message-waiting indicator: nothing is new any more.
pub(super) async fn clear(folder: &Path, user: UserId) {
    mark_heard(&files(folder, user).await).await;
}

/// Writes a complete message to the folder of its mailbox. False: it could not be written, which was reported.
pub(super) async fn save(
    messages: &Path,
    user: UserId,
    name: &RecordingName,
    sound: &[u8],
) -> bool {
    let folder = messages.join(user.to_string());
    let (file, sound) = (folder.join(format!("{}.wav", name.0)), sound.to_vec());
    let write = move || private::create_folder(&folder).and_then(|()| private::write(&file, sound));
    let written = tokio::task::spawn_blocking(write)
        .await
        .unwrap_or_else(|error| Err(error.into()));
    if let Err(error) = &written {
        tracing::error!(%error, user = user.0, "a message could not be kept");
    }
    written.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn new_messages_come_first_and_of_each_the_oldest() {
        let folder = tempfile::tempdir().unwrap();
        let user = UserId(7);
        for name in [
            "call-5-10-message",
            "call-5-9-message",
            "call-4-12-message",
            "call-5-2-message.old",
        ] {
            assert!(save(folder.path(), user, &RecordingName(name.into()), b"sound").await);
        }
        let names = async || -> Vec<String> {
            let files = files(folder.path(), user).await;
            files
                .iter()
                .map(|file| file.sound("http:").unwrap().replace("-message", ""))
                .collect()
        };
        let expected = [
            "call-4-12.wav",
            "call-5-9.wav",
            "call-5-10.wav",
            "call-5-2.old.wav",
        ];
        assert_eq!(
            names().await,
            expected.map(|name| format!("http:/7/{name}"))
        );
        assert_eq!(count(folder.path(), user).await, Count { new: 3, old: 1 });
        clear(folder.path(), user).await;
        let expected = [
            "call-4-12.old.wav",
            "call-5-2.old.wav",
            "call-5-9.old.wav",
            "call-5-10.old.wav",
        ];
        assert_eq!(
            names().await,
            expected.map(|name| format!("http:/7/{name}"))
        );
    }
}
