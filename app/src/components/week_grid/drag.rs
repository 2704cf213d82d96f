//! A drag in the grid, from the moment a pointer goes down.

use super::hold::{Grip, click, drag, grip};
use centrale_core::schedule::TimeSchedule;
use wasm_bindgen::JsCast;

/// How far a pointer moves, in pixels, before a press becomes a drag.
const SLACK: i32 = 4;
/// How near an edge counts as the edge, in pixels.
const EDGE: f64 = 7.0;

/// A place in the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Monday is 0.
    pub(crate) day: u8,
    /// Minutes since midnight.
    pub(crate) minute: u16,
}

/// A drag under way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drag {
    base: TimeSchedule,
    grip: Grip,
    /// A finger on an empty place scrolls; only a tap draws.
    tap_only: bool,
    moved: bool,
    from: (i32, i32),
    place: Place,
    /// What the schedule would be now, and the block in hand.
    pub(crate) shown: (TimeSchedule, usize),
}

impl Drag {
    /// A pointer went down on the columns of the grid.
    pub(crate) fn begin(base: &TimeSchedule, event: &web_sys::PointerEvent) -> Option<Self> {
        let (place, height) = place(event)?;
        let reach = (EDGE * 1440.0 / height) as u16;
        let grip = grip(base, place.day, place.minute, reach);
        let touch = event.pointer_type() == "touch";
        let index = match grip {
            Grip::Empty { .. } => usize::MAX,
            Grip::Body { index, .. } | Grip::Edge { index, .. } => index,
        };
        Some(Self {
            base: base.clone(),
            grip,
            tap_only: touch && index == usize::MAX,
            moved: false,
            from: (event.client_x(), event.client_y()),
            place,
            shown: (base.clone(), index),
        })
    }

    /// The pointer moved. True when something is shown that was not before.
    pub(crate) fn follow(&mut self, event: &web_sys::PointerEvent) -> bool {
        let far = (event.client_x() - self.from.0)
            .abs()
            .max((event.client_y() - self.from.1).abs());
        if self.tap_only || (!self.moved && far < SLACK) {
            return false;
        }
        let Some((place, _)) = place(event) else {
            return false;
        };
        if self.moved && place == self.place {
            return false;
        }
        self.moved = true;
        self.place = place;
        self.shown = drag(&self.base, self.grip, place.day, place.minute);
        true
    }

    /// The pointer went up: the schedule as it is to be, or `None` when nothing changed.
    pub(crate) fn finish(self) -> Option<(TimeSchedule, usize)> {
        match (self.moved, self.grip) {
            (true, _) => Some(self.shown),
            (false, Grip::Empty { day, minute }) => Some(click(&self.base, day, minute)),
            (false, _) => None,
        }
    }

    /// Whether the grid should have every further event of the pointer.
    pub(crate) fn captures(&self) -> bool {
        !self.tap_only
    }

    /// The block that was taken.
    pub(crate) fn block(&self) -> Option<usize> {
        Some(self.shown.1).filter(|index| *index != usize::MAX)
    }
}

/// Where the pointer is, and the height of the grid in pixels.
fn place(event: &web_sys::PointerEvent) -> Option<(Place, f64)> {
    let rect = event
        .current_target()?
        .dyn_into::<web_sys::Element>()
        .ok()?
        .get_bounding_client_rect();
    let across = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
    let down = (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0);
    let day = (across * 7.0).clamp(0.0, 6.0) as u8;
    let minute = (down * 1440.0).clamp(0.0, 1440.0) as u16;
    Some((Place { day, minute }, rect.height().max(1.0)))
}
