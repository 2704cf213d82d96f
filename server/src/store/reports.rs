//! Up to which moment the statistics of call centers were mailed, so that no restart mails them twice.

use super::{Mail, Result, Store, mails, row};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use std::collections::BTreeMap;

/// Which report of a call center.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportKind {
    /// The one of each period.
    Period,
    /// The one of each day.
    Daily,
}

impl ReportKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Period, Self::Daily];

    const fn name(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Daily => "daily",
        }
    }
}

/// What has a report: a call center and which one.
pub type ReportOf = (UserId, ReportKind);

impl Store {
    /// Up to when each report goes that was ever made.
    pub async fn reported(&self) -> Result<BTreeMap<ReportOf, Timestamp>> {
        let rows: Vec<(i64, String, i64)> =
            sqlx::query_as("SELECT center_id, kind, reported_until FROM reports")
                .fetch_all(&self.pool)
                .await?;
        let read = |(center, name, until): (i64, String, i64)| {
            let kind = ReportKind::ALL
                .into_iter()
                .find(|kind| kind.name() == name)
                .ok_or_else(|| sqlx::Error::Decode(format!("no report is {name:?}").into()))?;
            Ok(((UserId(row::id(center)?), kind), Timestamp(until)))
        };
        let read = row::readable("reports", rows.into_iter().map(read));
        Ok(read.into_iter().collect())
    }

    /// Puts the mails of a report into the outbox and remembers up to when it goes: both or neither. False: somebody else
    /// was faster, and nothing was done. `before` is up to when the one before went.
    pub async fn add_report(
        &self,
        (center, kind): ReportOf,
        before: Option<Timestamp>,
        until: Timestamp,
        mails: &[Mail],
        now: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let statement = match before {
            None => sqlx::query(
                "INSERT INTO reports (center_id, kind, reported_until) VALUES ($1, $2, $3)
                 ON CONFLICT (center_id, kind) DO NOTHING",
            ),
            Some(_) => sqlx::query(
                "UPDATE reports SET reported_until = $3 WHERE center_id = $1 AND kind = $2 AND reported_until = $4",
            ),
        };
        let statement = statement
            .bind(i64::from(center.0))
            .bind(kind.name())
            .bind(until.0);
        let statement = match before {
            None => statement,
            Some(before) => statement.bind(before.0),
        };
        if statement.execute(&mut *tx).await?.rows_affected() == 0 {
            return Ok(false);
        }
        mails::add(&mut tx, mails, now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets a report that nobody gets any more: when somebody gets it again, it begins anew.
    pub async fn forget_report(&self, (center, kind): ReportOf) -> Result<()> {
        sqlx::query("DELETE FROM reports WHERE center_id = $1 AND kind = $2")
            .bind(i64::from(center.0))
            .bind(kind.name())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
