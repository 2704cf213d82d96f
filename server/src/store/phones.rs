//! The SIP accounts of phones, with their secrets.

use super::{Result, Store, row};
use centrale_core::id::{DeviceId, UserId};
use std::fmt;

/// The account with which a phone registers.
#[derive(Clone, PartialEq, Eq)]
pub struct SipAccount {
    /// Its name.
    pub account: String,
    /// The digest password.
    pub secret: String,
    /// Whose phone it is.
    pub user: UserId,
    /// The phone.
    pub device: DeviceId,
}

impl fmt::Debug for SipAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SipAccount").field("account", &self.account).finish_non_exhaustive()
    }
}

type Row = (String, String, i64, i64);

fn of_row((account, secret, user, device): Row) -> SipAccount {
    SipAccount { account, secret, user: UserId(row::id(user)), device: DeviceId(row::id(device)) }
}

impl Store {
    /// The SIP account with this name.
    pub async fn sip_account(&self, account: &str) -> Result<Option<SipAccount>> {
        let found: Option<Row> =
            sqlx::query_as("SELECT account, secret, user_id, id FROM devices WHERE account = $1")
                .bind(account)
                .fetch_optional(&self.pool)
                .await?;
        Ok(found.map(of_row))
    }

    /// Every SIP account, by the id of its phone.
    pub async fn sip_accounts(&self) -> Result<Vec<SipAccount>> {
        let found: Vec<Row> = sqlx::query_as("SELECT account, secret, user_id, id FROM devices ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        Ok(found.into_iter().map(of_row).collect())
    }
}
