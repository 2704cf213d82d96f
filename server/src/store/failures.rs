//! Failed log-ins, by what they are counted for: `account:<login in lower case>` or `address:<IP address>`.

use super::{Result, Store};
use centrale_core::time::Timestamp;

impl Store {
    /// When log-ins failed since a moment, oldest first.
    pub async fn failures(&self, key: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
        todo!()
    }

    /// Notes that a log-in failed.
    pub async fn add_failure(&self, key: &str, at: Timestamp) -> Result<()> {
        todo!()
    }

    /// Forgets what failed, after a log-in that succeeded.
    pub async fn clear_failures(&self, key: &str) -> Result<()> {
        todo!()
    }
}
