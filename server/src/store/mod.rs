//! The database: the only place that knows SQL. One code for SQLite and PostgreSQL, on `TEXT` and `BIGINT` columns,
//! and one of bytes for sounds.
//! Writes of configuration carry the version that was read and leave an event; what they mean is left to others.

mod accounts;
mod browsers;
mod calls;
mod chain;
mod error;
mod events;
mod failures;
mod health;
mod hints;
mod import;
mod kept;
mod load;
mod mails;
mod news;
mod open;
mod parts;
mod passcodes;
mod phones;
mod pool;
mod reports;
mod restore;
mod row;
mod schedules;
mod sealed;
mod second_factors;
mod secrets;
mod security;
mod services;
mod sessions;
mod statistics;
mod tables;
mod transaction;
mod uploads;

pub use accounts::{Account, NewAdmin};
pub use browsers::BROWSER_DAYS;
pub use calls::{CALLS_KEPT, CALLS_KEPT_DAYS, CallPlace};
pub use error::{Error, PartNow, Result, SaveError, ScheduleNow};
pub use failures::{LogInFailures, Slowed};
pub use health::Outage;
pub use hints::Hints;
pub use import::Passwords;
pub use load::Loaded;
pub use mails::{Due, GIVEN_UP_DAYS, GivenUp, Mail};
pub use news::{Changed, News, Revision, Stored};
pub use passcodes::Passcodes;
pub use phones::SipAccount;
pub use reports::{ReportKind, ReportOf};
pub use restore::Restoring;
pub use sealed::Sealed;
pub use second_factors::{SecondFactor, seed_place};
pub use secrets::OwnSecret;
pub use security::{NewSecurityEvent, SECURITY_EVENTS_DAYS};
pub use services::Saved;
pub use sessions::{Listed, Place, Session};
pub use statistics::{Counted, KEPT_DAYS};
pub use tables::{Cell, Column, ColumnKind, Dump, LEFT_OUT, Table};

use centrale_core::time::Timestamp;
use health::Health;
use pool::Pool;
use std::fs::File;
use std::sync::Arc;
use transaction::Tx;

/// An open database. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    pool: Pool,
    health: Health,
    /// Where servers tell each other of saves.
    told_at: Option<Arc<str>>,
    /// What keeps other servers from the file, as long as it is held.
    #[expect(dead_code, reason = "it is held, and never looked at")]
    lock: Option<Arc<File>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// Who makes a change, for its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: i64,
    /// First and last name, as the event keeps it.
    pub name: String,
}

impl Store {
    /// Begins a transaction that may write.
    async fn write(&self) -> sqlx::Result<Tx> {
        self.pool.write().await
    }

    /// Closes all connections, and lets SQLite tidy up its files.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Takes `count` numbers from a counter and returns the first. The counter's row is locked until the transaction
/// ends, so that numbers are in the order of commits.
async fn take(tx: &mut Tx, counter: &str, count: i64) -> sqlx::Result<i64> {
    let last: i64 = sqlx::query_scalar(
        "UPDATE counters SET value = value + $1 WHERE name = $2 RETURNING value",
    )
    .bind(count)
    .bind(counter)
    .fetch_one(&mut **tx)
    .await?;
    Ok(last - count + 1)
}

/// So many days before a moment: what is older is forgotten.
fn days_before(moment: Timestamp, days: i64) -> Timestamp {
    moment.plus_seconds(-days * 24 * 60 * 60)
}
