//! What comes due, in order. An entry whose reason is gone stays until it reaches the front, and is dropped there.

use crate::time::Timestamp;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What comes due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A call rang long enough.
    Rings,
    /// A call waited the overflow time.
    Overflow,
    /// A call waited so long that phones are told.
    Late,
    /// An agent is warned of a held call.
    HeldWarning,
    /// An agent held a call too long.
    HeldTooLong,
    /// An agent may be offered calls again.
    CooledDown,
    /// An agent's wrap-up has lasted long enough.
    WrapUp,
}

/// Something that comes due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    pub(super) at: Timestamp,
    pub(super) kind: Kind,
    /// The index of the call or the agent.
    pub(super) of: usize,
    /// What the call or agent had counted when this was set; it holds as long as they count the same.
    pub(super) stamp: u64,
}

/// All that comes due.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers(BinaryHeap<Reverse<Due>>);

impl Timers {
    pub(super) fn set(&mut self, due: Due) {
        self.0.push(Reverse(due));
    }

    pub(super) fn first(&self) -> Option<Due> {
        self.0.peek().map(|due| due.0)
    }

    pub(super) fn drop_first(&mut self) {
        self.0.pop();
    }
}
