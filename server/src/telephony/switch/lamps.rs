//! The message-waiting lamps of phones (requirement C15): lit while a mailbox holds messages that nobody heard, for whom
//! that is set.

use super::Ground;
use super::messages::{self, Count};
use centrale_core::id::UserId;
use centrale_core::service::voicemail_management::shows_waiting;
use centrale_core::snapshot::Snapshot;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Lamps are set one after another, each by what is counted in its turn: what was counted before never comes last.
#[derive(Clone, Default)]
pub(crate) struct Turn(Arc<Mutex<()>>);

/// Shows a user how many messages there are.
pub(super) async fn show(ground: &Ground, user: UserId) {
    let Some(phones) = &ground.phones else { return };
    let _turn = phones.lamps.0.lock().await;
    let lit = ground
        .live
        .view()
        .snapshot
        .user(user)
        .is_some_and(shows_waiting);
    let count = if lit {
        messages::list(&phones.messages, user).await
    } else {
        Count::default()
    };
    if let Err(error) = phones
        .ari
        .show_messages(&user.to_string(), count.new, count.old)
        .await
    {
        tracing::warn!(%error, user = user.0, "a message-waiting lamp could not be set");
    }
}

/// Phones of these users are there: an Asterisk that has begun anew knows of no message.
pub(super) fn remind(ground: &Ground, users: Vec<UserId>) {
    let ground = ground.clone();
    tokio::spawn(async move {
        let Some(phones) = &ground.phones else { return };
        for user in users {
            if messages::list(&phones.messages, user).await != Count::default() {
                show(&ground, user).await;
            }
        }
    });
}

/// Shows those of the users who changed for whom a save decided otherwise.
pub(super) fn follow(ground: &Ground, before: &Snapshot, now: &Snapshot, changed: &[UserId]) {
    let differs = |user: &&UserId| {
        let known = before.user(**user).zip(now.user(**user));
        known.is_some_and(|(known, now)| shows_waiting(known) != shows_waiting(now))
    };
    for user in changed.iter().filter(differs).copied() {
        let ground = ground.clone();
        tokio::spawn(async move { show(&ground, user).await });
    }
}
