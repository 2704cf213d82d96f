//! The time and randomness that the server takes from the machine, behind traits so that tests choose both.

use centrale_core::time::Timestamp;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng, TryRngCore};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The moment it is. It jumps when the clock of the machine is set.
    fn now(&self) -> Timestamp;
    /// The time since a moment that stays the same as long as the process runs. It never jumps.
    fn elapsed(&self) -> Duration;
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
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn elapsed(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct SetClock {
    now: AtomicI64,
    elapsed_ms: AtomicU64,
}

impl SetClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now: AtomicI64::new(now.0),
            elapsed_ms: AtomicU64::new(0),
        }
    }

    /// Shows `now` from here on: it jumps, and no time goes by.
    pub fn set(&self, now: Timestamp) {
        self.now.store(now.0, Ordering::SeqCst);
    }

    /// Moves on by `seconds`.
    pub fn advance(&self, seconds: i64) {
        let ms = seconds.saturating_mul(1000);
        self.now.fetch_add(ms, Ordering::SeqCst);
        self.elapsed_ms
            .fetch_add(u64::try_from(ms).unwrap_or(0), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.elapsed_ms.load(Ordering::SeqCst))
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
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .fill_bytes(&mut token);
        token
    }
}
