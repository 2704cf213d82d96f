//! Phones that fail to say who they are.

mod failures;

pub(crate) use failures::failures;
