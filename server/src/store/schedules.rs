//! Schedules of users and locations.

use super::{Actor, SaveError, Store};
use centrale_core::api::schedules::{New, Replace};
use centrale_core::id::ScheduleId;
use centrale_core::schedule::{Schedule, ScheduleOwner};
use centrale_core::time::Timestamp;

impl Store {
    /// Makes a schedule. Returns it, at version 1, and the version of the configuration.
    pub async fn add_schedule(
        &self,
        actor: &Actor,
        now: Timestamp,
        owner: ScheduleOwner,
        new: &New,
    ) -> Result<(Schedule, u64), SaveError> {
        todo!()
    }

    /// Replaces the name and the content of a schedule. Returns its version and that of the configuration.
    pub async fn replace_schedule(
        &self,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        replace: &Replace,
    ) -> Result<(u64, u64), SaveError> {
        todo!()
    }

    /// Removes a schedule; what uses it is for the caller to see to. Returns the version of the configuration.
    pub async fn delete_schedule(
        &self,
        actor: &Actor,
        now: Timestamp,
        id: ScheduleId,
        version: u64,
    ) -> Result<u64, SaveError> {
        todo!()
    }
}
