//! Voicemail passcodes, as hashes only: the one in use, and the last ones, which may not be chosen again. They are no
//! part of the organisation, and what is noted of a change is that there was one.

use super::pool::Line;
use super::{Actor, SaveError, Store, Tx, events, row, services, take};
use centrale_core::id::UserId;
use centrale_core::passcode::REMEMBERED;
use centrale_core::time::Timestamp;

use std::fmt;

/// The subject of events about passcodes.
const SUBJECT: &str = "passcode";

/// The hashes of somebody's passcodes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passcodes {
    /// The argon2id hash of the one in use; none: it was never set, or taken away.
    pub hash: Option<String>,
    /// Those of the last ones, the newest first.
    pub recent: Vec<String>,
    /// When it was last set or taken away.
    pub changed_at: Option<Timestamp>,
}

impl fmt::Debug for Passcodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passcodes")
            .field("set", &self.hash.is_some())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The passcodes of a user, virtual or not.
    pub async fn passcodes(&self, user: UserId) -> super::Result<Passcodes> {
        let mut connection = self.pool.lend(false).await?;
        Ok(stored(&mut connection, user).await?.unwrap_or_default())
    }

    /// Gives a mailbox another passcode, or takes it away. Returns the version of the configuration.
    pub async fn set_passcode(
        &self,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        hash: Option<&str>,
    ) -> Result<u64, SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        if !services::is_known(&mut tx, user).await? {
            return Err(SaveError::NotFound);
        }
        let before = stored(&mut tx, user).await?.unwrap_or_default();
        let recent: Vec<&str> = hash
            .into_iter()
            .chain(before.recent.iter().map(String::as_str))
            .take(REMEMBERED)
            .collect();
        put(&mut tx, user, hash, &row::json(&recent)?, now).await?;
        let noted = events::Change {
            id: event,
            actor,
            at: now,
            owner: (row::USER, user.0.into()),
            subject: SUBJECT,
            before: before.hash.map(|_| row::json(&"set")).transpose()?,
            after: hash.map(|_| row::json(&"changed")).transpose()?,
        };
        events::insert(&mut tx, noted).await?;
        tx.commit().await?;
        Ok(row::version(event)?)
    }
}

async fn stored(connection: &mut Line, user: UserId) -> sqlx::Result<Option<Passcodes>> {
    let found: Option<(Option<String>, String, i64)> =
        sqlx::query_as("SELECT hash, recent, changed_at FROM passcodes WHERE user_id = $1")
            .bind(i64::from(user.0))
            .fetch_optional(connection)
            .await?;
    let read = |(hash, recent, changed_at): (Option<String>, String, i64)| {
        let recent =
            serde_json::from_str(&recent).map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(Passcodes {
            hash,
            recent,
            changed_at: Some(Timestamp(changed_at)),
        })
    };
    found.map(read).transpose()
}

async fn put(
    tx: &mut Tx,
    user: UserId,
    hash: Option<&str>,
    recent: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO passcodes (user_id, hash, recent, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id) DO UPDATE SET
         hash = EXCLUDED.hash, recent = EXCLUDED.recent, changed_at = EXCLUDED.changed_at",
    )
    .bind(i64::from(user.0))
    .bind(hash.map(str::to_owned))
    .bind(recent.to_owned())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
