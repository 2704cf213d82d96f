//! Voicemail (manual § 8) as a caller meets it: greeting, message, and the ways out.

use super::{Action, Call, Input, State};
use crate::id::UserId;
use crate::service::Stage;
use crate::trace::{Cause, What};

/// How far a caller is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AtMailbox {}

impl Call {
    pub(super) fn begin_mailbox(&mut self, user: UserId, stage: Stage) {
        let _ = stage;
        self.note(What::Mailbox { user });
        self.state = State::AtMailbox(AtMailbox {});
        self.answer();
        self.act(Action::Record(user));
    }

    pub(super) fn mailbox_input(&mut self, state: AtMailbox, input: Input) {
        match input {
            Input::Finished => self.release(Cause::Normal),
            _ => self.state = State::AtMailbox(state),
        }
    }
}
