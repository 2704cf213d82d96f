//! Sessions: which token is whose, and until when. Tokens are kept as hashes only.

use super::{Account, Result, Store};
use centrale_core::time::Timestamp;

impl Store {
    /// Starts a session. `token_hash` is the hash of the token in hexadecimal.
    pub async fn add_session(&self, token_hash: &str, account: i64, expires_at: Timestamp) -> Result<()> {
        todo!()
    }

    /// Whose session it is; `None` when there is none or it has expired.
    pub async fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<(Account, Timestamp)>> {
        todo!()
    }

    /// Lets a session last until `expires_at`.
    pub async fn touch_session(&self, token_hash: &str, expires_at: Timestamp) -> Result<()> {
        todo!()
    }

    /// Ends a session.
    pub async fn delete_session(&self, token_hash: &str) -> Result<()> {
        todo!()
    }

    /// Forgets the sessions that have expired; returns how many there were.
    pub async fn delete_expired(&self, now: Timestamp) -> Result<u64> {
        todo!()
    }
}
