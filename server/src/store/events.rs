//! Events: every change of configuration with who, when, before and after.

use super::{Result, Store};
use centrale_core::api::events::Event;
use centrale_core::id::UserId;

impl Store {
    /// The last changes of what is the user's, newest first.
    pub async fn events_of_user(&self, user: UserId, limit: u32) -> Result<Vec<Event>> {
        todo!()
    }
}
