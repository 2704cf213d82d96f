//! Uploads and their content. Content is kept once, under its hash, and goes with the last upload that has it.

use super::parts::{self, insert, note, stored, update};
use super::{Actor, SaveError, Store, Tx, row, take};
use centrale_core::id::{UploadId, UserId};
use centrale_core::organisation::{ContentHash, Part, PartKind, Upload, UploadOwner};
use centrale_core::time::Timestamp;

use std::collections::BTreeMap;

impl Store {
    /// Makes an upload with an id of its own. Returns it, at version 1, and the version of the configuration.
    pub async fn add_upload(
        &self,
        actor: &Actor,
        now: Timestamp,
        mut upload: Upload,
        content: &[u8],
    ) -> Result<(Upload, u64), SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        upload.id = UploadId(row::id(take(&mut tx, "groups", 1).await?)?);
        let part = Part::Upload(upload.clone());
        insert(&mut tx, &part).await?;
        keep(&mut tx, upload.content, content).await?;
        note(
            &mut tx,
            (event, actor, now),
            part.key(),
            None,
            Some(row::json(&part)?),
        )
        .await?;
        tx.commit().await?;
        Ok((upload, row::version(event)?))
    }

    /// Replaces an upload at the version that was changed, and its content if there is another. Returns the version of the
    /// configuration.
    pub async fn replace_upload(
        &self,
        actor: &Actor,
        now: Timestamp,
        upload: &Upload,
        version: u64,
        content: Option<&[u8]>,
    ) -> Result<u64, SaveError> {
        let mut tx = self.write().await?;
        let event = take(&mut tx, "events", 1).await?;
        let part = Part::Upload(upload.clone());
        let before = stored(&mut tx, part.key())
            .await?
            .ok_or(SaveError::NotFound)?;
        if !update(&mut tx, &part, version).await? {
            tx.rollback().await?;
            return Err(SaveError::PartStale(Box::new(before)));
        }
        if let Some(content) = content {
            keep(&mut tx, upload.content, content).await?;
        }
        forget(&mut tx, &before.part).await?;
        note(
            &mut tx,
            (event, actor, now),
            part.key(),
            Some(row::json(&before.part)?),
            Some(row::json(&part)?),
        )
        .await?;
        tx.commit().await?;
        Ok(row::version(event)?)
    }

    /// The content of an upload; `None`: there is none.
    pub async fn sound(&self, hash: ContentHash) -> super::Result<Option<Vec<u8>>> {
        let found = sqlx::query_scalar("SELECT content FROM sounds WHERE hash = $1")
            .bind(hash.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found)
    }

    /// The content of all uploads.
    pub async fn sounds(&self) -> super::Result<BTreeMap<ContentHash, Vec<u8>>> {
        let found: Vec<(String, Vec<u8>)> =
            sqlx::query_as("SELECT hash, content FROM sounds ORDER BY hash")
                .fetch_all(&self.pool.patient())
                .await?;
        Ok(found
            .into_iter()
            .filter_map(|(hash, content)| Some((hash.parse().ok()?, content)))
            .collect())
    }
}

/// Keeps content, unless it is there already.
pub(super) async fn keep(tx: &mut Tx, hash: ContentHash, content: &[u8]) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO sounds (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(hash.to_string())
        .bind(content.to_vec())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes the content of an upload that is gone or has another, unless some upload still has it.
pub(super) async fn forget(tx: &mut Tx, before: &Part) -> sqlx::Result<()> {
    let Part::Upload(upload) = before else {
        return Ok(());
    };
    let hash = upload.content.to_string();
    // A name may hold the digits too: then the content stays, and goes with the upload of that name.
    sqlx::query(
        "DELETE FROM sounds WHERE hash = $1
         AND NOT EXISTS (SELECT 1 FROM parts WHERE kind = 'upload' AND content LIKE $2)",
    )
    .bind(&hash)
    .bind(format!("%{hash}%"))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Removes the uploads of a virtual user who is gone.
pub(super) async fn forget_user(tx: &mut Tx, user: UserId) -> sqlx::Result<()> {
    let of_user = format!("{}:%", UploadOwner::User(user));
    let contents: Vec<String> =
        sqlx::query_scalar("SELECT content FROM parts WHERE kind = 'upload' AND name_key LIKE $1")
            .bind(&of_user)
            .fetch_all(&mut **tx)
            .await?;
    sqlx::query("DELETE FROM parts WHERE kind = 'upload' AND name_key LIKE $1")
        .bind(&of_user)
        .execute(&mut **tx)
        .await?;
    let kind = PartKind::Upload.name();
    for part in contents
        .iter()
        .filter_map(|content| parts::of_columns(kind, content))
    {
        forget(tx, &part).await?;
    }
    Ok(())
}
