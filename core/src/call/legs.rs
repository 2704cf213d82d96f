//! The legs of a call: the phones that were asked to ring, and what became of them.

use crate::id::{DeviceId, UserId};
use crate::number::{Digits, E164};
use crate::trace::LegFailure;

/// A leg of one call, numbered from 1 in the order in which they were asked to ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegId(pub u32);

/// What a leg calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A registered phone of a user.
    Device(UserId, DeviceId),
    /// The mobile phone of a user, through the public network.
    Mobile(UserId, E164),
    /// A number of the public network.
    Outside(E164),
    /// The emergency services, by their number.
    Emergency(Digits),
}

/// The legs that ring now.
#[derive(Clone, Debug, Default)]
pub(super) struct Legs {
    last: u32,
    ringing: Vec<LegId>,
    busy: bool,
}

impl Legs {
    /// Forgets how earlier legs failed: a new party is about to ring.
    pub(super) fn begin(&mut self) {
        self.busy = false;
    }

    /// A leg of an earlier run is there: those to come are named after it.
    pub(super) fn resume(&mut self, leg: LegId) {
        self.last = leg.0;
    }

    pub(super) fn add(&mut self) -> LegId {
        self.last += 1;
        self.ringing.push(LegId(self.last));
        LegId(self.last)
    }

    /// The name of a leg that has answered already.
    pub(super) fn answered(&mut self) -> LegId {
        self.last += 1;
        LegId(self.last)
    }

    pub(super) fn is_ringing(&self) -> bool {
        !self.ringing.is_empty()
    }

    pub(super) fn knows(&self, leg: LegId) -> bool {
        self.ringing.contains(&leg)
    }

    /// Takes a leg out. When it was the last: how all of them failed, where one busy phone makes the line busy.
    pub(super) fn fail(&mut self, leg: LegId, cause: LegFailure) -> Option<LegFailure> {
        let place = self.ringing.iter().position(|l| *l == leg)?;
        self.ringing.remove(place);
        self.busy |= cause == LegFailure::Busy;
        match (self.ringing.is_empty(), self.busy) {
            (false, _) => None,
            (true, true) => Some(LegFailure::Busy),
            (true, false) => Some(LegFailure::Unreachable),
        }
    }

    pub(super) fn forget(&mut self, leg: LegId) {
        self.ringing.retain(|l| *l != leg);
    }

    pub(super) fn drain(&mut self) -> std::vec::IntoIter<LegId> {
        std::mem::take(&mut self.ringing).into_iter()
    }
}
