//! Settings of services: one table for all, keyed by owner and service.

use super::{Actor, SaveError, Store};
use centrale_core::api::services::Change;
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;

/// What a save of services came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The new version of each service, in the order of the changes.
    pub versions: Vec<u64>,
    /// The version of the configuration as a whole: the id of the last event.
    pub config: u64,
}

impl Store {
    /// Saves services of a user, all or none. The newer settings in [`SaveError::Stale`] say nothing of availability.
    pub async fn save_services(
        &self,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        changes: &[Change],
    ) -> Result<Saved, SaveError> {
        todo!()
    }
}
