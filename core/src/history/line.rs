//! The part of one user in a call, while the trace is read.

use super::{Entry, Kind, Other};
use crate::id::UserId;
use crate::time::Timestamp;

/// An entry that is being made.
pub(super) struct Line {
    pub(super) entry: Entry,
    pub(super) phase: Phase,
    /// Something rang, or the call waited in the queue.
    pub(super) tried: bool,
    /// The call was for them, not for a group or queue that they work for.
    pub(super) own: bool,
    /// When it stopped ringing, though others may yet answer.
    stopped: Option<Timestamp>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nobody has answered.
    Waiting,
    /// They talk.
    Talking {
        /// From this moment on.
        since: Timestamp,
    },
    /// The entry is complete.
    Over,
    /// It is no entry.
    Unlisted,
}

impl Line {
    /// A call that waits. One that comes in is missed until somebody answers.
    pub(super) fn new(user: UserId, kind: Kind, at: Timestamp, other: Other) -> Self {
        let entry = Entry {
            user,
            kind,
            at,
            other,
            dialled: String::new(),
            waited: 0,
            talked: None,
            via: None,
            answered_by: None,
            forwarded_to: None,
            message: false,
        };
        Self {
            entry,
            phase: Phase::Waiting,
            tried: false,
            own: false,
            stopped: None,
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.phase == Phase::Waiting
    }

    /// It waits, and came in.
    pub(super) fn is_called(&self) -> bool {
        self.waits() && self.entry.kind != Kind::Placed
    }

    /// Something rings.
    pub(super) fn ring(&mut self) {
        self.tried = true;
        self.stopped = None;
    }

    /// Nothing of theirs rings any more.
    pub(super) fn stop(&mut self, at: Timestamp) {
        self.stopped = self.stopped.or(Some(at));
    }

    pub(super) fn answer(&mut self, at: Timestamp) {
        self.received(at);
        self.phase = Phase::Talking { since: at };
    }

    /// A machine of theirs took it.
    pub(super) fn take(&mut self, at: Timestamp) {
        self.received(at);
        self.phase = Phase::Over;
    }

    fn received(&mut self, at: Timestamp) {
        self.entry.waited = seconds(self.entry.at, at);
        if self.entry.kind == Kind::Missed {
            self.entry.kind = Kind::Received;
        }
    }

    /// They talk or wait no longer.
    pub(super) fn end(&mut self, at: Timestamp) {
        match self.phase {
            Phase::Waiting => {
                self.entry.waited = seconds(self.entry.at, self.stopped.unwrap_or(at));
            }
            Phase::Talking { since } => self.entry.talked = Some(seconds(since, at)),
            Phase::Over | Phase::Unlisted => return,
        }
        self.phase = Phase::Over;
    }

    pub(super) fn leave_out(&mut self) {
        self.phase = Phase::Unlisted;
    }
}

fn seconds(from: Timestamp, until: Timestamp) -> u32 {
    u32::try_from(until.since(from) / 1000).unwrap_or(0)
}
