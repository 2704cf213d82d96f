//! Calls that were answered: hold, transfer, recall, park, pickup (manual § 7.5, 24, 25).

use super::{Call, Input, LegId, State};
use crate::trace::{Cause, Party};

/// Caller and leg, and what is between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Talk {
    leg: LegId,
    with: Party,
}

impl Talk {
    pub(super) fn new(leg: LegId, with: Party) -> Self {
        Self { leg, with }
    }

    pub(super) fn leg(&self) -> LegId {
        self.leg
    }
}

impl Call {
    pub(super) fn talk_input(&mut self, state: Talk, input: Input) {
        match input {
            Input::LegHungUp(gone) | Input::LegFailed(gone, _) if gone == state.leg => {
                self.release(Cause::Normal)
            }
            _ => self.state = State::Talking(state),
        }
    }
}
