//! Whether a save would work, found out by one.

use super::{Result, Store};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// How long the answer of a try holds: whoever asks, and however often, causes one small commit in so much time.
const HOLDS: Duration = Duration::from_secs(2);
/// How long a try may take.
const PATIENCE: Duration = Duration::from_millis(1900);
/// How long the simplest answer may take.
const AT_ONCE: Duration = Duration::from_millis(100);
/// How much a try writes, in bytes: about what the pages are that a save of settings changes.
const FILLER: usize = 16 * 1024;

/// Why the database can do nothing, whatever it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// It does not answer, or not now.
    Away,
    /// It has no room left to write.
    Full,
}

/// What the last try came to.
#[derive(Clone, Default)]
pub(super) struct Health(Arc<Mutex<Option<Tried>>>);

type Tried = (Instant, Option<Outage>);

impl Store {
    /// Why no save would work now; `None`: one would. It is tried, unless it just was.
    pub async fn outage(&self) -> Option<Outage> {
        let mut last = self.health.0.lock().await;
        if let Some((at, outage)) = *last
            && at.elapsed() < HOLDS
        {
            return outage;
        }
        let tried = timeout(PATIENCE, self.try_save())
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut.into()));
        let outage = tried.err().map(|error| {
            tracing::warn!(%error, "a save would not work");
            error.outage().unwrap_or(Outage::Away)
        });
        *last = Some((Instant::now(), outage));
        outage
    }

    /// Whether it answers at once when it is asked nothing.
    pub async fn answers(&self) -> bool {
        let asked = async { sqlx::query("SELECT 1").execute(&self.pool).await };
        timeout(AT_ONCE, asked)
            .await
            .is_ok_and(|answer| answer.is_ok())
    }

    async fn try_save(&self) -> Result<()> {
        let mut tx = self.write().await?;
        let tries: i64 = sqlx::query_scalar("SELECT tries FROM health WHERE id = 1")
            .fetch_one(&mut *tx)
            .await?;
        // What is written differs from what is there, so that all of it is written anew.
        let letter = char::from(b'a' + u8::try_from(tries.rem_euclid(26)).unwrap_or_default());
        sqlx::query("UPDATE health SET tries = tries + 1, filler = $1 WHERE id = 1")
            .bind(letter.to_string().repeat(FILLER))
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }
}
