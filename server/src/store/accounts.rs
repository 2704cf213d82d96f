//! Accounts: who may log in, as whom, and with what.

use super::{Result, Store};
use crate::clock::TokenSource;
use centrale_core::api::session::Identity;
use centrale_core::id::AdminId;
use centrale_core::organisation::{AdminScope, Language};
use std::fmt;

/// Somebody who may log in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: i64,
    /// As whom.
    pub who: Identity,
    /// First and last name.
    pub name: String,
    /// The language of their screens.
    pub language: Language,
    /// The argon2id hash of the password; none: cannot log in.
    pub password_hash: Option<String>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("who", &self.who).finish_non_exhaustive()
    }
}

/// An administrator to be made.
#[derive(Clone)]
pub struct NewAdmin {
    /// The name to log in with.
    pub login: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// Where mail reaches them.
    pub email: String,
    /// What they administer.
    pub scope: AdminScope,
    /// The argon2id hash of the password.
    pub password_hash: String,
}

impl Store {
    /// The account with this login, whatever its case.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        let _ = login;
        todo!()
    }

    /// Makes an administrator. `Taken` when the login is in use.
    pub async fn add_admin(&self, admin: &NewAdmin) -> Result<AdminId> {
        let _ = admin;
        todo!()
    }

    /// Gives an account another password.
    pub async fn set_password_hash(&self, account: i64, hash: &str) -> Result<()> {
        let _ = (account, hash);
        todo!()
    }
}
