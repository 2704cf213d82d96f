//! State that outlives a restart and is no configuration: states of agents, joined queues, forced services.

use super::{Result, Store, row};
use centrale_core::id::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// The name of the stops that are to be lifted; where none are, nothing stands there.
const LIFTS: &str = "stop-lifts";

impl Store {
    /// Keeps a value under a name, instead of the one before.
    pub async fn keep(&self, name: &str, value: &impl Serialize) -> Result<()> {
        sqlx::query(
            "INSERT INTO kept (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = EXCLUDED.content",
        )
        .bind(name)
        .bind(row::json(value)?)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What was kept under a name. What cannot be read any more is reported and counts as nothing.
    pub async fn kept<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let content: Option<String> =
            sqlx::query_scalar("SELECT content FROM kept WHERE name = $1")
                .bind(name)
                .fetch_optional(&self.pool)
                .await?;
        let read = content
            .map(|content| serde_json::from_str(&content))
            .transpose();
        Ok(read.unwrap_or_else(|error| {
            tracing::error!(%error, "what was kept as {name} cannot be read");
            None
        }))
    }

    /// Whose stop is to be lifted by whoever has the calls; `None`: that of the enterprise.
    pub async fn lifts(&self) -> Result<BTreeSet<Option<UserId>>> {
        Ok(self.kept(LIFTS).await?.unwrap_or_default())
    }

    /// Has a stop lifted by whoever has the calls, now or when it starts.
    pub async fn ask_to_lift(&self, who: Option<UserId>) -> Result<()> {
        self.change_lifts(|lifts| lifts.extend([who])).await
    }

    /// These were lifted.
    pub async fn lifted(&self, done: &BTreeSet<Option<UserId>>) -> Result<()> {
        self.change_lifts(|lifts| lifts.retain(|who| !done.contains(who)))
            .await
    }

    async fn change_lifts(&self, change: impl FnOnce(&mut BTreeSet<Option<UserId>>)) -> Result<()> {
        let mut tx = self.write().await?;
        let content: Option<String> =
            sqlx::query_scalar("SELECT content FROM kept WHERE name = $1")
                .bind(LIFTS)
                .fetch_optional(&mut *tx)
                .await?;
        // Lifts that cannot be read are dropped: an administrator can ask for them again.
        let mut lifts = content
            .and_then(|content| serde_json::from_str(&content).ok())
            .unwrap_or_default();
        change(&mut lifts);
        sqlx::query("DELETE FROM kept WHERE name = $1")
            .bind(LIFTS)
            .execute(&mut *tx)
            .await?;
        if !lifts.is_empty() {
            sqlx::query("INSERT INTO kept (name, content) VALUES ($1, $2)")
                .bind(LIFTS)
                .bind(row::json(&lifts)?)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
