//! Feature access codes (manual § 14, routing § 5): switching, asking and doing things from a phone.

use super::{Call, Input, State};
use crate::feature::Feature;
use crate::number::Digits;
use crate::trace::Cause;

/// Feature access codes (manual § 14, routing § 5): switching, asking and doing things from a phone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coding {}

impl Call {
    pub(super) fn begin_code(&mut self, _: Feature, _: Option<Digits>) {
        self.release(Cause::NotInUse);
    }

    pub(super) fn code_input(&mut self, state: Coding, input: Input) {
        let _ = input;
        self.state = State::Coding(state);
    }
}
