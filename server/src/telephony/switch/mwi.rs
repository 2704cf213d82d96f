//! Message-waiting indication (MWI), the message lamps of phones (requirement C15): lit while a mailbox holds messages that
//! nobody heard, for users who set that.

use super::SwitchDeps;
use super::messages::{self, Count};
use centrale_core::id::UserId;
use centrale_core::service::voicemail_management::shows_waiting;
use centrale_core::snapshot::Snapshot;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Held while messages are counted and the lamp is set, so that an older count never overwrites a newer one.
#[derive(Clone, Default)]
pub(crate) struct UpdateLock(Arc<Mutex<()>>);

/// Sets the lamp of a user's phones by how many messages there are.
pub(super) async fn show(deps: &SwitchDeps, user: UserId) {
    let Some(phones) = &deps.phones else { return };
    let _turn = phones.mwi.0.lock().await;
    let lit = deps
        .live
        .view()
        .snapshot
        .user(user)
        .is_some_and(shows_waiting);
    let count = if lit {
        messages::count(&phones.messages, user).await
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

/// Phones of these users have registered: an Asterisk that was restarted knows of no message.
pub(super) fn registered(deps: &SwitchDeps, users: Vec<UserId>) {
    let deps = deps.clone();
    tokio::spawn(async move {
        let Some(phones) = &deps.phones else { return };
        for user in users {
            if messages::count(&phones.messages, user).await != Count::default() {
                show(&deps, user).await;
            }
        }
    });
}

/// Sets the lamps of those changed users whose setting of the indicator changed.
pub(super) fn configure(deps: &SwitchDeps, before: &Snapshot, now: &Snapshot, changed: &[UserId]) {
    let differs = |user: &&UserId| {
        let known = before.user(**user).zip(now.user(**user));
        known.is_some_and(|(known, now)| shows_waiting(known) != shows_waiting(now))
    };
    for user in changed.iter().filter(differs).copied() {
        let deps = deps.clone();
        tokio::spawn(async move { show(&deps, user).await });
    }
}
