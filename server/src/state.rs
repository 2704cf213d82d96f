//! What every request handler is given. The clock and the source of tokens are in it, so that tests choose them.

use crate::clock::{Clock, TokenSource};
use crate::live::Live;
use crate::mail::Mailer;
use crate::secret::Keyring;
use crate::store::Store;
use crate::telephony::{SwitchHandle, TelephonyDeps};
use crate::throttle::Throttle;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

/// The running server.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub store: Store,
    /// The configuration in memory; all writes of configuration go through it.
    pub live: Arc<Live>,
    /// Live calls, agents and queues.
    pub calls: SwitchHandle,
    /// Takes emails; none: mail is off.
    pub mail: Option<Mailer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes session tokens.
    pub ids: Arc<dyn TokenSource>,
    /// Tells of sessions that end.
    pub sessions: SessionEnds,
    /// Slows down who guesses passwords.
    pub throttle: Arc<Throttle>,
    /// Seals secrets that are kept.
    pub keys: Arc<Keyring>,
    /// How the portal is served.
    pub settings: Arc<HttpSettings>,
}

impl State {
    /// A server without mail, with the usual settings, and keys that are in memory only.
    pub fn new(
        store: Store,
        live: Arc<Live>,
        calls: SwitchHandle,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn TokenSource>,
    ) -> Self {
        Self {
            throttle: Throttle::new(store.clone(), clock.clone()),
            store,
            live,
            calls,
            mail: None,
            clock,
            ids,
            sessions: SessionEnds::default(),
            keys: Arc::new(Keyring::in_memory()),
            settings: Arc::default(),
        }
    }

    /// The dependencies of telephony.
    pub fn telephony(&self) -> TelephonyDeps {
        TelephonyDeps {
            store: self.store.clone(),
            live: self.live.clone(),
            switch: self.calls.clone(),
            mail: self.mail.clone(),
            clock: self.clock.clone(),
            keys: self.keys.clone(),
        }
    }
}

/// Tells of sessions that end before their time, so that what goes on in them ends too.
#[derive(Clone)]
pub struct SessionEnds(broadcast::Sender<SessionEnd>);

/// Which sessions have ended.
#[derive(Clone, Debug)]
pub enum SessionEnd {
    /// One, by the hash of its token.
    One(String),
    /// Those of an account.
    OfAccount(i64),
}

impl Default for SessionEnds {
    fn default() -> Self {
        Self(broadcast::Sender::new(64))
    }
}

impl SessionEnds {
    /// Tells that sessions have ended.
    pub fn tell(&self, ended: SessionEnd) {
        // Nobody listens: nothing goes on.
        self.0.send(ended).ok();
    }

    /// Hears of it from now on.
    pub fn hear(&self) -> broadcast::Receiver<SessionEnd> {
        self.0.subscribe()
    }
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
    /// What a connection and a request may cost.
    pub limits: Limits,
}

/// What connections and requests may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many connections there are at most.
    pub connections: usize,
    /// How many of them come from one address, or one network of IPv6, at most.
    pub of_address: usize,
    /// How long a connection may take until a request's header is there, from its beginning or from the last answer on.
    pub header: Duration,
    /// How long a body may take, but for a file.
    pub body: Duration,
    /// How long a file that is sent may pause.
    pub pause: Duration,
    /// How long a file may take.
    pub file: Duration,
    /// How long a reader of an answer may pause.
    pub write: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            of_address: 1024,
            header: Duration::from_secs(15),
            body: Duration::from_secs(20),
            pause: Duration::from_secs(10),
            file: Duration::from_mins(5),
            write: Duration::from_secs(30),
        }
    }
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            assets: None,
            secure_cookies: false,
            session_hours: 12,
            trust_proxy: false,
            session_check: Duration::from_mins(1),
            limits: Limits::default(),
        }
    }
}
