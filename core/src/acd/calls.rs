//! The calls that the distributor knows: from the moment they enter a queue until they are over.

use super::waiting::Place;
use crate::id::CallRef;
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
    /// The next entry of the same chain.
    next: u32,
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
            Some(since) if self.bounced => Place {
                fresh: false,
                since,
                arrival: self.arrival,
            },
            _ => Place {
                fresh: true,
                since: self.since,
                arrival: self.arrival,
            },
        }
    }
}

/// All calls; each keeps its index while it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    entries: Vec<Entry>,
    free: Vec<u32>,
    /// Where the chain of each remainder of names begins: a power of two of them, as many as there are entries. Hosts
    /// count names, so that those which follow each other have chains of their own.
    chains: Vec<u32>,
}

/// The end of a chain.
const NOTHING: u32 = u32::MAX;

impl Calls {
    pub(super) fn find(&self, call: CallRef) -> Option<usize> {
        let mut at = *self.chains.get(self.chain(call))?;
        while at != NOTHING {
            let entry = &self.entries[at as usize];
            if entry.call == call {
                return Some(at as usize);
            }
            at = entry.next;
        }
        None
    }

    pub(super) fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// Adds a call that is not known.
    pub(super) fn add(
        &mut self,
        call: CallRef,
        center: usize,
        since: Timestamp,
        arrival: u64,
    ) -> usize {
        let index = self.free.pop().unwrap_or_else(|| self.widen());
        let chain = self.chain(call);
        let next = std::mem::replace(&mut self.chains[chain], index);
        let entry = &mut self.entries[index as usize];
        // The lists are empty and keep their room.
        let (offered, tried) = (
            std::mem::take(&mut entry.offered),
            std::mem::take(&mut entry.tried),
        );
        *entry = Entry {
            call,
            next,
            center,
            since,
            arrival,
            offered,
            tried,
            ..Entry::default()
        };
        index as usize
    }

    pub(super) fn remove(&mut self, index: usize) {
        let entry = &mut self.entries[index];
        // No timer of the call holds any more.
        entry.arrival = 0;
        entry.turn = 0;
        entry.offered.clear();
        entry.tried.clear();
        let (call, next) = (entry.call, entry.next);
        let chain = self.chain(call);
        let mut at = self.chains[chain];
        if at == index as u32 {
            self.chains[chain] = next;
        } else {
            while self.entries[at as usize].next != index as u32 {
                at = self.entries[at as usize].next;
            }
            self.entries[at as usize].next = next;
        }
        self.free.push(index as u32);
    }

    fn chain(&self, call: CallRef) -> usize {
        call.0 as usize & self.chains.len().wrapping_sub(1)
    }

    /// Makes room for one more entry. All entries there are have calls.
    fn widen(&mut self) -> u32 {
        let index = self.entries.len();
        if index == self.chains.len() {
            self.chains = vec![NOTHING; (index * 2).max(16)];
            for at in 0..index {
                let chain = self.chain(self.entries[at].call);
                self.entries[at].next = std::mem::replace(&mut self.chains[chain], at as u32);
            }
        }
        self.entries.push(Entry::default());
        index as u32
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Draws;
    use std::collections::BTreeMap;

    #[test]
    fn agrees_with_a_plain_map() {
        let mut draws = Draws::new(3);
        // Few names that come and go, and many that lie far apart and share their chains.
        for (below, times) in [(12, 1), (300, 1), (2_000, 1 << 40)] {
            let (mut calls, mut plain) = (Calls::default(), BTreeMap::new());
            for _ in 0..5_000 {
                let name = CallRef(draws.below(below) * times);
                assert_eq!(calls.find(name), plain.get(&name).copied());
                if let Some(index) = plain.remove(&name) {
                    calls.remove(index);
                } else {
                    let index = calls.add(name, 0, Timestamp(0), 1);
                    assert!(plain.values().all(|other| *other != index));
                    plain.insert(name, index);
                }
                assert_eq!(calls.entries.len() - calls.free.len(), plain.len());
            }
            for (name, index) in plain {
                assert_eq!(calls.find(name), Some(index));
            }
        }
    }
}
