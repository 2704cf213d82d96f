//! Events: every change of configuration with who, when, before and after. Their ids are in the order of commits.

use super::{Actor, Result, Store, Tx, chain, row};
use centrale_core::api::events::Event;
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use serde_json::Value;

/// A change to be noted; changes are noted in the order of their ids.
pub(super) struct Change<'a> {
    pub(super) id: i64,
    pub(super) actor: &'a Actor,
    pub(super) at: Timestamp,
    /// The kind and the id of whose it is.
    pub(super) owner: (&'a str, i64),
    pub(super) subject: &'a str,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

pub(super) async fn insert(tx: &mut Tx, change: Change<'_>) -> sqlx::Result<()> {
    let hash = chain::add(tx, &change).await?;
    let (owner, owner_id) = change.owner;
    sqlx::query(
        "INSERT INTO events (id, at, account_id, by_name, owner, owner_id, subject, before, after, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(change.id)
    .bind(change.at.0)
    .bind(change.actor.account)
    .bind(&change.actor.name)
    .bind(owner)
    .bind(owner_id)
    .bind(change.subject)
    .bind(change.before)
    .bind(change.after)
    .bind(hash)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The name of who changed something last, and when; empty and 0 when nobody has since the import.
pub(super) async fn last_of(
    tx: &mut Tx,
    (owner, owner_id): (&str, i64),
    subject: &str,
) -> sqlx::Result<(String, i64)> {
    let last: Option<(String, i64)> = sqlx::query_as(
        "SELECT by_name, at FROM events WHERE owner = $1 AND owner_id = $2 AND subject = $3 ORDER BY id DESC LIMIT 1",
    )
    .bind(owner)
    .bind(owner_id)
    .bind(subject)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(last.unwrap_or_default())
}

type Row = (i64, i64, String, String, Option<String>, Option<String>);

impl Store {
    /// The last changes of what is the user's, newest first.
    pub async fn events_of_user(&self, user: UserId, limit: u32) -> Result<Vec<Event>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, at, by_name, subject, before, after FROM events WHERE owner = $1 AND owner_id = $2
             ORDER BY id DESC LIMIT $3",
        )
        .bind(row::USER)
        .bind(i64::from(user.0))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let value = |text: Option<String>| {
            text.map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text)))
        };
        let event = |(id, at, by, subject, before, after): Row| {
            Ok(Event {
                id: row::version(id)?,
                at,
                by,
                user: Some(user),
                subject,
                before: value(before),
                after: value(after),
            })
        };
        Ok(row::readable("events", rows.into_iter().map(event)))
    }
}
