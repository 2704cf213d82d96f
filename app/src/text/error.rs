//! Error codes in words.

use super::with;
use centrale_core::error::Code;
use centrale_core::quota::Quota;

/// What to tell about an error code.
pub(crate) fn error_text(code: Code) -> String {
    error_text_with_limit(code, Quota::of(code).map(Quota::limit))
}

/// The same, where the most that is allowed is `limit`, in the unit that the text of the code names.
pub(crate) fn error_text_with_limit(code: Code, limit: Option<u32>) -> String {
    let limit = limit.map(|limit| ("limit", limit.to_string()));
    with(&format!("error-{}", code.name()), limit.as_slice())
}
