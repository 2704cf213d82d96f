//! Slows down who guesses passwords: each failure with a login from a source makes the next try there wait, longer each
//! time. A source is an address, or a browser in which the account was logged in before: so a stranger's wrong passwords
//! never slow down the person. Nobody is refused for others' mistakes either: the first try from a source that has not
//! failed is always checked.
//!
//! Delays go by a clock that never jumps. Failures are kept in the store too, so that a restart forgets none, and so that
//! whoever deletes them there lifts the delay.

mod table;
#[cfg(test)]
mod tests;

pub use table::{LONGEST, MEMORY};

use crate::clock::Clock;
use crate::rates::Rates;
use crate::store::{self, LogInFailures, Store};
use centrale_core::quota::Quota;
use centrale_core::time::Timestamp;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use table::{Failures, Key, Table, delay, key_of, of_login};
use tokio::sync::OwnedMutexGuard;

/// The most tries of one login from one source that wait for their turn.
const MOST_WAITING: usize = 64;
/// Every so many failures the store is tidied.
const TIDY_EVERY: u32 = 256;

/// The source of tries with the right password and a wrong second factor.
pub const SECOND_FACTOR: &str = "second-factor";
/// What the source of a known browser begins with.
pub const BROWSER: &str = "browser:";
/// So much of a browser's hash is its source.
const BROWSER_DIGITS: usize = 16;

/// Why a try is not made.
#[derive(Debug)]
pub enum Slow {
    /// Too many failed before it: wait this many seconds.
    Wait(u32),
    /// The database failed.
    Store(store::Error),
}

/// What failed, and who waits.
pub struct Throttle {
    store: Store,
    clock: Arc<dyn Clock>,
    table: Mutex<Table>,
    failed: AtomicU32,
    /// The requests of accounts.
    pub requests: Rates,
    /// The tries to set the passcodes of mailboxes, by user.
    pub passcodes: Rates,
}

#[derive(Clone, Default)]
struct Lane {
    turn: Arc<tokio::sync::Mutex<()>>,
    tries: usize,
}

/// One try that is being checked.
pub struct Attempt {
    throttle: Arc<Throttle>,
    key: Key,
    /// Where it comes from, when it counts for all logins there.
    address: Option<String>,
    _turn: Turn,
}

/// Holds the lane.
struct Turn {
    throttle: Arc<Throttle>,
    key: Key,
    held: Option<OwnedMutexGuard<()>>,
}

