//! Reading the whole organisation, when the server starts and for the export.

use super::{Result, Store};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::Organisation;
use std::collections::BTreeMap;

/// Everything that calls and reads go by.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The organisation; every list in the order of ids.
    pub organisation: Organisation,
    /// The version of each saved setting, by user and service.
    pub versions: BTreeMap<UserId, BTreeMap<String, u64>>,
    /// The version of each schedule.
    pub schedule_versions: BTreeMap<ScheduleId, u64>,
    /// The version of the configuration: the id of the last event.
    pub config: u64,
}

impl Store {
    /// Reads everything. What cannot be read is reported and left out.
    pub async fn load(&self) -> Result<Loaded> {
        todo!()
    }
}
