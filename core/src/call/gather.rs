//! Group calls (manual § 22): all members ring, and those who answer join one conference.

use super::{Call, Input, State};
use crate::organisation::GroupCall;
use crate::trace::Cause;
use std::sync::Arc;

/// Group calls (manual § 22): all members ring, and those who answer join one conference.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gathering {}

impl Call {
    pub(super) fn begin_gathering(&mut self, _: Arc<GroupCall>) {
        self.release(Cause::NotInUse);
    }

    pub(super) fn gather_input(&mut self, state: Gathering, input: Input) {
        let _ = input;
        self.state = State::Gathering(state);
    }

    pub(super) fn leave_gathering(&mut self, state: Gathering) -> Cause {
        let _ = state;
        Cause::Normal
    }
}
