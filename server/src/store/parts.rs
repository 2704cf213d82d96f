//! The parts of the organisation: one table for all kinds, with the numbers of virtual users beside those of users.

use super::{Actor, PartNow, SaveError, Store, Tx, events, row, take, uploads};
use centrale_core::id::{LocationId, UserId};
use centrale_core::number::{E164, Extension};
use centrale_core::organisation::{Alternate, Part, PartKey, PartKind};
use centrale_core::time::Timestamp;

use std::collections::BTreeSet;

impl Store {
    /// Makes a part with an id of its own. Returns it, at version 1, and the version of the configuration.
    pub async fn add_part(
        &self,
        actor: &Actor,
        now: Timestamp,
        mut part: Part,
    ) -> Result<(Part, u64), SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let counter = if part.kind().is_virtual() {
            "users"
        } else {
            "groups"
        };
        part.set_id(row::id(take(&mut tx, counter, 1).await?)?);
        insert(&mut tx, &part).await?;
        note(
            &mut tx,
            (event, actor, now),
            part.key(),
            None,
            Some(row::json(&part)?),
        )
        .await?;
        tx.commit().await?;
        Ok((part, row::version(event)?))
    }

    /// Replaces parts, or saves those that are there anyway for the first time (version 0): all or none, each at the
    /// version that was changed. Returns the version of the configuration.
    pub async fn replace_parts(
        &self,
        actor: &Actor,
        now: Timestamp,
        parts: &[(Part, u64)],
    ) -> Result<u64, SaveError> {
        let mut tx = self.write().await?;
        let first = take(&mut tx, "events", parts.len() as i64).await?;
        for ((part, version), event) in parts.iter().zip(first..) {
            let before = stored(&mut tx, part.key()).await?;
            let done = match (&before, part.kind().is_fixed()) {
                (None, false) => return Err(SaveError::NotFound),
                (None, true) if *version == 0 => {
                    insert(&mut tx, part).await?;
                    true
                }
                (None, true) => false,
                (Some(_), _) => update(&mut tx, part, *version).await?,
            };
            if !done {
                tx.rollback().await?;
                return Err(before.map_or(SaveError::NotFound, |now| {
                    SaveError::PartStale(Box::new(now))
                }));
            }
            let before = before.map(|before| row::json(&before.part)).transpose()?;
            note(
                &mut tx,
                (event, actor, now),
                part.key(),
                before,
                Some(row::json(part)?),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(row::version(first + parts.len() as i64 - 1)?)
    }

    /// Removes a part; what uses it is for the caller to see to. Returns the version of the configuration.
    pub async fn delete_part(
        &self,
        actor: &Actor,
        now: Timestamp,
        key: PartKey,
        version: u64,
    ) -> Result<u64, SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let before = stored(&mut tx, key).await?.ok_or(SaveError::NotFound)?;
        let done = sqlx::query("DELETE FROM parts WHERE kind = $1 AND id = $2 AND version = $3")
            .bind(key.kind.name())
            .bind(i64::from(key.id))
            .bind(row::to_version(version))
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            tx.rollback().await?;
            return Err(SaveError::PartStale(Box::new(before)));
        }
        if key.kind.is_virtual() {
            for sql in [
                "DELETE FROM lines WHERE user_id = $1",
                "DELETE FROM settings WHERE owner = 'user' AND owner_id = $1",
                "DELETE FROM passcodes WHERE user_id = $1",
                "DELETE FROM calls WHERE user_id = $1",
                "DELETE FROM parts WHERE kind = 'user-outgoing' AND id = $1",
            ] {
                sqlx::query(sql)
                    .bind(i64::from(key.id))
                    .execute(&mut *tx)
                    .await?;
            }
            uploads::forget_user(&mut tx, UserId(key.id)).await?;
        }
        uploads::forget(&mut tx, &before.part).await?;
        note(
            &mut tx,
            (event, actor, now),
            key,
            Some(row::json(&before.part)?),
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(row::version(event)?)
    }
}

/// Stores a new part at version 1, with its numbers.
pub(super) async fn insert(tx: &mut Tx, part: &Part) -> Result<(), SaveError> {
    let (key, bare) = (part.key(), bare(part));
    sqlx::query(
        "INSERT INTO parts (kind, id, name_key, content, version) VALUES ($1, $2, $3, $4, 1)",
    )
    .bind(key.kind.name())
    .bind(i64::from(key.id))
    .bind(name_key(part))
    .bind(row::json(&bare)?)
    .execute(&mut **tx)
    .await
    .map_err(|error| taken(error, SaveError::NameTaken))?;
    put_lines(tx, part).await
}

