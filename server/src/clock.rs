//! The time and randomness that the server takes from the machine, behind traits so that tests choose both.

use centrale_core::time::Timestamp;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng, TryRngCore};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The moment it is.
    fn now(&self) -> Timestamp;
}

/// Makes tokens that nobody can guess.
pub trait TokenSource: Send + Sync {
    /// 256 random bits, new ones each time.
    fn token(&self) -> [u8; 32];
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Shows `now` from here on.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Moves on by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds.saturating_mul(1000), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Something that is done at the start and then once a day.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Daily(Option<Timestamp>);

impl Daily {
    /// It is to be done: a day has gone by since it was, or it never was.
    pub(crate) fn is_due(self, now: Timestamp) -> bool {
        self.0.is_none_or(|at| now.since(at) >= DAY_MS)
    }

    /// It was done.
    pub(crate) fn done(&mut self, now: Timestamp) {
        self.0 = Some(now);
    }
}

/// The randomness of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTokens;

impl TokenSource for SystemTokens {
    fn token(&self) -> [u8; 32] {
        let mut token = [0; 32];
        if rand::rngs::OsRng.try_fill_bytes(&mut token).is_err() {
            // Seeded by the operating system when the thread started, and cryptographically strong.
            rand::rng().fill_bytes(&mut token);
        }
        token
    }
}

/// The same tokens in every run, for tests.
#[derive(Debug)]
pub struct SeededTokens(Mutex<StdRng>);

impl SeededTokens {
    /// The series of tokens of a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl TokenSource for SeededTokens {
    fn token(&self) -> [u8; 32] {
        let mut token = [0; 32];
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(&mut token);
        token
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}
