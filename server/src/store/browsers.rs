//! Browsers in which accounts were logged in. Their tokens are kept as hashes only.

use super::{Result, Store, days_before};
use centrale_core::time::Timestamp;

/// How long a browser is known after the last log-in, in days.
pub const BROWSER_DAYS: i64 = 180;
/// The most browsers that are known of an account.
const MOST: i64 = 20;

impl Store {
    /// Whether the account was logged in in this browser. `token_hash` is the hash of its token in hexadecimal.
    pub async fn knows_browser(
        &self,
        token_hash: &str,
        account: i64,
        now: Timestamp,
    ) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT seen_at FROM browsers WHERE token_hash = $1 AND account_id = $2 AND seen_at > $3",
        )
        .bind(token_hash)
        .bind(account)
        .bind(days_before(now, BROWSER_DAYS).0)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.is_some())
    }

    /// Whether anybody was logged in in this browser: whether its token is one of ours.
    pub async fn is_browser(&self, token_hash: &str) -> Result<bool> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT seen_at FROM browsers WHERE token_hash = $1 LIMIT 1")
                .bind(token_hash)
                .fetch_optional(&self.pool)
                .await?;
        Ok(found.is_some())
    }

    /// The account was logged in in this browser. Of each account the last ones are known.
    pub async fn add_browser(&self, token_hash: &str, account: i64, now: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query(
            "INSERT INTO browsers (token_hash, account_id, seen_at) VALUES ($1, $2, $3)
             ON CONFLICT (token_hash, account_id) DO UPDATE SET seen_at = $3",
        )
        .bind(token_hash)
        .bind(account)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM browsers WHERE seen_at <= $1")
            .bind(days_before(now, BROWSER_DAYS).0)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "DELETE FROM browsers WHERE account_id = $1 AND token_hash NOT IN
             (SELECT token_hash FROM browsers WHERE account_id = $1 ORDER BY seen_at DESC, token_hash LIMIT $2)",
        )
        .bind(account)
        .bind(MOST)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
