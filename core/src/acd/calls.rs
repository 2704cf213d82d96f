//! The calls that the distributor knows: from the moment they enter a queue until they are over.

use super::CallRef;
use super::names::Names;
use super::waiting::Place;
use crate::time::Timestamp;
use std::ops::{Index, IndexMut};

/// How far a call is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// It waits.
    #[default]
    Waiting,
    /// It rings at agents.
    Offered,
    /// It was answered by this agent.
    Talking(usize),
}

/// A call.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) call: CallRef,
    /// The index of its call center.
    pub(super) center: usize,
    pub(super) since: Timestamp,
    /// Counts arrivals; names the timers of this call.
    pub(super) arrival: u64,
    pub(super) phase: Phase,
    /// Names the timers of the present offer or hold.
    pub(super) turn: u64,
    pub(super) first_offered: Option<Timestamp>,
    pub(super) bounced: bool,
    /// It waits so long that phones were told.
    pub(super) late: bool,
    /// It was answered before, and taken from the agent.
    pub(super) answered_before: bool,
    /// At whom it rings.
    pub(super) offered: Vec<usize>,
    /// Off whom it bounced since all idle agents had their turn.
    pub(super) tried: Vec<usize>,
    pub(super) answered: Timestamp,
    pub(super) held_since: Option<Timestamp>,
    pub(super) held_ms: u64,
}

impl Entry {
    pub(super) fn place(&self) -> Place {
        match self.first_offered {
            Some(since) if self.bounced => Place { fresh: false, since, arrival: self.arrival },
            _ => Place { fresh: true, since: self.since, arrival: self.arrival },
        }
    }
}

/// All calls; each keeps its index while it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    entries: Vec<Entry>,
    free: Vec<usize>,
    by_name: Names,
}

impl Calls {
    pub(super) fn find(&self, call: CallRef) -> Option<usize> {
        self.by_name.get(call.0)
    }

    pub(super) fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    pub(super) fn add(&mut self, call: CallRef, center: usize, since: Timestamp, arrival: u64) -> usize {
        let index = self.free.pop().unwrap_or_else(|| {
            self.entries.push(Entry::default());
            self.entries.len() - 1
        });
        let entry = &mut self.entries[index];
        let (mut offered, mut tried) = (std::mem::take(&mut entry.offered), std::mem::take(&mut entry.tried));
        offered.clear();
        tried.clear();
        *entry = Entry { call, center, since, arrival, offered, tried, ..Entry::default() };
        self.by_name.insert(call.0, index);
        index
    }

    pub(super) fn remove(&mut self, index: usize) {
        let entry = &mut self.entries[index];
        // No timer of the call holds any more.
        entry.arrival = 0;
        entry.turn = 0;
        self.by_name.remove(entry.call.0);
        self.free.push(index);
    }
}

impl Index<usize> for Calls {
    type Output = Entry;
    fn index(&self, index: usize) -> &Entry {
        &self.entries[index]
    }
}

impl IndexMut<usize> for Calls {
    fn index_mut(&mut self, index: usize) -> &mut Entry {
        &mut self.entries[index]
    }
}
