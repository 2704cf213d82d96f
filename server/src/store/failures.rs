//! Failed log-ins and passcodes, by what they are counted for: `account:<login in lower case>`, `address:<IP address>` or
//! `mailbox:<user>`.

use super::{Result, Store};
use centrale_core::time::Timestamp;

/// How long failures are kept, in milliseconds: a day.
const KEPT: i64 = 86_400_000;

impl Store {
    /// When tries failed since a moment, that one included, oldest first.
    pub async fn failures(&self, key: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
        let found: Vec<i64> =
            sqlx::query_scalar("SELECT at FROM failures WHERE key = $1 AND at >= $2 ORDER BY at")
                .bind(key)
                .bind(since.0)
                .fetch_all(&self.pool)
                .await?;
        Ok(found.into_iter().map(Timestamp).collect())
    }

    /// Notes that a try failed, and forgets what is older than a day.
    pub async fn add_failure(&self, key: &str, at: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query("INSERT INTO failures (key, at) VALUES ($1, $2)")
            .bind(key)
            .bind(at.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM failures WHERE at < $1").bind(at.plus_ms(-KEPT).0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what failed, after a try that succeeded.
    pub async fn clear_failures(&self, key: &str) -> Result<()> {
        sqlx::query("DELETE FROM failures WHERE key = $1").bind(key).execute(&self.pool).await?;
        Ok(())
    }
}
