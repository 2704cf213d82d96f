//! The SIP accounts of phones, with their secrets.

use super::{Result, Store};
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

impl Store {
    /// The SIP account with this name.
    pub async fn sip_account(&self, account: &str) -> Result<Option<SipAccount>> {
        todo!()
    }

    /// Every SIP account.
    pub async fn sip_accounts(&self) -> Result<Vec<SipAccount>> {
        todo!()
    }
}
