//! Sessions: which token is whose, and until when. Tokens are kept as hashes only.

use super::accounts::select_account;
use super::{Account, Result, Store};
use centrale_core::time::Timestamp;
use sqlx::{FromRow, Row};

impl Store {
    /// Starts a session. `token_hash` is the hash of the token in hexadecimal.
    pub async fn add_session(&self, token_hash: &str, account: i64, expires_at: Timestamp) -> Result<()> {
        sqlx::query("INSERT INTO sessions (token_hash, account_id, expires_at) VALUES ($1, $2, $3)")
            .bind(token_hash)
            .bind(account)
            .bind(expires_at.0)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whose session it is, and when it expires; `None` when there is none or it has expired.
    pub async fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<(Account, Timestamp)>> {
        let found = sqlx::query(concat!(
            select_account!(", s.expires_at", "sessions s JOIN accounts a ON a.id = s.account_id"),
            "s.token_hash = $1 AND s.expires_at > $2"
        ))
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some((Account::from_row(&row)?, Timestamp(row.try_get("expires_at")?))))
    }

    /// Lets a session last until `expires_at`.
    pub async fn touch_session(&self, token_hash: &str, expires_at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE sessions SET expires_at = $1 WHERE token_hash = $2")
            .bind(expires_at.0)
            .bind(token_hash)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&self, token_hash: &str) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Forgets the sessions that have expired; returns how many there were.
    pub async fn delete_expired(&self, now: Timestamp) -> Result<u64> {
        let done = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
