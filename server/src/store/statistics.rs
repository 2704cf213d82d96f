//! What was counted of call centers and agents, by quarter of an hour.

use super::{Result, Store, Tx, days_before, row};
use centrale_core::acd::{Counters, Interval};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use sqlx::Row;

/// How long counters are kept, in days: 13 months, so that a month can be held against the same one a year before.
pub const KEPT_DAYS: i64 = 396;

/// What was counted of each.
pub type Counted = [(UserId, Vec<Interval>)];

impl Store {
    /// Adds counters to what is stored of the same intervals: all of them or none.
    pub async fn add_intervals(&self, counted: &Counted) -> Result<()> {
        let mut tx = self.write().await?;
        for (user, intervals) in counted {
            for interval in intervals {
                add(&mut tx, *user, interval).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what is older than [`KEPT_DAYS`]. Returns how many intervals that were.
    pub async fn forget_intervals(&self, now: Timestamp) -> Result<u64> {
        let oldest = days_before(now, KEPT_DAYS);
        let done = sqlx::query("DELETE FROM statistics WHERE began_at < $1")
            .bind(oldest.0)
            .execute(&self.pool.patient())
            .await?;
        Ok(done.rows_affected())
    }

    /// The intervals of a call center or an agent that began from one moment on and before another, in order.
    pub async fn intervals(
        &self,
        user: UserId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Interval>> {
        let rows = sqlx::query(
            "SELECT began_at, counters FROM statistics WHERE user_id = $1 AND began_at >= $2 AND began_at < $3 ORDER BY began_at",
        )
        .bind(i64::from(user.0))
        .bind(from.0)
        .bind(until.0)
        .fetch_all(&self.pool)
        .await?;
        let interval = |row: &sqlx::any::AnyRow| {
            let counters = read(user, &row.try_get::<String, _>("counters")?);
            Ok(Interval {
                start: Timestamp(row.try_get("began_at")?),
                counters,
            })
        };
        rows.iter().map(interval).collect()
    }
}

async fn add(tx: &mut Tx, user: UserId, interval: &Interval) -> Result<()> {
    let before: Option<String> =
        sqlx::query_scalar("SELECT counters FROM statistics WHERE user_id = $1 AND began_at = $2")
            .bind(i64::from(user.0))
            .bind(interval.start.0)
            .fetch_optional(&mut **tx)
            .await?;
    let mut sum = before.map(|text| read(user, &text)).unwrap_or_default();
    sum.add(&interval.counters);
    sqlx::query(
        "INSERT INTO statistics (user_id, began_at, counters) VALUES ($1, $2, $3) ON CONFLICT (user_id, began_at) DO UPDATE SET counters = EXCLUDED.counters",
    )
    .bind(i64::from(user.0))
    .bind(interval.start.0)
    .bind(row::json(&sum)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What cannot be read any more is reported and counts as nothing.
fn read(user: UserId, text: &str) -> Counters {
    serde_json::from_str(text).unwrap_or_else(|error| {
        tracing::error!(%error, user = user.0, "counters cannot be read");
        Counters::default()
    })
}
