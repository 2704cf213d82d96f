//! Sends what is in the outbox, one mail after the other. A mail that is not taken is tried again after growing delays;
//! after [`RetryPolicy::whole`] it is given up, which is recorded and said. A server that is killed tries anew what it was
//! sending: a mail goes out at least once.

use super::relay::{Refusal, Relay, WHOLE};
use crate::clock::{Clock, Daily};
use crate::store::{Due, Result, Store};
use centrale_core::time::Timestamp;
use lettre::message::Mailbox;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How often the outbox is looked at when nobody says that there is something in it: another server may have put it there.
const LOOK: Duration = Duration::from_mins(1);
/// The longest time that nothing is sent because the server is silent.
const PAUSE: Duration = Duration::from_mins(5);

/// For how long, and how often, sending is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The delay after the first attempt; each is twice the one before.
    pub first: Duration,
    /// The longest delay.
    pub longest: Duration,
    /// How long a mail is tried.
    pub whole: Duration,
}

/// A minute, two, four, up to an hour, for five days (RFC 5321, § 4.5.4.1).
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_mins(1),
            longest: Duration::from_hours(1),
            whole: Duration::from_hours(120),
        }
    }
}

impl RetryPolicy {
    /// The delay after an attempt, counted from 1.
    fn after(&self, attempt: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        self.first.saturating_mul(factor).min(self.longest)
    }
}

pub(super) struct Outbox {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) relay: Relay,
    pub(super) from: Mailbox,
    pub(super) retry: RetryPolicy,
    /// Something was put in.
    pub(super) filled: Arc<Notify>,
}

impl Outbox {
    /// Sends until it is told to stop; the mail that is being sent is sent to its end.
    pub(super) async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut silent = 0;
        // Mails that were given up long ago.
        let mut forgets = Daily::default();
        while !*stop.borrow() {
            let now = self.clock.now();
            if forgets.is_due(now) {
                match self.store.forget_mails(now).await {
                    Ok(_) => forgets.done(now),
                    Err(error) => tracing::error!(%error, "old mails could not be removed"),
                }
            }
            let wait = self.round(&mut silent).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the outbox cannot be read or written");
                LOOK
            });
            tokio::select! {
                // While the server is silent, a new mail changes nothing.
                () = self.filled.notified(), if silent == 0 => {}
                () = tokio::time::sleep(wait) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }

    /// Sends the mail that is due first. Returns how long to wait for the next.
    async fn round(&self, silent: &mut u32) -> Result<Duration> {
        let now = self.clock.now();
        // By then this attempt is over, one way or the other.
        let again = plus(now, 2 * WHOLE);
        let Some(due) = self.store.take_mail(now, again).await? else {
            *silent = 0;
            let next = self.store.next_mail().await?;
            let wait = next.map_or(LOOK, |due| {
                Duration::from_millis(due.since(now).max(0).unsigned_abs())
            });
            return Ok(wait.min(LOOK));
        };
        let id = &due.mail.message_id;
        match self.relay.send(&self.from, &due.mail).await {
            Ok(_) => {
                self.store.mail_sent(id).await?;
                tracing::info!(%id, attempt = due.attempt, "a mail was sent");
                *silent = 0;
            }
            Err(Refusal::Never(reason)) => {
                self.give_up(&due, &reason).await?;
                *silent = 0;
            }
            Err(Refusal::NotNow(reason)) => {
                self.postpone(&due, &reason).await?;
                *silent = 0;
            }
            Err(Refusal::Silent(reason)) => {
                self.postpone(&due, &reason).await?;
                *silent = silent.saturating_add(1);
                return Ok(self.retry.after(*silent).min(PAUSE));
            }
        }
        Ok(Duration::ZERO)
    }

    async fn postpone(&self, due: &Due, reason: &str) -> Result<()> {
        let (now, id) = (self.clock.now(), &due.mail.message_id);
        if now >= plus(due.created_at, self.retry.whole) {
            return self.give_up(due, reason).await;
        }
        tracing::warn!(%id, attempt = due.attempt, reason, "a mail could not be sent yet");
        self.store
            .mail_waits(id, plus(now, self.retry.after(due.attempt)), reason)
            .await
    }

    async fn give_up(&self, due: &Due, reason: &str) -> Result<()> {
        let id = &due.mail.message_id;
        tracing::error!(%id, attempt = due.attempt, reason, "a mail could not be sent and is given up");
        self.store.give_up_mail(id, self.clock.now(), reason).await
    }
}

fn plus(moment: Timestamp, duration: Duration) -> Timestamp {
    moment.plus_ms(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_up_to_an_hour() {
        let minutes: Vec<u64> = (1..=9)
            .chain([40, u32::MAX])
            .map(|n| RetryPolicy::default().after(n).as_secs() / 60)
            .collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
    }
}
