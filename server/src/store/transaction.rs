//! Transactions: each ends with a commit or a rollback of which the answer was read, or with its connection.

use super::pool::Line;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// How long the answer to a commit is waited for: a disk may be slow to write what was changed.
const COMMIT: Duration = Duration::from_secs(5);
/// How long a rollback may take.
pub(super) const ROLLBACK: Duration = Duration::from_secs(2);

/// A transaction. Dropped, it is rolled back, also when whoever began it went away in the midst of it.
pub(super) struct Tx(Line);

impl Tx {
    pub(super) async fn begin(mut line: Line, statement: &'static str) -> sqlx::Result<Self> {
        line.begin(statement).await?;
        Ok(Self(line))
    }

    /// Makes what was changed last. After an error nobody knows whether it does.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        if self.0.failed() {
            // PostgreSQL would roll back and answer as if it had committed.
            self.0.end("ROLLBACK", ROLLBACK).await?;
            return Err(sqlx::Error::Protocol(
                "a statement of the transaction failed".into(),
            ));
        }
        let patience = COMMIT.max(self.0.patience());
        self.0.end("COMMIT", patience).await
    }

    /// Gives up what was changed.
    pub(super) async fn rollback(mut self) -> sqlx::Result<()> {
        self.0.end("ROLLBACK", ROLLBACK).await
    }
}

impl Deref for Tx {
    type Target = Line;

    fn deref(&self) -> &Line {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Line {
        &mut self.0
    }
}