impl Throttle {
    /// One that has seen nothing but what the store holds.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Arc<Self> {
        Self::with_requests(store, clock, Quota::Requests.limit())
    }

    /// The same, where an account may make so many requests within a minute.
    pub fn with_requests(store: Store, clock: Arc<dyn Clock>, requests: u32) -> Arc<Self> {
        Arc::new(Self {
            store,
            clock,
            table: Mutex::default(),
            failed: AtomicU32::new(0),
            requests: Rates::new(requests, Duration::from_mins(1)),
            passcodes: Rates::new(Quota::Passcodes.limit(), Duration::from_hours(1)),
        })
    }

    /// Begins a try with a login from an address. `browser` is the hash of the browser's token, when the account was logged
    /// in there before. Waits for other tries with the login from the same source: right ones are none the worse for it,
    /// and guessing many at once gains nothing.
    pub async fn begin(
        self: &Arc<Self>,
        login: &str,
        address: &str,
        browser: Option<&str>,
    ) -> Result<Attempt, Slow> {
        match browser {
            Some(hash) => {
                let hash = hash.get(..BROWSER_DIGITS).unwrap_or(hash);
                self.attempt(login, format!("{BROWSER}{hash}"), None).await
            }
            None => {
                self.attempt(login, address.to_owned(), Some(address.to_owned()))
                    .await
            }
        }
    }

    /// Begins a try with a second factor, by somebody who has the password.
    pub async fn begin_second_factor(self: &Arc<Self>, login: &str) -> Result<Attempt, Slow> {
        self.attempt(login, SECOND_FACTOR.to_owned(), None).await
    }

    /// Lets a login be tried again at once, from everywhere; tells from how many sources it was tried.
    pub async fn lift(&self, login: &str) -> store::Result<u64> {
        let login = key_of(login);
        let done = self.store.clear_log_in_failures(&login, None).await?;
        let mut table = self.table();
        table.sources.retain(|(of, _), _| *of != login);
        table.totals.remove(&of_login(&login));
        Ok(done)
    }

    async fn attempt(
        self: &Arc<Self>,
        login: &str,
        source: String,
        address: Option<String>,
    ) -> Result<Attempt, Slow> {
        let key = (key_of(login), source);
        let turn = self.turn(&key).await?;
        let failures = self.failures(&key).await.map_err(Slow::Store)?;
        let wait = failures.not_before.saturating_sub(self.clock.elapsed());
        if !wait.is_zero() && !self.was_lifted(&key, failures).await.map_err(Slow::Store)? {
            let seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
            return Err(Slow::Wait(seconds));
        }
        Ok(Attempt {
            throttle: self.clone(),
            key,
            address,
            _turn: turn,
        })
    }

    async fn turn(self: &Arc<Self>, key: &Key) -> Result<Turn, Slow> {
        let lane = {
            let mut table = self.table();
            let lane = table.lanes.entry(key.clone()).or_default();
            if lane.tries >= MOST_WAITING {
                return Err(Slow::Wait(1));
            }
            lane.tries += 1;
            lane.turn.clone()
        };
        // From here on who hangs up makes room.
        let mut turn = Turn {
            throttle: self.clone(),
            key: key.clone(),
            held: None,
        };
        turn.held = Some(lane.lock_owned().await);
        Ok(turn)
    }

    /// What failed with a login from a source: by memory, else by the store.
    async fn failures(&self, key: &Key) -> store::Result<Failures> {
        let now = self.clock.elapsed();
        let held = self.table().sources.get(key).copied();
        if let Some(failures) = held.filter(|failures| failures.last + MEMORY > now) {
            return Ok(failures);
        }
        let wall = self.clock.now();
        let Some(kept) = self.store.log_in_failures(&key.0, &key.1).await? else {
            return Ok(Failures::default());
        };
        if wall.since(kept.last_at) >= ms(MEMORY) {
            return Ok(Failures::default());
        }
        // Whatever the clock showed then and shows now, nobody waits longer than a delay.
        let left = u64::try_from(kept.until.since(wall)).unwrap_or(0);
        let left = Duration::from_millis(left).min(delay(kept.failures, 1));
        let failures = Failures {
            count: kept.failures,
            last: now,
            not_before: now + left,
            stored: true,
        };
        self.table().keep(key.clone(), failures, now);
        Ok(failures)
    }

    /// Whether somebody deleted from the store what failed: then it is forgotten here too.
    async fn was_lifted(&self, key: &Key, failures: Failures) -> store::Result<bool> {
        let lifted = failures.stored && self.store.log_in_failures(&key.0, &key.1).await?.is_none();
        if lifted {
            let mut table = self.table();
            table.sources.remove(key);
            table.totals.remove(&of_login(&key.0));
        }
        Ok(lifted)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt {
    /// It was wrong. Tells how many were in a row, and what the next one has to wait.
    pub async fn failed(self) -> (u32, Duration) {
        let throttle = &self.throttle;
        let (now, wall) = (throttle.clock.elapsed(), throttle.clock.now());
        let (count, wait) = throttle
            .table()
            .fail(&self.key, self.address.as_deref(), now);
        let (login, source) = self.key.clone();
        let until = wall.plus_ms(ms(wait));
        let kept = LogInFailures {
            login,
            source,
            failures: count,
            last_at: wall,
            until,
        };
        match throttle.store.put_log_in_failures(&kept).await {
            Ok(()) => {
                if let Some(failures) = throttle.table().sources.get_mut(&self.key) {
                    failures.stored = true;
                }
            }
            // It is counted in memory all the same.
            Err(error) => tracing::warn!(%error, "a failed log-in could not be kept"),
        }
        if throttle.failed.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            let before: Timestamp = wall.plus_ms(-ms(MEMORY));
            if let Err(error) = throttle.store.tidy_log_in_failures(before).await {
                tracing::warn!(%error, "old failed log-ins could not be removed");
            }
        }
        (count, wait)
    }

    /// It was right: the source starts afresh with this login. What was counted for all does not, or one good account
    /// would let an address guess at the others.
    pub async fn succeeded(self) -> store::Result<()> {
        let had = self.throttle.table().sources.remove(&self.key);
        if had.is_some_and(|failures| failures.count > 0) {
            let (login, source) = &self.key;
            self.throttle
                .store
                .clear_log_in_failures(login, Some(source))
                .await?;
        }
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.held = None;
        let mut table = self.throttle.table();
        if let Some(lane) = table.lanes.get_mut(&self.key) {
            lane.tries -= 1;
            if lane.tries == 0 {
                table.lanes.remove(&self.key);
            }
        }
    }
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
