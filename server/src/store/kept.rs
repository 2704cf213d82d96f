//! What outlives a restart besides the configuration: states of agents, joined queues, forced services.

use super::{Result, Store, row};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Store {
    /// Keeps a value under a name, instead of the one before.
    pub async fn keep(&self, name: &str, value: &impl Serialize) -> Result<()> {
        sqlx::query(
            "INSERT INTO kept (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = EXCLUDED.content",
        )
        .bind(name)
        .bind(row::json(value))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What was kept under a name. What cannot be read any more is reported and counts as nothing.
    pub async fn kept<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let content: Option<String> = sqlx::query_scalar("SELECT content FROM kept WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        let read = content.map(|content| serde_json::from_str(&content)).transpose();
        Ok(read.unwrap_or_else(|error| {
            tracing::error!(%error, "what was kept as {name} cannot be read");
            None
        }))
    }
}
