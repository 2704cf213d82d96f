//! The grid under a pointer: a drag from when it goes down until it goes up.

use super::drag::Drag;
use super::edit::GridEdit;
use crate::components::week_strip::capture;
use centrale_core::schedule::TimeSchedule;
use leptos::prelude::*;

/// The pointer over the grid.
#[derive(Clone, Copy)]
pub(super) struct PointerDrag {
    edit: GridEdit,
    drag: RwSignal<Option<Drag>>,
}

impl PointerDrag {
    /// No drag yet.
    pub(super) fn new(edit: GridEdit) -> Self {
        Self {
            edit,
            drag: RwSignal::new(None),
        }
    }

    /// The schedule as it is shown: what the drag would make of it.
    pub(super) fn shown(self) -> Memo<TimeSchedule> {
        Memo::new(move |_| match &*self.drag.read() {
            Some(drag) => drag.shown.0.clone(),
            None => self.edit.time.get(),
        })
    }

    /// The pointer went down.
    pub(super) fn down(self, event: &web_sys::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let begun = self
            .edit
            .time
            .with_untracked(|time| Drag::begin(time, event));
        if let Some(begun) = &begun
            && begun.captures()
        {
            event.prevent_default();
            capture(event);
            if let Some(index) = begun.block() {
                self.edit.focus(index);
            }
        }
        self.drag.set(begun);
    }

    /// The pointer moved.
    pub(super) fn moved(self, event: &web_sys::PointerEvent) {
        if self.drag.with_untracked(Option::is_some) {
            self.drag
                .maybe_update(|drag| drag.as_mut().is_some_and(|drag| drag.follow(event)));
        }
    }

    /// The pointer went up: the drag becomes a change.
    pub(super) fn up(self) {
        let drag = self.drag.try_update(Option::take).flatten();
        if let Some((schedule, index)) = drag.and_then(Drag::finish) {
            self.edit.change(schedule, index);
        }
    }

    /// The drag is given up.
    pub(super) fn cancel(self) {
        self.drag.set(None);
    }
}
