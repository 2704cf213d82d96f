//! Schedules of users and locations.

use super::{Actor, SaveError, ScheduleNow, Store, Tx, events, row, take};
use centrale_core::api::schedules::{New, Replace};
use centrale_core::id::ScheduleId;
use centrale_core::schedule::{Schedule, ScheduleKind, ScheduleOwner};
use centrale_core::time::Timestamp;

impl Store {
    /// Makes a schedule. Returns it, at version 1, and the version of the configuration.
    pub async fn add_schedule(
        &self,
        actor: &Actor,
        now: Timestamp,
        owner: ScheduleOwner,
        new: &New,
    ) -> Result<(Schedule, u64), SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let id = ScheduleId(row::id(take(&mut tx, "schedules", 1).await?)?);
        let schedule = Schedule {
            id,
            owner,
            name: new.name.trim().to_owned(),
            kind: new.kind.clone(),
        };
        insert(&mut tx, &schedule).await.map_err(name_taken)?;
        note(&mut tx, (event, actor, now), owner, None, Some(&schedule)).await?;
        tx.commit().await?;
        Ok((schedule, row::version(event)?))
    }

    /// Replaces the name and the content of a schedule. Returns its version and that of the configuration.
    pub async fn replace_schedule(
        &self,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        replace: &Replace,
    ) -> Result<(u64, u64), SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let before = stored(&mut tx, id).await?.ok_or(SaveError::NotFound)?;
        let name = replace.name.trim().to_owned();
        let after = Schedule {
            name,
            kind: replace.kind.clone(),
            ..before.schedule.clone()
        };
        let done = sqlx::query(
            "UPDATE schedules SET name = $1, name_key = $2, content = $3, version = version + 1
             WHERE id = $4 AND version = $5",
        )
        .bind(&after.name)
        .bind(row::key(&after.name))
        .bind(row::json(&after.kind)?)
        .bind(i64::from(id.0))
        .bind(row::to_version(replace.version))
        .execute(&mut *tx)
        .await
        .map_err(name_taken)?;
        if done.rows_affected() == 0 {
            tx.rollback().await?;
            return Err(SaveError::ScheduleStale(Box::new(before)));
        }
        let owner = after.owner;
        note(
            &mut tx,
            (event, actor, now),
            owner,
            Some(&before.schedule),
            Some(&after),
        )
        .await?;
        tx.commit().await?;
        Ok((replace.version + 1, row::version(event)?))
    }

    /// Removes a schedule; what uses it is for the caller to see to. Returns the version of the configuration.
    pub async fn delete_schedule(
        &self,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        version: u64,
    ) -> Result<u64, SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let before = stored(&mut tx, id).await?.ok_or(SaveError::NotFound)?;
        let done = sqlx::query("DELETE FROM schedules WHERE id = $1 AND version = $2")
            .bind(i64::from(id.0))
            .bind(row::to_version(version))
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            tx.rollback().await?;
            return Err(SaveError::ScheduleStale(Box::new(before)));
        }
        note(
            &mut tx,
            (event, actor, now),
            before.schedule.owner,
            Some(&before.schedule),
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(row::version(event)?)
    }
}

/// Stores a new schedule at version 1.
pub(super) async fn insert(tx: &mut Tx, schedule: &Schedule) -> sqlx::Result<()> {
    let (owner, owner_id) = row::owner(schedule.owner);
    sqlx::query(
        "INSERT INTO schedules (id, owner, owner_id, name, name_key, content, version)
         VALUES ($1, $2, $3, $4, $5, $6, 1)",
    )
    .bind(i64::from(schedule.id.0))
    .bind(owner)
    .bind(owner_id)
    .bind(&schedule.name)
    .bind(row::key(&schedule.name))
    .bind(row::json(&schedule.kind)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn note(
    tx: &mut Tx,
    (id, actor, at): (i64, &Actor, Timestamp),
    owner: ScheduleOwner,
    before: Option<&Schedule>,
    after: Option<&Schedule>,
) -> sqlx::Result<()> {
    let Some(schedule) = after.or(before) else {
        return Ok(());
    };
    let before = before.map(row::json).transpose()?;
    let after = after.map(row::json).transpose()?;
    let subject = subject(schedule.id);
    events::insert(
        tx,
        events::Change {
            id,
            actor,
            at,
            owner: row::owner(owner),
            subject: &subject,
            before,
            after,
        },
    )
    .await
}

fn subject(id: ScheduleId) -> String {
    format!("schedule:{id}")
}

/// Of which schedule the events with a subject are.
pub(super) fn of_subject(subject: &str) -> Option<ScheduleId> {
    subject
        .strip_prefix("schedule:")?
        .parse()
        .ok()
        .map(ScheduleId)
}

type Row = (String, i64, String, String, i64);

pub(super) async fn stored(tx: &mut Tx, id: ScheduleId) -> sqlx::Result<Option<ScheduleNow>> {
    let found: Option<Row> = sqlx::query_as(
        "SELECT owner, owner_id, name, content, version FROM schedules WHERE id = $1",
    )
    .bind(i64::from(id.0))
    .fetch_optional(&mut **tx)
    .await?;
    let Some((owner, owner_id, name, content, version)) = found else {
        return Ok(None);
    };
    let Some(schedule) = of_columns(id, (&owner, owner_id), name, &content) else {
        return Ok(None);
    };
    let (by, at) = events::last_of(tx, row::owner(schedule.owner), &subject(id)).await?;
    Ok(Some(ScheduleNow {
        schedule,
        version: row::version(version)?,
        by,
        at,
    }))
}

/// A schedule as it is stored; `None` when its content cannot be read.
pub(super) fn of_columns(
    id: ScheduleId,
    (owner, owner_id): (&str, i64),
    name: String,
    content: &str,
) -> Option<Schedule> {
    let kind: ScheduleKind = serde_json::from_str(content).ok()?;
    Some(Schedule {
        id,
        owner: row::of_owner(owner, owner_id)?,
        name,
        kind,
    })
}

fn name_taken(error: sqlx::Error) -> SaveError {
    match error.as_database_error() {
        Some(cause) if cause.is_unique_violation() => SaveError::NameTaken,
        _ => SaveError::Database(error),
    }
}
