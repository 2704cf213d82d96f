//! The chain of events: each has a hash over itself and the hash of the one before, and the last hash is kept apart, so that
//! an event that is changed, moved or removed shows. Who can write into the database could make the whole chain anew:
//! against that one keeps what [`Store::check_events`] tells of the last event elsewhere, and asks for it later.

use super::events::Change;
use super::{Pool, Result, Store, Tx, row};
use centrale_core::api::security::{EventFault, EventLog, LastEvent};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{FromRow, Row};

/// So many events are read at once; hashing them takes less than a millisecond.
const PAGE: i64 = 250;
/// The most faults that are told.
const MOST: usize = 100;

/// An event as it is stored.
struct Stored {
    id: i64,
    at: i64,
    account_id: i64,
    by_name: String,
    owner: String,
    owner_id: i64,
    subject: String,
    before: Option<String>,
    after: Option<String>,
    hash: String,
}

impl FromRow<'_, AnyRow> for Stored {
    fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            at: row.try_get("at")?,
            account_id: row.try_get("account_id")?,
            by_name: row.try_get("by_name")?,
            owner: row.try_get("owner")?,
            owner_id: row.try_get("owner_id")?,
            subject: row.try_get("subject")?,
            before: row.try_get("before")?,
            after: row.try_get("after")?,
            hash: row.try_get("hash")?,
        })
    }
}

impl Stored {
    fn hash_after(&self, last: &str) -> String {
        hash(
            last,
            [self.id, self.at, self.account_id, self.owner_id],
            [&self.by_name, &self.owner, &self.subject],
            [self.before.as_deref(), self.after.as_deref()],
        )
    }
}

/// The hash of an event that follows another. Each text goes with its length, so that no two events are alike.
fn hash(last: &str, numbers: [i64; 4], texts: [&str; 3], values: [Option<&str>; 2]) -> String {
    let mut hasher = Sha256::new();
    let mut text = |text: &str| {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    };
    text(last);
    for one in texts {
        text(one);
    }
    for value in values {
        text(if value.is_some() { "+" } else { "" });
        text(value.unwrap_or_default());
    }
    for number in numbers {
        hasher.update(number.to_be_bytes());
    }
    hex::encode(hasher.finalize())
}

/// Adds an event to the chain; tells its hash. Whoever has an id for it has the row of the counter locked, so that nobody
/// else adds one meanwhile.
pub(super) async fn add(tx: &mut Tx, change: &Change<'_>) -> sqlx::Result<String> {
    let last: Option<String> = sqlx::query_scalar("SELECT hash FROM event_chain WHERE id = 1")
        .fetch_one(&mut **tx)
        .await?;
    let (owner, owner_id) = change.owner;
    let hash = hash(
        &last.unwrap_or_default(),
        [change.id, change.at.0, change.actor.account, owner_id],
        [&change.actor.name, owner, change.subject],
        [change.before.as_deref(), change.after.as_deref()],
    );
    set_last(tx, &hash).await?;
    Ok(hash)
}

async fn set_last(tx: &mut Tx, hash: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE event_chain SET hash = $1 WHERE id = 1")
        .bind(hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn page(tx: &mut Tx, after: i64) -> sqlx::Result<Vec<Stored>> {
    sqlx::query_as(
        "SELECT id, at, account_id, by_name, owner, owner_id, subject, before, after, hash FROM events
         WHERE id > $1 ORDER BY id LIMIT $2",
    )
    .bind(after)
    .bind(PAGE)
    .fetch_all(&mut **tx)
    .await
}

/// Makes a chain of the events of before, unless they are one.
pub(super) async fn make(pool: &Pool) -> Result<()> {
    let query = "SELECT hash FROM event_chain WHERE id = 1";
    let made: Option<Option<String>> = sqlx::query_scalar(query).fetch_optional(pool).await?;
    if made.flatten().is_some() {
        return Ok(());
    }
    let mut tx = pool.patient().write().await?;
    // As whoever adds an event does: nobody adds one meanwhile, and only one makes the chain.
    sqlx::query("UPDATE counters SET value = value WHERE name = 'events'")
        .execute(&mut *tx)
        .await?;
    let made: Option<String> = sqlx::query_scalar(query).fetch_one(&mut *tx).await?;
    if made.is_none() {
        let (mut last, mut after) = (String::new(), i64::MIN);
        loop {
            let events = page(&mut tx, after).await?;
            let Some(end) = events.last() else { break };
            after = end.id;
            for event in &events {
                last = event.hash_after(&last);
                sqlx::query("UPDATE events SET hash = $1 WHERE id = $2")
                    .bind(&last)
                    .bind(event.id)
                    .execute(&mut *tx)
                    .await?;
            }
        }
        set_last(&mut tx, &last).await?;
    }
    tx.commit().await?;
    Ok(())
}

impl Store {
    /// Whether every event is as it was written, and after the one after which it was written. `seen`: what was told of the
    /// last event at some time, which must be there still.
    pub async fn check_events(&self, seen: Option<&LastEvent>) -> Result<EventLog> {
        let mut tx = self.pool.patient().read().await?;
        let mut log = EventLog::default();
        let (mut last, mut after) = (LastEvent::default(), i64::MIN);
        let mut found = seen.is_none_or(|seen| *seen == LastEvent::default());
        loop {
            let events = page(&mut tx, after).await?;
            let Some(end) = events.last() else { break };
            after = end.id;
            for event in events {
                let id = row::version(event.id)?;
                if event.hash_after(&last.hash) != event.hash {
                    log.faults
                        .push(EventFault::DoesNotFollow { id, after: last.id });
                }
                last = LastEvent {
                    id,
                    hash: event.hash,
                };
                found |= seen == Some(&last);
                log.events += 1;
            }
            log.faults.truncate(MOST);
            tokio::task::yield_now().await;
        }
        let told: Option<String> = sqlx::query_scalar("SELECT hash FROM event_chain WHERE id = 1")
            .fetch_one(&mut *tx)
            .await?;
        tx.rollback().await?;
        if told.unwrap_or_default() != last.hash {
            log.faults.push(EventFault::EndMissing { after: last.id });
        }
        if let Some(seen) = seen.filter(|_| !found) {
            log.faults.push(EventFault::SeenMissing { id: seen.id });
        }
        log.last = last;
        Ok(log)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_events_are_alike() {
        let numbers = [1, 2, 3, 4];
        let all = [
            hash("", numbers, ["a", "b", "c"], [None, None]),
            hash("x", numbers, ["a", "b", "c"], [None, None]),
            hash("", [1, 2, 4, 3], ["a", "b", "c"], [None, None]),
            hash("", numbers, ["ab", "", "c"], [None, None]),
            hash("", numbers, ["a", "b", "c"], [Some(""), None]),
            hash("", numbers, ["a", "b", "c"], [None, Some("")]),
            hash("", numbers, ["a", "b", "c"], [Some("+"), None]),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(all[0].len(), 64);
    }
}
