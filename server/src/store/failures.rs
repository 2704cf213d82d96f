//! Failed tries: passcodes by mailbox (`mailbox:<user>`), and log-ins by login and source.

use super::accounts::of_scope;
use super::{Result, Store, row};
use centrale_core::api::session::Identity;
use centrale_core::id::{AdminId, UserId};
use centrale_core::time::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

/// How long failures are kept, in milliseconds: a day.
const KEPT: i64 = 86_400_000;
/// The most log-ins that are kept as failed; those that lie back furthest go first.
const MOST: i64 = 20_000;

/// Log-ins that failed with one login from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInFailures {
    /// The login in lower case.
    pub login: String,
    /// An address, or `browser:` and the beginning of a browser's hash.
    pub source: String,
    /// How many in a row.
    pub failures: u32,
    /// The last of them.
    pub last_at: Timestamp,
    /// No try before.
    pub until: Timestamp,
}

/// Failed log-ins, with whose login it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slowed {
    /// How often it failed, and until when it may not be tried.
    pub failures: LogInFailures,
    /// Whose login it is; none: nobody's.
    pub who: Option<(Identity, String)>,
}

impl Store {
    /// When tries failed since a moment, that one included, oldest first.
    pub async fn failures(&self, key: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
        let found: Vec<i64> =
            sqlx::query_scalar("SELECT at FROM failures WHERE key = $1 AND at >= $2 ORDER BY at")
                .bind(key)
                .bind(since.0)
                .fetch_all(&self.pool)
                .await?;
        Ok(found.into_iter().map(Timestamp).collect())
    }

    /// Notes that a try failed, and forgets what is older than a day.
    pub async fn add_failure(&self, key: &str, at: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query("INSERT INTO failures (key, at) VALUES ($1, $2)")
            .bind(key)
            .bind(at.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM failures WHERE at < $1")
            .bind(at.plus_ms(-KEPT).0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what failed, after a try that succeeded.
    pub async fn clear_failures(&self, key: &str) -> Result<()> {
        sqlx::query("DELETE FROM failures WHERE key = $1")
            .bind(key)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The log-ins that failed with a login from a source.
    pub async fn log_in_failures(
        &self,
        login: &str,
        source: &str,
    ) -> Result<Option<LogInFailures>> {
        let found = sqlx::query(
            "SELECT login_key, source, failures, last_at, until FROM log_in_failures
             WHERE login_key = $1 AND source = $2",
        )
        .bind(row::key(login))
        .bind(source)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.as_ref().map(failures).transpose()?)
    }

    /// Keeps them in the place of those that were kept.
    pub async fn put_log_in_failures(&self, failures: &LogInFailures) -> Result<()> {
        sqlx::query(
            "INSERT INTO log_in_failures (login_key, source, failures, last_at, until) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (login_key, source) DO UPDATE SET failures = $3, last_at = $4, until = $5",
        )
        .bind(row::key(&failures.login))
        .bind(&failures.source)
        .bind(i64::from(failures.failures))
        .bind(failures.last_at.0)
        .bind(failures.until.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets those of a login: from one source, or from all. Tells how many sources there were.
    pub async fn clear_log_in_failures(&self, login: &str, source: Option<&str>) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM log_in_failures WHERE login_key = $1 AND COALESCE($2, source) = source",
        )
        .bind(row::key(login))
        .bind(source)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// Forgets those before a moment, and all beyond the most that are kept.
    pub async fn tidy_log_in_failures(&self, before: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM log_in_failures WHERE last_at < $1")
            .bind(before.0)
            .execute(&self.pool)
            .await?;
        let limit: Option<i64> = sqlx::query_scalar(
            "SELECT last_at FROM log_in_failures ORDER BY last_at DESC LIMIT 1 OFFSET $1",
        )
        .bind(MOST)
        .fetch_optional(&self.pool)
        .await?;
        if let Some(limit) = limit {
            sqlx::query("DELETE FROM log_in_failures WHERE last_at <= $1")
                .bind(limit)
                .execute(&self.pool)
                .await?;
        }
        Ok(())
    }

    /// The log-ins that may not be tried at a moment, those that were tried last first.
    pub async fn slowed(&self, now: Timestamp) -> Result<Vec<Slowed>> {
        let rows = sqlx::query(
            "SELECT f.login_key, f.source, f.failures, f.last_at, f.until, a.user_id, a.admin_id,
             COALESCE(u.first_name, m.first_name) AS first_name, COALESCE(u.last_name, m.last_name) AS last_name,
             m.scope_level, m.scope_id
             FROM log_in_failures f LEFT JOIN accounts a ON a.login_key = f.login_key
             LEFT JOIN users u ON u.id = a.user_id LEFT JOIN admins m ON m.id = a.admin_id
             WHERE f.until > $1 ORDER BY f.last_at DESC, f.login_key, f.source",
        )
        .bind(now.0)
        .fetch_all(&self.pool)
        .await?;
        Ok(row::readable("log_in_failures", rows.iter().map(slowed)))
    }
}

fn failures(r: &AnyRow) -> sqlx::Result<LogInFailures> {
    Ok(LogInFailures {
        login: r.try_get("login_key")?,
        source: r.try_get("source")?,
        failures: row::id(r.try_get("failures")?)?,
        last_at: Timestamp(r.try_get("last_at")?),
        until: Timestamp(r.try_get("until")?),
    })
}

fn slowed(r: &AnyRow) -> sqlx::Result<Slowed> {
    let (user, admin): (Option<i64>, Option<i64>) = (r.try_get("user_id")?, r.try_get("admin_id")?);
    let who = match (user, admin) {
        (Some(user), _) => Some(Identity::User {
            id: UserId(row::id(user)?),
        }),
        (None, Some(admin)) => {
            let (level, scope): (String, Option<i64>) =
                (r.try_get("scope_level")?, r.try_get("scope_id")?);
            let id = AdminId(row::id(admin)?);
            of_scope(&level, scope).map(|scope| Identity::Admin { id, scope })
        }
        (None, None) => None,
    };
    let who = match who {
        Some(who) => {
            let (first, last): (String, String) =
                (r.try_get("first_name")?, r.try_get("last_name")?);
            Some((who, format!("{first} {last}")))
        }
        None => None,
    };
    Ok(Slowed {
        failures: failures(r)?,
        who,
    })
}
