//! What becomes of a recording: how long it is is told to the call, which says whether it is a message. A message is kept,
//! mailed, or both, as is set: it is in the mailbox or in the outbox before the recording goes.

use super::call_task::CallTask;
use super::messages;
use crate::mail::{CallNotice, Email, Mailer};
use crate::telephony::ari::{AriError, RecordingName};
use crate::wav;
use centrale_core::call::Delivery;
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use std::time::Duration;

/// The waits, in milliseconds, for Asterisk to close a recording: mostly it has, and after ten seconds what is there is the message.
const CLOSING_MS: [u64; 8] = [20, 80, 200, 500, 1_000, 2_000, 3_000, 3_200];

impl CallTask {
    /// Fetches what was recorded, and tells for how many milliseconds it plays.
    pub(super) async fn measure(&mut self, user: UserId) -> u32 {
        match self.recorded(&self.names.message()).await {
            Ok(sound) => {
                let length = wav::length(&sound).unwrap_or_default();
                self.recording = Some(sound);
                u32::try_from(length.as_millis()).unwrap_or(u32::MAX)
            }
            // The caller hung up before the recording began.
            Err(error) if error.is_gone() => 0,
            Err(error) => {
                tracing::error!(%error, user = user.0, "a message could not be fetched");
                0
            }
        }
    }

    pub(super) async fn deliver(&mut self, user: UserId, caller: Caller, how: &Delivery) {
        let Some(sound) = self.recording.take() else {
            return;
        };
        let forwarded = match &self.deps.mail {
            Some(mailer) => self.mail(mailer, user, caller, how, &sound).await,
            None => false,
        };
        // What cannot be forwarded stays.
        let stays = how.kept || !forwarded;
        let name = self.names.message();
        if !stays || messages::save(&self.phones.messages, user, &name, &sound).await {
            self.drop_recording().await;
        }
    }

    /// What was recorded and is delivered, or is no message.
    pub(super) async fn drop_recording(&self) {
        if let Err(error) = self
            .phones
            .ari
            .delete_recording(&self.names.message())
            .await
        {
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
    async fn mail(
        &self,
        mailer: &Mailer,
        user: UserId,
        caller: Caller,
        how: &Delivery,
        sound: &[u8],
    ) -> bool {
        let config = self.deps.live.view().snapshot.clone();
        let left = CallNotice {
            config: &config,
            user,
            caller,
            at: self.deps.clock.now(),
        };
        let emails = left.message(how, sound);
        let put = async |email: Email| match mailer.store(&[email]).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, user = user.0, "a message could not be mailed");
                false
            }
        };
        for email in emails.others {
            put(email).await;
        }
        match emails.forward {
            Some(email) => put(email).await,
            None => false,
        }
    }
}
