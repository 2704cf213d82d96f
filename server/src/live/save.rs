//! Saves: to the database first, then into the view.

use super::{Live, StoredSchedule};
use crate::store::{Actor, SaveError, Store};
use centrale_core::api::schedules::{New, Replace};
use centrale_core::api::services::{Change, Setting};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::schedule::ScheduleOwner;
use centrale_core::time::Timestamp;
use std::sync::Arc;

impl Live {
    /// Saves services of a user, all or none. The settings were checked; they are stored in their normal form.
    pub async fn save_services(
        self: &Arc<Self>,
        store: &Store,
        actor: &Actor,
        now: Timestamp,
        user: UserId,
        changes: Vec<Change>,
    ) -> Result<Vec<Setting>, SaveError> {
        todo!()
    }

    /// Makes a schedule that was checked.
    pub async fn add_schedule(
        self: &Arc<Self>,
        store: &Store,
        actor: &Actor,
        now: Timestamp,
        owner: ScheduleOwner,
        new: New,
    ) -> Result<Arc<StoredSchedule>, SaveError> {
        todo!()
    }

    /// Replaces a schedule by one that was checked.
    pub async fn replace_schedule(
        self: &Arc<Self>,
        store: &Store,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        replace: Replace,
    ) -> Result<Arc<StoredSchedule>, SaveError> {
        todo!()
    }

    /// Removes a schedule, unless a rule links it.
    pub async fn delete_schedule(
        self: &Arc<Self>,
        store: &Store,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        version: u64,
    ) -> Result<(), SaveError> {
        todo!()
    }
}
