//! What happens now, as a stream for the browser, and who may see what of it.

mod sight;
mod watch;

pub(crate) use sight::Sight;
pub(crate) use watch::watch;
