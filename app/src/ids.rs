//! Names for elements that labels and descriptions point at.

use std::sync::atomic::{AtomicU32, Ordering};

static LAST: AtomicU32 = AtomicU32::new(0);

/// A name that no other element has.
pub(crate) fn unique(stem: &str) -> String {
    format!("{stem}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}
