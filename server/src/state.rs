//! What every request handler is given. The clock and the source of tokens are in it, so that tests choose them.

use crate::clock::{Clock, TokenSource};
use crate::live::Live;
use crate::mail::Post;
use crate::secret::Keyring;
use crate::store::Store;
use crate::telephony::Calls;
use crate::throttle::Throttle;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The running server.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub store: Store,
    /// The configuration in memory; all writes of configuration go through it.
    pub live: Arc<Live>,
    /// Live calls, agents and queues.
    pub calls: Calls,
    /// Takes letters; none: mail is off.
    pub mail: Option<Post>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes session tokens.
    pub ids: Arc<dyn TokenSource>,
    /// Slows down who guesses passwords.
    pub throttle: Arc<Throttle>,
    /// Seals secrets that are kept.
    pub keys: Arc<Keyring>,
    /// How the portal is served.
    pub settings: Arc<HttpSettings>,
}

/// How the portal is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpSettings {
    /// The folder of the built portal; none: the API only.
    pub assets: Option<PathBuf>,
    /// Cookies go over TLS only.
    pub secure_cookies: bool,
    /// Hours without a request after which a session ends.
    pub session_hours: u32,
    /// The address of a client is the last one of `X-Forwarded-For`, which a proxy of ours writes.
    pub trust_proxy: bool,
    /// How often it is seen whether the session of somebody who watches what happens still lasts.
    pub session_check: Duration,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            assets: None,
            secure_cookies: false,
            session_hours: 12,
            trust_proxy: false,
            session_check: Duration::from_mins(1),
        }
    }
}
