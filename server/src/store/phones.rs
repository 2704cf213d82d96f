//! The SIP accounts of phones, with their secrets, which are sealed.

use super::{Error, Kind, Result, Store, row, take};
use crate::secret::Keyring;
use centrale_core::id::{DeviceId, UserId};
use std::fmt;

/// The account with which a phone registers.
#[derive(Clone, PartialEq, Eq)]
pub struct SipAccount {
    /// The name of the account, which the phone registers with.
    pub account: String,
    /// The digest password.
    pub secret: String,
    /// Whose phone it is.
    pub user: UserId,
    /// The id of the phone.
    pub device: DeviceId,
}

impl fmt::Debug for SipAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SipAccount")
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// The place that the secret of a phone is sealed for.
fn place(device: i64) -> String {
    format!("devices.sealed_secret:{device}")
}

/// Account, secret, sealed secret, user, device.
type Row = (String, String, Option<String>, i64, i64);

fn of_row(keys: &Keyring, (account, plain, sealed, user, device): Row) -> Result<SipAccount> {
    let secret = match sealed {
        Some(sealed) => keys.unseal_text(&place(device), &sealed)?,
        // It was stored before there were keys, and no server has started since.
        None => plain,
    };
    Ok(SipAccount {
        account,
        secret,
        user: UserId(row::id(user)?),
        device: DeviceId(row::id(device)?),
    })
}

impl Store {
    /// The SIP account with this name.
    pub async fn sip_account(&self, keys: &Keyring, account: &str) -> Result<Option<SipAccount>> {
        let found: Option<Row> = sqlx::query_as(
            "SELECT account, secret, sealed_secret, user_id, id FROM devices WHERE account = $1",
        )
        .bind(account)
        .fetch_optional(&self.pool)
        .await?;
        found.map(|found| of_row(keys, found)).transpose()
    }

    /// Every SIP account, by the id of its phone.
    pub async fn sip_accounts(&self, keys: &Keyring) -> Result<Vec<SipAccount>> {
        let found: Vec<Row> = sqlx::query_as(
            "SELECT account, secret, sealed_secret, user_id, id FROM devices ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        let known = |found: &Row| row::id(found.3).and_then(|_| row::id(found.4)).is_ok();
        let (found, damaged): (Vec<Row>, Vec<Row>) = found.into_iter().partition(known);
        for (account, ..) in damaged {
            tracing::error!(account, "a phone has ids that are none, and is left out");
        }
        found.into_iter().map(|found| of_row(keys, found)).collect()
    }

    /// How often a secret was renewed.
    pub async fn sip_secrets_revision(&self) -> Result<i64> {
        let query = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'phones'");
        Ok(query.fetch_one(&self.pool).await?)
    }

    /// Gives a phone of a user another secret; tells the account. `None`: there is no such phone.
    pub async fn renew_sip_secret(
        &self,
        keys: &Keyring,
        (user, device): (UserId, DeviceId),
        secret: &str,
    ) -> Result<Option<String>> {
        let sealed = keys.seal(&place(device.0.into()), secret.as_bytes())?;
        let mut tx = self.write().await?;
        let account: Option<String> = sqlx::query_scalar(
            "UPDATE devices SET sealed_secret = $1, secret = '' WHERE id = $2 AND user_id = $3 RETURNING account",
        )
        .bind(sealed)
        .bind(i64::from(device.0))
        .bind(i64::from(user.0))
        .fetch_optional(&mut *tx)
        .await?;
        if account.is_some() {
            take(&mut tx, "phones", 1).await?;
        }
        tx.commit().await?;
        Ok(account)
    }

    /// Seals the secrets that are not; tells how many.
    pub async fn seal_sip_secrets(&self, keys: &Keyring) -> Result<usize> {
        let mut tx = self.pool.patient().write().await?;
        let plain: Vec<(i64, String)> =
            sqlx::query_as("SELECT id, secret FROM devices WHERE sealed_secret IS NULL")
                .fetch_all(&mut *tx)
                .await?;
        for (device, secret) in &plain {
            sqlx::query("UPDATE devices SET sealed_secret = $1, secret = '' WHERE id = $2")
                .bind(keys.seal(&place(*device), secret.as_bytes())?)
                .bind(device)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        if !plain.is_empty()
            && let Err(error) = self.wipe().await
        {
            tracing::warn!(%error, "the files of the database may still hold secrets as they were before they were sealed");
        }
        Ok(plain.len())
    }

    /// Writes the files anew, so that they do not hold what rows held before.
    async fn wipe(&self) -> Result<()> {
        let pool = self.pool.patient();
        let statements: &[&str] = match pool.kind() {
            Kind::Sqlite => &["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
            Kind::Postgres => &["VACUUM FULL devices"],
        };
        for statement in statements {
            pool.lend(true)
                .await?
                .run(statement)
                .await
                .map_err(Error::from)?;
        }
        Ok(())
    }
}
