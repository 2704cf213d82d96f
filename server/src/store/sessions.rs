//! Sessions: which token is whose, and until when. Tokens are kept as hashes only.

use super::accounts::select_account;
use super::{Account, Result, Store, Tx};
use centrale_core::time::Timestamp;
use sqlx::{FromRow, Row};

/// A session that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub account: Account,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when, unless it is used before.
    pub expires_at: Timestamp,
}

/// Where a session is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The address.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

/// A session in the list of somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The hash of its token.
    pub token_hash: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was prolonged last.
    pub seen_at: Timestamp,
    /// Where it was then.
    pub place: Place,
}

impl Store {
    /// Starts a session. `token_hash` is the hash of the token in hexadecimal.
    pub async fn add_session(
        &self,
        token_hash: &str,
        account: i64,
        place: &Place,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO sessions (token_hash, account_id, address, browser, created_at, seen_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $5, $6)",
        )
        .bind(token_hash)
        .bind(account)
        .bind(&place.address)
        .bind(&place.browser)
        .bind(now.0)
        .bind(expires_at.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The session; `None` when there is none, it has expired, or the account is blocked.
    pub async fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<Session>> {
        let found = sqlx::query(concat!(
            select_account!(
                ", s.expires_at, s.created_at",
                "sessions s JOIN accounts a ON a.id = s.account_id"
            ),
            "s.token_hash = $1 AND s.expires_at > $2 AND a.blocked_at IS NULL"
        ))
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(Session {
            account: Account::from_row(&row)?,
            created_at: Timestamp(row.try_get("created_at")?),
            expires_at: Timestamp(row.try_get("expires_at")?),
        }))
    }

    /// The sessions of an account, those that were used last first.
    pub async fn sessions_of(&self, account: i64, now: Timestamp) -> Result<Vec<Listed>> {
        let rows = sqlx::query(
            "SELECT token_hash, address, browser, created_at, seen_at FROM sessions
             WHERE account_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, token_hash",
        )
        .bind(account)
        .bind(now.0)
        .fetch_all(&self.pool)
        .await?;
        let listed = |row: &sqlx::any::AnyRow| {
            Ok(Listed {
                token_hash: row.try_get("token_hash")?,
                created_at: Timestamp(row.try_get("created_at")?),
                seen_at: Timestamp(row.try_get("seen_at")?),
                place: Place {
                    address: row.try_get("address")?,
                    browser: row.try_get("browser")?,
                },
            })
        };
        Ok(rows.iter().map(listed).collect::<sqlx::Result<_>>()?)
    }

    /// Lets a session last until `expires_at`, now that it is used somewhere.
    pub async fn touch_session(
        &self,
        token_hash: &str,
        place: &Place,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE sessions SET expires_at = $1, seen_at = $2, address = $3, browser = $4 WHERE token_hash = $5",
        )
        .bind(expires_at.0)
        .bind(now.0)
        .bind(&place.address)
        .bind(&place.browser)
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

    /// Ends all sessions of an account but one, by the hash of its token.
    pub async fn end_sessions(&self, account: i64, but: Option<&str>) -> Result<()> {
        let mut tx = self.write().await?;
        end(&mut tx, account, but).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the sessions and links that have expired; returns how many sessions there were.
    pub async fn delete_expired(&self, now: Timestamp) -> Result<u64> {
        sqlx::query("DELETE FROM password_resets WHERE expires_at <= $1")
            .bind(now.0)
            .execute(&self.pool)
            .await?;
        let done = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}

pub(super) async fn end(tx: &mut Tx, account: i64, but: Option<&str>) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2")
        .bind(account)
        .bind(but.unwrap_or_default())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
