//! Auto attendants (manual § 20, routing § 4): menus, keys, dialling by extension and name.

use super::{Call, Input, State};
use crate::organisation::AutoAttendant;
use crate::trace::Cause;
use std::sync::Arc;

/// Auto attendants (manual § 20, routing § 4): menus, keys, dialling by extension and name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attending {}

impl Call {
    pub(super) fn begin_attending(&mut self, _: Arc<AutoAttendant>) {
        self.release(Cause::NotInUse);
    }

    pub(super) fn attend_input(&mut self, state: Attending, input: Input) {
        let _ = input;
        self.state = State::Attending(state);
    }
}