pub(super) async fn update(tx: &mut Tx, part: &Part, version: u64) -> Result<bool, SaveError> {
    let (key, bare) = (part.key(), bare(part));
    let done = sqlx::query(
        "UPDATE parts SET name_key = $1, content = $2, version = version + 1
         WHERE kind = $3 AND id = $4 AND version = $5",
    )
    .bind(name_key(part))
    .bind(row::json(&bare)?)
    .bind(key.kind.name())
    .bind(i64::from(key.id))
    .bind(row::to_version(version))
    .execute(&mut **tx)
    .await
    .map_err(|error| taken(error, SaveError::NameTaken))?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if key.kind.is_virtual() {
        sqlx::query("DELETE FROM lines WHERE user_id = $1")
            .bind(i64::from(key.id))
            .execute(&mut **tx)
            .await?;
    }
    put_lines(tx, part).await?;
    Ok(true)
}

async fn put_lines(tx: &mut Tx, part: &Part) -> Result<(), SaveError> {
    let Some(identity) = part.identity() else {
        return Ok(());
    };
    let own = (identity.number, identity.extension);
    insert_lines(
        tx,
        UserId(part.key().id),
        identity.location,
        own,
        &identity.alternates,
    )
    .await
}

/// Claims the numbers and extensions of somebody; each is somebody's only once.
pub(super) async fn insert_lines(
    tx: &mut Tx,
    user: UserId,
    location: LocationId,
    (number, extension): (Option<E164>, Option<Extension>),
    alternates: &[Alternate],
) -> Result<(), SaveError> {
    let numbers = number
        .into_iter()
        .chain(alternates.iter().filter_map(|a| a.number));
    let extensions = extension
        .into_iter()
        .chain(alternates.iter().filter_map(|a| a.extension));
    let mut lines: BTreeSet<String> = numbers.map(|number| number.to_string()).collect();
    lines.extend(extensions.map(|extension| format!("{location}:{extension}")));
    for line in lines {
        sqlx::query("INSERT INTO lines (line, user_id) VALUES ($1, $2)")
            .bind(&line)
            .bind(i64::from(user.0))
            .execute(&mut **tx)
            .await
            .map_err(|error| taken(error, SaveError::LineTaken(line)))?;
    }
    Ok(())
}

fn taken(error: sqlx::Error, what: SaveError) -> SaveError {
    match error.as_database_error() {
        Some(cause) if cause.is_unique_violation() => what,
        _ => SaveError::Database(error),
    }
}

/// A part without the services of a virtual user.
fn bare(part: &Part) -> Part {
    let mut bare = part.clone();
    bare.identity_mut()
        .into_iter()
        .for_each(|identity| identity.services.clear());
    bare
}

/// By what the name of a part is unique: virtual users in the enterprise, groups at their location, uploads for their
/// owner.
fn name_key(part: &Part) -> String {
    match part {
        Part::ParkGroup(group) => format!("{}:{}", group.location, row::key(&group.name)),
        Part::PickupGroup(group) => format!("{}:{}", group.location, row::key(&group.name)),
        Part::Upload(upload) => format!("{}:{}", upload.owner, row::key(&upload.name)),
        _ if part.kind().is_fixed() => part.key().id.to_string(),
        _ => row::key(part.name()),
    }
}

pub(super) async fn note(
    tx: &mut Tx,
    (id, actor, at): (i64, &Actor, Timestamp),
    key: PartKey,
    before: Option<String>,
    after: Option<String>,
) -> sqlx::Result<()> {
    let owner = (key.kind.name(), i64::from(key.id));
    events::insert(
        tx,
        events::Change {
            id,
            actor,
            at,
            owner,
            subject: key.kind.name(),
            before,
            after,
        },
    )
    .await
}

pub(super) async fn stored(tx: &mut Tx, key: PartKey) -> sqlx::Result<Option<PartNow>> {
    let found: Option<(String, i64)> =
        sqlx::query_as("SELECT content, version FROM parts WHERE kind = $1 AND id = $2")
            .bind(key.kind.name())
            .bind(i64::from(key.id))
            .fetch_optional(&mut **tx)
            .await?;
    let Some((content, version)) = found else {
        return Ok(None);
    };
    let part = serde_json::from_str(&content).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let owner = (key.kind.name(), i64::from(key.id));
    let (by, at) = events::last_of(tx, owner, key.kind.name()).await?;
    Ok(Some(PartNow {
        part,
        version: row::version(version)?,
        by,
        at,
    }))
}

/// A part as it is stored; `None` when its content cannot be read.
pub(super) fn of_columns(kind: &str, content: &str) -> Option<Part> {
    let part: Part = serde_json::from_str(content).ok()?;
    (kind.parse() == Ok::<PartKind, &str>(part.kind())).then_some(part)
}
