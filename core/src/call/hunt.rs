//! Hunt groups (manual § 21, routing § 2): members ring in the order of the policy.

use super::{Call, Input, State};
use crate::organisation::HuntGroup;
use crate::trace::Cause;
use std::sync::Arc;

/// Hunt groups (manual § 21, routing § 2): members ring in the order of the policy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hunt {}

impl Call {
    pub(super) fn begin_hunt(&mut self, _: Arc<HuntGroup>) {
        self.release(Cause::NotInUse);
    }

    pub(super) fn hunt_input(&mut self, state: Hunt, input: Input) {
        let _ = input;
        self.state = State::Hunting(state);
    }
}
