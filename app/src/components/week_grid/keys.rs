//! The grid under the keys: arrows move a block or stretch it, Delete takes it away.

use super::edit::GridEdit;
use super::hold::{Arrow, Hold};
use leptos::prelude::*;

/// The keys on a block.
#[derive(Clone, Copy)]
pub(super) struct ArrowKeys {
    edit: GridEdit,
    /// The block that arrows move, with the schedule as it was before the first of them.
    held: StoredValue<Option<Hold>>,
}

impl ArrowKeys {
    /// No block is moved yet.
    pub(super) fn new(edit: GridEdit) -> Self {
        Self {
            edit,
            held: StoredValue::new(None),
        }
    }

    /// A key was pressed on the block at `index`.
    pub(super) fn press(self, index: usize, event: &web_sys::KeyboardEvent) {
        let arrow = match event.key().as_str() {
            "ArrowUp" => Arrow::Up,
            "ArrowDown" => Arrow::Down,
            "ArrowLeft" => Arrow::Left,
            "ArrowRight" => Arrow::Right,
            "Delete" | "Backspace" => {
                event.prevent_default();
                return self.remove(index);
            }
            _ => return,
        };
        event.prevent_default();
        let now = (self.edit.time.get_untracked(), index);
        let held = self.held.try_update_value(Option::take).flatten();
        let held = held.filter(|held| held.result() == now);
        if let Some(mut held) = held.or_else(|| Hold::take(&now.0, index)) {
            held.step(arrow, event.shift_key());
            let (schedule, index) = held.result();
            self.held.set_value(Some(held));
            self.edit.change(schedule, index);
        }
    }

    /// Takes the block away; the focus goes to the one that takes its place.
    fn remove(self, index: usize) {
        let left = self.edit.time.with_untracked(|time| time.remove(index));
        let next = index.min(left.blocks.len().saturating_sub(1));
        self.edit.change(left, next);
    }
}
