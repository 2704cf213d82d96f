//! Call centers (manual § 23, routing § 3) as one caller meets them: arrival, announcements, offers.

use super::{Call, Input, State};
use crate::organisation::CallCenter;
use crate::trace::Cause;
use std::sync::Arc;

/// Call centers (manual § 23, routing § 3) as one caller meets them: arrival, announcements, offers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Queued {}

impl Call {
    pub(super) fn begin_queueing(&mut self, _: Arc<CallCenter>) {
        self.release(Cause::NotInUse);
    }

    pub(super) fn queue_input(&mut self, state: Queued, input: Input) {
        let _ = input;
        self.state = State::Queued(state);
    }

    pub(super) fn leave_queue(&mut self, state: Queued) {
        let _ = state;
    }
}
