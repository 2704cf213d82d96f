//! What is still to happen, the earliest first; at the same moment in the order in which it was set.

use crate::time::Timestamp;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Bits of a key for the place in the list of what happens, and for the count of events.
const PLACE: u32 = 32;
const COUNT: u32 = 48;

/// Events to come, between two moments that are less than 2^48 ms apart.
#[derive(Debug)]
pub(super) struct Agenda<T> {
    start: Timestamp,
    end: Timestamp,
    /// Moment since the start, count and place as one number: small to move, and compared in one go.
    keys: BinaryHeap<Reverse<u128>>,
    /// The first key is done with. What happens mostly sets something else, which then takes its place.
    first_is_done: bool,
    events: Vec<T>,
    free: Vec<u32>,
    count: u64,
}

impl<T: Copy> Agenda<T> {
    pub(super) fn new(start: Timestamp, end: Timestamp) -> Self {
        Self {
            start,
            end,
            keys: BinaryHeap::new(),
            first_is_done: false,
            events: Vec::new(),
            free: Vec::new(),
            count: 0,
        }
    }

    /// Sets an event; one that comes at the end or later never happens.
    #[expect(
        clippy::inline_always,
        reason = "an event that is handed over in memory is waited for"
    )]
    #[inline(always)]
    pub(super) fn set(&mut self, at: Timestamp, event: T) {
        if at >= self.end {
            return;
        }
        let place = if let Some(place) = self.free.pop() {
            self.events[place as usize] = event;
            place
        } else {
            self.events.push(event);
            (self.events.len() - 1) as u32
        };
        self.count += 1;
        let since = at.since(self.start).max(0) as u128;
        let key =
            Reverse(since << (COUNT + PLACE) | u128::from(self.count) << PLACE | u128::from(place));
        if !std::mem::take(&mut self.first_is_done) {
            self.keys.push(key);
        } else if let Some(mut first) = self.keys.peek_mut() {
            *first = key;
        }
    }

    /// When the first event comes.
    pub(super) fn first(&mut self) -> Option<Timestamp> {
        if std::mem::take(&mut self.first_is_done) {
            self.keys.pop();
        }
        let Reverse(key) = self.keys.peek()?;
        Some(self.start.plus_ms((key >> (COUNT + PLACE)) as i64))
    }

    /// Takes out the first event.
    #[expect(
        clippy::inline_always,
        reason = "an event that is handed over in memory is waited for"
    )]
    #[inline(always)]
    pub(super) fn take_first(&mut self) -> Option<T> {
        self.first()?;
        let Reverse(key) = *self.keys.peek()?;
        self.first_is_done = true;
        let place = key as u32;
        self.free.push(place);
        Some(self.events[place as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_order_of_time_and_then_of_setting() {
        let mut agenda = Agenda::new(Timestamp(1_000), Timestamp(9_000));
        for (at, event) in [
            (5_000, 'c'),
            (1_000, 'a'),
            (5_000, 'd'),
            (8_999, 'e'),
            (9_000, '-'),
            (1_001, 'b'),
        ] {
            agenda.set(Timestamp(at), event);
        }
        assert_eq!(
            (agenda.first(), agenda.take_first()),
            (Some(Timestamp(1_000)), Some('a'))
        );
        // A place is used again; the order is that of the setting.
        agenda.set(Timestamp(5_000), 'x');
        let rest: Vec<_> =
            std::iter::from_fn(|| Some((agenda.first()?.0, agenda.take_first()?))).collect();
        assert_eq!(
            rest,
            [
                (1_001, 'b'),
                (5_000, 'c'),
                (5_000, 'd'),
                (5_000, 'x'),
                (8_999, 'e')
            ]
        );
        assert_eq!(agenda.first(), None);
    }
}
