//! Mails that wait to be sent, and those that were given up.

use super::{Result, Store, Tx, days_before};
use centrale_core::time::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;
use std::fmt;

/// How long a mail that was given up is kept, in days.
pub const GIVEN_UP_DAYS: i64 = 30;

/// A mail as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its Message-ID, without brackets: the same at every attempt.
    pub message_id: String,
    /// The address that it goes to.
    pub recipient: String,
    /// The mail itself: headers and body, ASCII.
    pub content: String,
}

/// What a mail says is for its recipient only.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

/// A mail whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The mail.
    pub mail: Mail,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// Which attempt this is, from 1 on.
    pub attempt: u32,
}

/// A mail that was given up, but for what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// Its Message-ID, without brackets.
    pub message_id: String,
    /// The address that it was to go to.
    pub recipient: String,
    /// Since when it waited.
    pub since: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was given up.
    pub at: Timestamp,
    /// What the server for mail said last.
    pub reason: String,
}

impl Store {
    /// Puts mails with those that wait, due at once: all of them or none. One that is there already stays as it is.
    pub async fn add_mails(&self, mails: &[Mail], now: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        add(&mut tx, mails, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes the mail that is due first. Nobody else gets it until `again`; if nothing is said of it by then, because
    /// the server was killed, it is due anew.
    pub async fn take_mail(&self, now: Timestamp, again: Timestamp) -> Result<Option<Due>> {
        loop {
            let found = sqlx::query(
                "SELECT message_id, recipient, content, created_at, due_at, attempts FROM mails
                 WHERE due_at <= $1 ORDER BY due_at, message_id LIMIT 1",
            )
            .bind(now.0)
            .fetch_optional(&self.pool)
            .await?;
            let Some(row) = found else { return Ok(None) };
            let mail = mail(&row)?;
            let (due_at, attempts): (i64, i64) = (row.try_get("due_at")?, row.try_get("attempts")?);
            let taken = sqlx::query(
                "UPDATE mails SET due_at = $1, attempts = attempts + 1 WHERE message_id = $2 AND due_at = $3",
            )
            .bind(again.0)
            .bind(mail.message_id.clone())
            .bind(due_at)
            .execute(&self.pool)
            .await?;
            // Otherwise another server was faster.
            if taken.rows_affected() > 0 {
                let attempt = u32::try_from(attempts + 1).unwrap_or(u32::MAX);
                return Ok(Some(Due {
                    mail,
                    created_at: Timestamp(row.try_get("created_at")?),
                    attempt,
                }));
            }
        }
    }

    /// A mail was sent.
    pub async fn mail_sent(&self, message_id: &str) -> Result<()> {
        sqlx::query("DELETE FROM mails WHERE message_id = $1")
            .bind(message_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// A mail could not be sent; it is tried again.
    pub async fn mail_waits(&self, message_id: &str, until: Timestamp, reason: &str) -> Result<()> {
        sqlx::query("UPDATE mails SET due_at = $1, reason = $2 WHERE message_id = $3")
            .bind(until.0)
            .bind(reason)
            .bind(message_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// A mail is not tried any more. It is kept for [`GIVEN_UP_DAYS`].
    pub async fn give_up_mail(&self, message_id: &str, now: Timestamp, reason: &str) -> Result<()> {
        sqlx::query(
            "UPDATE mails SET due_at = NULL, given_up_at = $1, reason = $2 WHERE message_id = $3",
        )
        .bind(now.0)
        .bind(reason)
        .bind(message_id)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// When the next mail is due; `None` when none waits.
    pub async fn next_mail(&self) -> Result<Option<Timestamp>> {
        let due: Option<i64> = sqlx::query_scalar("SELECT MIN(due_at) FROM mails")
            .fetch_one(&self.pool)
            .await?;
        Ok(due.map(Timestamp))
    }

    /// The mails that were given up, the last first.
    pub async fn given_up_mails(&self) -> Result<Vec<GivenUp>> {
        let rows = sqlx::query(
            "SELECT message_id, recipient, created_at, attempts, reason, given_up_at FROM mails
             WHERE given_up_at IS NOT NULL ORDER BY given_up_at DESC, message_id",
        )
        .fetch_all(&self.pool)
        .await?;
        let given_up = |row: &AnyRow| {
            let attempts: i64 = row.try_get("attempts")?;
            Ok(GivenUp {
                message_id: row.try_get("message_id")?,
                recipient: row.try_get("recipient")?,
                since: Timestamp(row.try_get("created_at")?),
                attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                at: Timestamp(row.try_get("given_up_at")?),
                reason: row.try_get("reason")?,
            })
        };
        rows.iter().map(given_up).collect()
    }

    /// Has a mail that was given up tried again, as if it were new. False: none of that name was given up.
    pub async fn retry_mail(&self, message_id: &str, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE mails SET created_at = $1, due_at = $1, attempts = 0, given_up_at = NULL
             WHERE message_id = $2 AND given_up_at IS NOT NULL",
        )
        .bind(now.0)
        .bind(message_id)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Forgets a mail that was given up. False: none of that name was.
    pub async fn forget_mail(&self, message_id: &str) -> Result<bool> {
        let done =
            sqlx::query("DELETE FROM mails WHERE message_id = $1 AND given_up_at IS NOT NULL")
                .bind(message_id)
                .execute(&self.pool)
                .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Forgets mails that were given up more than [`GIVEN_UP_DAYS`] ago. Returns how many that were.
    pub async fn forget_mails(&self, now: Timestamp) -> Result<u64> {
        let oldest = days_before(now, GIVEN_UP_DAYS);
        let done = sqlx::query("DELETE FROM mails WHERE given_up_at < $1")
            .bind(oldest.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}

fn mail(row: &AnyRow) -> sqlx::Result<Mail> {
    Ok(Mail {
        message_id: row.try_get("message_id")?,
        recipient: row.try_get("recipient")?,
        content: row.try_get("content")?,
    })
}

/// Puts mails with those that wait, within a transaction.
pub(super) async fn add(tx: &mut Tx, mails: &[Mail], now: Timestamp) -> sqlx::Result<()> {
    for mail in mails {
        sqlx::query(
            "INSERT INTO mails (message_id, recipient, content, created_at, due_at, attempts)
             VALUES ($1, $2, $3, $4, $4, 0) ON CONFLICT (message_id) DO NOTHING",
        )
        .bind(mail.message_id.clone())
        .bind(mail.recipient.clone())
        .bind(mail.content.clone())
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
