//! The call histories of users, persons and virtual ones.

use super::{Actor, Result, Store, days_before, events, row, take};
use centrale_core::history::{Entry, Kind};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use std::collections::BTreeSet;

/// How long a call stays in histories, in days.
pub const CALLS_KEPT_DAYS: i64 = 90;
/// How many calls the history of one user holds; the oldest go first.
pub const CALLS_KEPT: usize = 1000;
/// The subject of the event when a history was emptied.
const SUBJECT: &str = "calls";

/// The place of an entry in a history: later calls first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallPlace {
    /// When it was dialled or reached the user.
    pub at: Timestamp,
    /// Among those of one moment.
    pub id: i64,
}

impl Store {
    /// Adds entries to the histories: all of them or none. Of each history the oldest go that are more than
    /// [`CALLS_KEPT`].
    pub async fn add_calls(&self, entries: &[Entry]) -> Result<()> {
        let mut tx = self.write().await?;
        let first = take(&mut tx, "calls", entries.len() as i64).await?;
        for (entry, id) in entries.iter().zip(first..) {
            sqlx::query(
                "INSERT INTO calls (user_id, at, id, kind, content) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(i64::from(entry.user.0))
            .bind(entry.at.0)
            .bind(id)
            .bind(entry.kind.name())
            .bind(row::json(entry)?)
            .execute(&mut *tx)
            .await?;
        }
        let users: BTreeSet<UserId> = entries.iter().map(|entry| entry.user).collect();
        for user in users {
            sqlx::query(
                "DELETE FROM calls WHERE user_id = $1 AND at < (SELECT at FROM calls WHERE user_id = $2
                 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $3)",
            )
            .bind(i64::from(user.0))
            .bind(i64::from(user.0))
            .bind(CALLS_KEPT as i64 - 1)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The history of a user, the latest call first: those of one kind or all, before a place or from the first on.
    /// What cannot be read any more is reported and left out.
    pub async fn calls_of(
        &self,
        user: UserId,
        kind: Option<Kind>,
        before: Option<CallPlace>,
        limit: u32,
    ) -> Result<Vec<(CallPlace, Entry)>> {
        let before = before.unwrap_or(CallPlace {
            at: Timestamp(i64::MAX),
            id: 0,
        });
        let kind = kind.map_or("", Kind::name);
        let rows: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT at, id, content FROM calls
             WHERE user_id = $1 AND ($2 = '' OR kind = $3) AND (at < $4 OR (at = $5 AND id < $6))
             ORDER BY at DESC, id DESC LIMIT $7",
        )
        .bind(i64::from(user.0))
        .bind(kind)
        .bind(kind)
        .bind(before.at.0)
        .bind(before.at.0)
        .bind(before.id)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let read = |(at, id, content): (i64, i64, String)| {
            let place = CallPlace {
                at: Timestamp(at),
                id,
            };
            serde_json::from_str(&content)
                .inspect_err(
                    |error| tracing::error!(%error, user = user.0, "a call cannot be read"),
                )
                .ok()
                .map(|entry| (place, entry))
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Empties the history of a user, and leaves an event with how much was in it.
    pub async fn clear_calls(&self, actor: &Actor, now: Timestamp, user: UserId) -> Result<()> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let done = sqlx::query("DELETE FROM calls WHERE user_id = $1")
            .bind(i64::from(user.0))
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            tx.rollback().await?;
            return Ok(());
        }
        let change = events::Change {
            id: event,
            actor,
            at: now,
            owner: (row::USER, i64::from(user.0)),
            subject: SUBJECT,
            before: Some(done.rows_affected().to_string()),
            after: None,
        };
        events::insert(&mut tx, change).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets calls that are older than [`CALLS_KEPT_DAYS`]. Returns how many entries that were.
    pub async fn forget_calls(&self, now: Timestamp) -> Result<u64> {
        let oldest = days_before(now, CALLS_KEPT_DAYS);
        let done = sqlx::query("DELETE FROM calls WHERE at < $1")
            .bind(oldest.0)
            .execute(&self.pool.patient())
            .await?;
        Ok(done.rows_affected())
    }
}
