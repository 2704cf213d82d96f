//! Slows down who guesses passwords: each failure with a login from a source makes the next try there wait, longer each
//! time. A source is an address, or a browser in which the account was logged in before: so a stranger's wrong passwords
//! never slow down the person. Nobody is refused for others' mistakes either: the first try from a source that has not
//! failed is always checked.
//!
//! Delays go by a clock that never jumps. Failures are kept in the store too, so that a restart forgets none, and so that
//! whoever deletes them there lifts the delay.

use crate::clock::Clock;
use crate::store::{self, LogInFailures, Store};
use centrale_core::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// Failures count until nobody has failed for this long.
pub const MEMORY: Duration = Duration::from_hours(1);
/// The longest delay.
pub const LONGEST: Duration = Duration::from_mins(5);
/// Failures in a row from one source that cost nothing.
const FREE: u32 = 5;
/// Failures with one login from all addresses after which only the first from an address costs nothing.
const MANY_OF_LOGIN: u32 = 20;
/// Failures from one address with all logins after which only the first with a login costs nothing.
const MANY_OF_ADDRESS: u32 = 50;
/// The longest login that is told apart, in characters.
const LONGEST_LOGIN: usize = 254;
/// The most sources, and the most logins and addresses, that are held in memory.
const MOST: usize = 10_000;
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
}

#[derive(Default)]
struct Table {
    sources: BTreeMap<Key, Failures>,
    /// All failures from addresses, by `login:` and by `address:`.
    totals: BTreeMap<String, Total>,
    /// Who is being checked: one at a time of each login and source.
    lanes: BTreeMap<Key, Lane>,
}

/// A login in lower case, and a source.
type Key = (String, String);

#[derive(Clone, Copy, Default)]
struct Failures {
    count: u32,
    last: Duration,
    not_before: Duration,
    /// The store has them: when it has them no more, somebody lifted the delay.
    stored: bool,
}

#[derive(Clone, Copy, Default)]
struct Total {
    count: u32,
    last: Duration,
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
        Arc::new(Self { store, clock, table: Mutex::default(), failed: AtomicU32::new(0) })
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
            None => self.attempt(login, address.to_owned(), Some(address.to_owned())).await,
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
        Ok(Attempt { throttle: self.clone(), key, address, _turn: turn })
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
        let mut turn = Turn { throttle: self.clone(), key: key.clone(), held: None };
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
        let failures = Failures { count: kept.failures, last: now, not_before: now + left, stored: true };
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
        let (count, wait) = throttle.table().fail(&self.key, self.address.as_deref(), now);
        let (login, source) = self.key.clone();
        let until = wall.plus_ms(ms(wait));
        let kept = LogInFailures { login, source, failures: count, last_at: wall, until };
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
            self.throttle.store.clear_log_in_failures(login, Some(source)).await?;
        }
        Ok(())
    }
}

impl Table {
    /// Counts a failure; tells how many were in a row, and what the next try has to wait.
    fn fail(&mut self, key: &Key, address: Option<&str>, now: Duration) -> (u32, Duration) {
        let mut free = FREE;
        if let Some(address) = address {
            let of_login = self.count(of_login(&key.0), now);
            let of_address = self.count(format!("address:{address}"), now);
            if of_login > MANY_OF_LOGIN || of_address > MANY_OF_ADDRESS {
                free = 1;
            }
        }
        let held = self.sources.get(key).copied().filter(|failures| failures.last + MEMORY > now);
        let before = held.unwrap_or_default();
        let count = before.count.saturating_add(1);
        let wait = delay(count, free);
        self.keep(key.clone(), Failures { count, last: now, not_before: now + wait, ..before }, now);
        (count, wait)
    }

    fn count(&mut self, what: String, now: Duration) -> u32 {
        if !self.totals.contains_key(&what) {
            make_room(&mut self.totals, now, |total| total.last);
        }
        let total = self.totals.entry(what).or_default();
        if total.last + MEMORY <= now {
            total.count = 0;
        }
        *total = Total { count: total.count.saturating_add(1), last: now };
        total.count
    }

    fn keep(&mut self, key: Key, failures: Failures, now: Duration) {
        if !self.sources.contains_key(&key) {
            make_room(&mut self.sources, now, |failures| failures.last);
        }
        self.sources.insert(key, failures);
    }
}

