//! What becomes of a message that was left: kept, mailed, or both, as is set. It is in the mailbox or in the outbox before
//! the recording goes.

use super::hands::Hands;
use super::messages;
use crate::mail::{Event, Letter, Post};
use crate::telephony::ari::{AriError, RecordingName};
use crate::wav;
use centrale_core::call::Delivery;
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use std::time::Duration;

/// What is shorter is no message: the caller hung up at the beep.
const SHORTEST: Duration = Duration::from_secs(1);
/// The waits, in milliseconds, for Asterisk to close a recording: mostly it has, and after ten seconds what is there is the message.
const CLOSING_MS: [u64; 8] = [20, 80, 200, 500, 1_000, 2_000, 3_000, 3_200];

impl Hands {
    pub(super) async fn deliver(&self, user: UserId, caller: Caller, how: &Delivery) {
        let (ari, name) = (&self.phones.ari, self.named.message());
        let sound = match self.recorded(&name).await {
            Ok(sound) => sound,
            // The caller hung up before the recording began.
            Err(error) if error.is_gone() => return tracing::debug!(%error, "no message"),
            Err(error) => return tracing::error!(%error, user = user.0, "a message could not be fetched"),
        };
        if wav::length(&sound).is_some_and(|length| length >= SHORTEST) {
            let forwarded = match &self.ground.mail {
                Some(post) => self.mail(post, user, caller, how, &sound).await,
                None => false,
            };
            // What cannot be forwarded stays.
            let stays = how.kept || !forwarded;
            if stays && !messages::keep(&self.phones.messages, user, &name, &sound).await {
                return;
            }
        }
        if let Err(error) = ari.delete_recording(&name).await {
            tracing::warn!(%error, "a recording could not be deleted");
        }
    }

    /// A recording, once it is complete: Asterisk closes its file some time after the caller hung up.
    async fn recorded(&self, name: &RecordingName) -> Result<Vec<u8>, AriError> {
        for wait in CLOSING_MS {
            if !self.phones.ari.is_recording(name).await? {
                break;
            }
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        self.phones.ari.recording(name).await
    }

    /// Mails a message and what is told of it. Returns whether it is forwarded.
    async fn mail(&self, post: &Post, user: UserId, caller: Caller, how: &Delivery, sound: &[u8]) -> bool {
        let config = self.ground.live.view().snapshot.clone();
        let left = Event { config: &config, user, caller, at: self.ground.clock.now() };
        let letters = left.message(how, sound);
        let put = async |letter: Letter| match post.post(&[letter]).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, user = user.0, "a message could not be mailed");
                false
            }
        };
        for letter in letters.others {
            put(letter).await;
        }
        match letters.forward {
            Some(letter) => put(letter).await,
            None => false,
        }
    }
}
