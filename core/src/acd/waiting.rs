//! The calls of one queue that wait, in the order in which they are offered.

use crate::time::Timestamp;
use std::collections::VecDeque;

/// Where a call stands: bounced ones first, of these the one first offered earliest; then the one that waits longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// False sorts first.
    pub(super) fresh: bool,
    /// Since when it waits; of a bounced call when it was first offered.
    pub(super) since: Timestamp,
    /// Among equals the one that came first.
    pub(super) arrival: u64,
}

/// The calls of one queue that wait and are not being offered.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting(VecDeque<(Place, usize)>);

impl Waiting {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn front(&self) -> Option<(Place, usize)> {
        self.0.front().copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|(_, call)| *call)
    }

    /// How many come before a place.
    pub(super) fn before(&self, place: Place) -> usize {
        self.0.partition_point(|(other, _)| *other < place)
    }

    pub(super) fn insert(&mut self, place: Place, call: usize) {
        // Mostly it is the last that came.
        if self.0.back().is_none_or(|(last, _)| *last < place) {
            return self.0.push_back((place, call));
        }
        self.0.insert(self.before(place), (place, call));
    }

    pub(super) fn remove(&mut self, place: Place) {
        let Some((first, _)) = self.0.front() else {
            return;
        };
        // Mostly it is the next that is offered.
        if *first == place {
            self.0.pop_front();
            return;
        }
        let at = self.before(place);
        if self.0.get(at).is_some_and(|(other, _)| *other == place) {
            self.0.remove(at);
        }
    }
}