/// Makes room for one more: what is forgotten goes, else what lies back furthest.
fn make_room<K: Ord + Clone, V>(held: &mut BTreeMap<K, V>, now: Duration, last: impl Fn(&V) -> Duration) {
    if held.len() < MOST {
        return;
    }
    held.retain(|_, value| last(value) + MEMORY > now);
    if held.len() >= MOST
        && let Some(oldest) = held.iter().min_by_key(|(_, value)| last(value)).map(|(key, _)| key.clone())
    {
        held.remove(&oldest);
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

/// What the next try waits after so many failures in a row: nothing, 1, 2, 4… seconds, and never longer than the longest.
fn delay(failures: u32, free: u32) -> Duration {
    match failures.checked_sub(free) {
        None => Duration::ZERO,
        Some(more) => Duration::from_secs(1_u64.checked_shl(more).unwrap_or(u64::MAX)).min(LONGEST),
    }
}

/// A login as it is counted. No account has one that is longer.
fn key_of(login: &str) -> String {
    login.trim().to_lowercase().chars().take(LONGEST_LOGIN).collect()
}

fn of_login(login: &str) -> String {
    format!("login:{login}")
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SetClock;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    async fn throttle() -> (Arc<SetClock>, Arc<Throttle>) {
        let clock = Arc::new(SetClock::new(NOW));
        let throttle = Throttle::new(Store::open("sqlite::memory:").await.unwrap(), clock.clone());
        (clock, throttle)
    }

    async fn fail(throttle: &Arc<Throttle>, login: &str, address: &str, browser: Option<&str>) -> u64 {
        throttle.begin(login, address, browser).await.ok().unwrap().failed().await.1.as_secs()
    }

    async fn waits(throttle: &Arc<Throttle>, login: &str, address: &str) -> u32 {
        match throttle.begin(login, address, None).await {
            Ok(_) => 0,
            Err(Slow::Wait(seconds)) => seconds,
            Err(Slow::Store(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn delays() {
        let check = |failures, free, expected| {
            assert_eq!(delay(failures, free).as_secs(), expected, "{failures} failures, {free} free");
        };
        check(0, 5, 0);
        check(4, 5, 0);
        check(5, 5, 1);
        check(7, 5, 4);
        check(13, 5, 256);
        check(14, 5, 300);
        check(u32::MAX, 5, 300);
        check(1, 1, 1);
    }

    #[tokio::test]
    async fn a_stranger_slows_down_nobody_but_themselves() {
        let (_, throttle) = throttle().await;
        for _ in 0..FREE {
            fail(&throttle, "beheer", "192.0.2.7", None).await;
        }
        assert_eq!(waits(&throttle, " BEHEER", "192.0.2.7").await, 1);
        assert_eq!(waits(&throttle, "beheer", "192.0.2.8").await, 0, "another address");
        assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 0, "another login");
        let known = throttle.begin("beheer", "192.0.2.7", Some("0123456789abcdef0123")).await;
        assert!(known.is_ok(), "a known browser at the same address");
    }

    #[tokio::test]
    async fn many_sources_of_one_login_gain_little_and_refuse_nobody() {
        let (_, throttle) = throttle().await;
        for address in 0..MANY_OF_LOGIN {
            assert_eq!(fail(&throttle, "beheer", &format!("192.0.2.{address}"), None).await, 0);
        }
        assert_eq!(waits(&throttle, "beheer", "198.51.100.1").await, 0, "the first is always checked");
        assert_eq!(fail(&throttle, "beheer", "198.51.100.1", None).await, 1, "the second waits");
        let browser = Some("0123456789abcdef");
        assert_eq!(fail(&throttle, "beheer", "198.51.100.2", browser).await, 0, "but not in known browsers");
    }

    #[tokio::test]
    async fn many_logins_from_one_address_gain_little_and_refuse_nobody() {
        let (_, throttle) = throttle().await;
        for login in 0..MANY_OF_ADDRESS {
            assert_eq!(fail(&throttle, &format!("gok{login}"), "192.0.2.7", None).await, 0);
        }
        assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 0);
        assert_eq!(fail(&throttle, "sanne", "192.0.2.7", None).await, 1);
        assert_eq!(fail(&throttle, "sanne", "192.0.2.8", None).await, 0);
    }

    #[tokio::test]
    async fn a_clock_that_jumps_changes_no_delay() {
        let (clock, throttle) = throttle().await;
        for _ in 0..FREE + 4 {
            fail(&throttle, "sanne", "192.0.2.7", None).await;
            clock.advance(i64::from(waits(&throttle, "sanne", "192.0.2.7").await));
        }
        fail(&throttle, "sanne", "192.0.2.7", None).await;
        let check = async |expected: u32| assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, expected);
        check(32).await;
        for jump in [-400 * 86_400, 86_400, 3_000_000_000] {
            clock.set(NOW.plus_seconds(jump));
            check(32).await;
        }
        clock.advance(31);
        check(1).await;
        clock.advance(1);
        check(0).await;
    }

    #[tokio::test]
    async fn a_restart_forgets_nothing_and_a_jump_beside_it_never_adds() {
        let (clock, throttle) = throttle().await;
        for _ in 0..FREE + 3 {
            fail(&throttle, "sanne", "192.0.2.7", None).await;
            clock.advance(i64::from(waits(&throttle, "sanne", "192.0.2.7").await));
        }
        assert_eq!(fail(&throttle, "sanne", "192.0.2.7", None).await, 16);
        let again = |clock: &Arc<SetClock>| Throttle::new(throttle.store.clone(), clock.clone());
        clock.advance(6);
        assert_eq!(waits(&again(&clock), "sanne", "192.0.2.7").await, 10);
        clock.set(NOW.plus_seconds(-86_400));
        let restarted = again(&clock);
        assert_eq!(waits(&restarted, "sanne", "192.0.2.7").await, 256, "one delay, and not a day");
        clock.advance(256);
        assert_eq!(waits(&restarted, "sanne", "192.0.2.7").await, 0);
    }

    #[tokio::test]
    async fn who_deletes_it_from_the_store_lifts_it() {
        let (_, throttle) = throttle().await;
        for _ in 0..FREE {
            fail(&throttle, "sanne", "192.0.2.7", None).await;
        }
        assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 1);
        assert_eq!(throttle.store.clear_log_in_failures("Sanne", None).await.unwrap(), 1);
        assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 0);
        assert_eq!(fail(&throttle, "sanne", "192.0.2.7", None).await, 0, "from the beginning");
    }

    #[tokio::test]
    async fn tries_underway_wait_for_their_turn() {
        let (_, throttle) = throttle().await;
        let begin = |login: &'static str| {
            let throttle = throttle.clone();
            tokio::spawn(async move { throttle.begin(login, "192.0.2.7", None).await })
        };
        let first = begin("sanne").await.unwrap().ok().unwrap();
        let others: Vec<_> = (0..MOST_WAITING - 1).map(|_| begin("sanne")).collect();
        while throttle.table().lanes.values().map(|lane| lane.tries).sum::<usize>() < MOST_WAITING {
            tokio::task::yield_now().await;
        }
        assert!(matches!(begin("sanne").await.unwrap(), Err(Slow::Wait(1))), "there is an end to it");
        assert!(begin("daan").await.unwrap().is_ok(), "nobody waits for others");
        first.succeeded().await.unwrap();
        for other in others {
            other.await.unwrap().ok().unwrap().succeeded().await.unwrap();
        }
        assert!(throttle.table().lanes.is_empty());
    }

    #[test]
    fn memory_is_bounded() {
        let mut table = Table::default();
        let second = |seconds: usize| Duration::from_secs(seconds as u64 / 10);
        for at in 0..MOST + 100 {
            let key = (format!("gok{at}"), "192.0.2.7".to_owned());
            table.fail(&key, Some(&format!("192.0.2.{at}")), second(at));
            assert!(table.sources.len() <= MOST && table.totals.len() <= MOST);
        }
        let key = |at: usize| (format!("gok{at}"), "192.0.2.7".to_owned());
        assert!(!table.sources.contains_key(&key(0)) && table.sources.contains_key(&key(MOST + 99)));
    }
}
