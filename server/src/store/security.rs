//! Security events, and what holds for all log-ins.

use super::{Result, Store, days_before, row, take};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::{Kind, Policy, SecurityEvent};
use centrale_core::time::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

/// How long security events are kept, in days.
pub const SECURITY_EVENTS_DAYS: i64 = 365;
/// The most that are kept, and the most of those that anybody can cause.
const MOST: i64 = 200_000;
/// The most that are kept of what strangers can cause, so that they push out nothing else.
const MOST_OF_STRANGERS: i64 = 50_000;
/// What happens again within so many milliseconds is counted with what was.
const TOGETHER: i64 = 60 * 60 * 1000;
/// Every so many events those beyond the limits are removed.
const TIDY_EVERY: i64 = 500;
/// The longest login that is kept, in characters.
const LONGEST_LOGIN: usize = 254;

/// What strangers can cause.
const STRANGERS: &str = "('log-in-refused', 'log-in-slowed', 'phone-refused')";

/// What happened, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSecurityEvent {
    /// What happened.
    pub kind: Kind,
    /// To whose account.
    pub account: Option<AccountId>,
    /// The login that was typed, or that of the account.
    pub login: String,
    /// The name of the administrator who did it; empty: the person.
    pub by: String,
    /// Where it came from.
    pub address: String,
    /// What of the organisation it was about; empty: nothing.
    pub about: String,
}

impl Store {
    /// Keeps what happened. What is refused again within an hour is counted, and not kept anew.
    pub async fn add_security_event(&self, event: &NewSecurityEvent, now: Timestamp) -> Result<()> {
        let (kind, login) = (
            row::name(&event.kind)?,
            event.login.trim().chars().take(LONGEST_LOGIN),
        );
        let login: String = login.collect();
        let mut tx = self.write().await?;
        if is_refusal(event.kind) {
            let counted = sqlx::query(
                "UPDATE security_events SET count = count + 1, last_at = $1
                 WHERE login = $2 AND kind = $3 AND address = $4 AND at > $5",
            )
            .bind(now.0)
            .bind(&login)
            .bind(&kind)
            .bind(&event.address)
            .bind(now.0 - TOGETHER)
            .execute(&mut *tx)
            .await?;
            if counted.rows_affected() > 0 {
                tx.commit().await?;
                return Ok(());
            }
        }
        let id = take(&mut tx, "security_events", 1).await?;
        sqlx::query(
            "INSERT INTO security_events (id, kind, at, last_at, count, account, login, by_name, address, about)
             VALUES ($1, $2, $3, $3, 1, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(&kind)
        .bind(now.0)
        .bind(event.account.map(|account| account.to_string()))
        .bind(&login)
        .bind(&event.by)
        .bind(&event.address)
        .bind(&event.about)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if id % TIDY_EVERY == 0 {
            self.tidy_security_events(now).await?;
        }
        Ok(())
    }

    /// Forgets the events that are too old, and those beyond the most that are kept.
    pub async fn tidy_security_events(&self, now: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM security_events WHERE at < $1")
            .bind(days_before(now, SECURITY_EVENTS_DAYS).0)
            .execute(&self.pool)
            .await?;
        let only = format!("kind IN {STRANGERS}");
        for (which, most) in [(only.as_str(), MOST_OF_STRANGERS), ("1 = 1", MOST)] {
            let query = format!(
                "SELECT id FROM security_events WHERE {which} ORDER BY id DESC LIMIT 1 OFFSET $1"
            );
            let limit: Option<i64> = sqlx::query_scalar(&query)
                .bind(most)
                .fetch_optional(&self.pool)
                .await?;
            if let Some(limit) = limit {
                let query = format!("DELETE FROM security_events WHERE {which} AND id <= $1");
                sqlx::query(&query).bind(limit).execute(&self.pool).await?;
            }
        }
        Ok(())
    }

    /// What happened before an event, the newest first.
    pub async fn security_events(
        &self,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<SecurityEvent>> {
        let rows = sqlx::query(
            "SELECT id, kind, at, last_at, count, account, login, by_name, address, about FROM security_events
             WHERE id < $1 ORDER BY id DESC LIMIT $2",
        )
        .bind(before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX)))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let events = row::readable("security_events", rows.iter().map(event));
        Ok(events.into_iter().flatten().collect())
    }

    /// What holds for all log-ins.
    pub async fn log_in_policy(&self) -> Result<Policy> {
        let (version, needed): (i64, i64) = sqlx::query_as(
            "SELECT version, admins_need_second_factor FROM log_in_policy WHERE id = 1",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(Policy {
            version: row::version(version)?,
            admins_need_second_factor: needed != 0,
        })
    }

    /// Changes it. `false`: somebody else saved in the meantime.
    pub async fn put_log_in_policy(&self, policy: Policy) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE log_in_policy SET version = version + 1, admins_need_second_factor = $1
             WHERE id = 1 AND version = $2",
        )
        .bind(i64::from(policy.admins_need_second_factor))
        .bind(row::to_version(policy.version))
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn is_refusal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::LogInRefused
            | Kind::LogInSlowed
            | Kind::LogInBlocked
            | Kind::SecondFactorRefused
            | Kind::PasswordRefused
            | Kind::PhoneRefused
    )
}

/// An event; one of a kind that this version does not know is left out.
fn event(r: &AnyRow) -> sqlx::Result<Option<SecurityEvent>> {
    let Some(kind) = row::of_name(&r.try_get::<String, _>("kind")?) else {
        return Ok(None);
    };
    let account: Option<String> = r.try_get("account")?;
    Ok(Some(SecurityEvent {
        id: row::version(r.try_get("id")?)?,
        kind,
        at: Timestamp(r.try_get("at")?),
        last_at: Timestamp(r.try_get("last_at")?),
        count: row::version(r.try_get("count")?)?,
        account: account.and_then(|account| account.parse().ok()),
        login: r.try_get("login")?,
        by: r.try_get("by_name")?,
        address: r.try_get("address")?,
        about: r.try_get("about")?,
    }))
}
