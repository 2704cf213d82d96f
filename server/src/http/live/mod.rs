//! What happens now, as a stream for the browser, and who may see what of it.

mod visibility;
mod watch;

pub(crate) use visibility::LiveVisibility;
pub(crate) use watch::watch;
