//! What becomes of a message that was left: kept, mailed, or both, as is set. It is in the mailbox or in the outbox before
//! the recording goes.

use super::hands::Hands;
use super::messages;
use crate::mail::{Event, Letter, Post};
use centrale_core::call::Delivery;
use centrale_core::caller::Caller;
use centrale_core::id::UserId;

impl Hands {
    pub(super) async fn deliver(&self, user: UserId, caller: Caller, how: &Delivery) {
        let (ari, name) = (&self.phones.ari, self.named.message());
        let sound = match ari.recording(&name).await {
            Ok(sound) => sound,
            // Nothing was said before the caller hung up.
            Err(error) => return tracing::debug!(%error, "no message"),
        };
        let forwarded = match &self.ground.mail {
            Some(post) => self.mail(post, user, caller, how, &sound).await,
            None => false,
        };
        // What cannot be forwarded stays.
        let kept = !how.kept && forwarded || messages::keep(&self.phones.messages, user, &name, &sound).await;
        if kept && let Err(error) = ari.delete_recording(&name).await {
            tracing::warn!(%error, "a recording could not be deleted");
        }
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
