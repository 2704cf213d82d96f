//! Filling an empty database with an organisation.

use super::{Result, Store};
use crate::clock::TokenSource;
use centrale_core::organisation::Organisation;

/// Gives the argon2id hash of the password for a login; `None`: no password, so no logging in.
pub type Passwords<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

impl Store {
    /// Whether there is neither an enterprise nor anybody in it.
    pub async fn is_empty(&self) -> Result<bool> {
        todo!()
    }

    /// Stores a whole organisation in an empty database; each phone gets a secret of its own.
    pub async fn import(
        &self,
        organisation: &Organisation,
        passwords: Passwords<'_>,
        secrets: &dyn TokenSource,
    ) -> Result<()> {
        todo!()
    }
}
