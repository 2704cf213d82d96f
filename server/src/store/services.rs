//! Settings of services: one table for all, keyed by owner and service.

use super::{Actor, SaveError, Store, Tx, events, row, take};
use centrale_core::api::services::{Change, Newer, Setting};
use centrale_core::id::UserId;
use centrale_core::service;
use centrale_core::time::Timestamp;
use serde_json::Value;

/// What a save of services came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The new version of each service, in the order of the changes.
    pub versions: Vec<u64>,
    /// The version of the configuration as a whole: the id of the last event.
    pub config: u64,
}

impl Store {
    /// Saves services of a user, all or none. The newer settings in [`SaveError::Stale`] say nothing of availability.
    pub async fn save_services(
        &self,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        changes: &[Change],
    ) -> Result<Saved, SaveError> {
        let mut tx = self.write().await?;
        let first = take(&mut tx, "events", changes.len() as i64).await?;
        if !is_known(&mut tx, user).await? {
            return Err(SaveError::NotFound);
        }
        let (mut versions, mut stale) = (Vec::new(), Vec::new());
        for (change, event) in changes.iter().zip(first..) {
            let stored = stored(&mut tx, user, change.service.0).await?;
            if !put(&mut tx, user, change).await? {
                stale.push(newer(&mut tx, user, change, stored).await?);
                continue;
            }
            let noted = events::Change {
                id: event,
                actor,
                at: now,
                owner: (row::USER, user.0.into()),
                subject: change.service.0,
                before: stored.map(|(settings, _)| settings),
                after: Some(row::json(&change.settings)?),
            };
            events::insert(&mut tx, noted).await?;
            versions.push(change.version + 1);
        }
        if !stale.is_empty() {
            tx.rollback().await?;
            return Err(SaveError::Stale(stale));
        }
        tx.commit().await?;
        Ok(Saved {
            versions,
            config: row::version(first + changes.len() as i64 - 1)?,
        })
    }
}

/// Whether there is such a user, virtual or not.
pub(super) async fn is_known(tx: &mut Tx, user: UserId) -> sqlx::Result<bool> {
    let known: Option<i64> = sqlx::query_scalar(
        "SELECT id FROM users WHERE id = $1 UNION SELECT id FROM parts WHERE id = $1 AND kind IN
         ('hunt-group', 'group-call', 'auto-attendant', 'call-center')",
    )
    .bind(i64::from(user.0))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(known.is_some())
}

/// The settings as they are stored, and their version.
async fn stored(tx: &mut Tx, user: UserId, service: &str) -> sqlx::Result<Option<(String, i64)>> {
    sqlx::query_as(
        "SELECT settings, version FROM settings WHERE owner = $1 AND owner_id = $2 AND service = $3",
    )
    .bind(row::USER)
    .bind(i64::from(user.0))
    .bind(service)
    .fetch_optional(&mut **tx)
    .await
}

/// Stores a change; false when the version is not the one that was changed.
async fn put(tx: &mut Tx, user: UserId, change: &Change) -> sqlx::Result<bool> {
    let sql = if change.version == 0 {
        "INSERT INTO settings (owner, owner_id, service, version, settings) VALUES ($1, $2, $3, $4 + 1, $5)
         ON CONFLICT DO NOTHING"
    } else {
        "UPDATE settings SET version = version + 1, settings = $5
         WHERE owner = $1 AND owner_id = $2 AND service = $3 AND version = $4"
    };
    let done = sqlx::query(sql)
        .bind(row::USER)
        .bind(i64::from(user.0))
        .bind(change.service.0)
        .bind(row::to_version(change.version))
        .bind(row::json(&change.settings)?)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn newer(
    tx: &mut Tx,
    user: UserId,
    change: &Change,
    stored: Option<(String, i64)>,
) -> sqlx::Result<Newer> {
    let defaults = || service::find(change.service.0).map_or(Value::Null, service::Entry::defaults);
    let (settings, version) = match stored {
        Some((settings, version)) => (
            serde_json::from_str(&settings).unwrap_or_else(|_| defaults()),
            version,
        ),
        None => (defaults(), 0),
    };
    let (by, at) = events::last_of(tx, (row::USER, user.0.into()), change.service.0).await?;
    let admin = service::find(change.service.0).is_some_and(|entry| entry.admin);
    let version = row::version(version)?;
    let setting = Setting {
        service: change.service,
        version,
        settings,
        unavailable: None,
        admin,
    };
    Ok(Newer { setting, by, at })
}
