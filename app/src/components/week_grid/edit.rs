//! What pointer and keys share: the schedule that they change, and what is said and focused when it has changed.

use super::block::block_id;
use super::words::block_name;
use crate::focus::focus;
use centrale_core::schedule::TimeSchedule;
use leptos::prelude::*;

/// The schedule in the grid.
#[derive(Clone, Copy)]
pub(super) struct GridEdit {
    /// The id of the grid.
    pub(super) grid: StoredValue<String>,
    /// The schedule.
    pub(super) time: Signal<TimeSchedule>,
    /// What screen readers are told.
    pub(super) status: RwSignal<String>,
    /// It should become this.
    pub(super) on_change: Callback<TimeSchedule>,
}

impl GridEdit {
    /// Changes the schedule, names the block at `index` and focuses it.
    pub(super) fn change(self, schedule: TimeSchedule, index: usize) {
        let block = schedule.blocks.get(index).copied();
        self.status.set(block.map(block_name).unwrap_or_default());
        self.on_change.run(schedule);
        self.focus(index);
    }

    /// Focuses a block.
    pub(super) fn focus(self, index: usize) {
        focus(self.grid.with_value(|grid| block_id(grid, index)));
    }
}
