//! What failed, in memory: by login and source, and by all from an address or with a login.

use super::Lane;
use std::collections::BTreeMap;
use std::time::Duration;

/// Failures count until nobody has failed for this long.
pub const MEMORY: Duration = Duration::from_hours(1);
/// The longest delay.
pub const LONGEST: Duration = Duration::from_mins(5);
/// Failures in a row from one source that cost nothing.
pub(super) const FREE: u32 = 5;
/// Failures with one login from all addresses after which only the first from an address costs nothing.
pub(super) const MANY_OF_LOGIN: u32 = 20;
/// Failures from one address with all logins after which only the first with a login costs nothing.
pub(super) const MANY_OF_ADDRESS: u32 = 50;
/// The longest login that is told apart, in characters.
const LONGEST_LOGIN: usize = 254;
/// The most sources, and the most logins and addresses, that are held in memory.
pub(super) const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Table {
    pub(super) sources: BTreeMap<Key, Failures>,
    /// All failures from addresses, by `login:` and by `address:`.
    pub(super) totals: BTreeMap<String, Total>,
    /// Who is being checked: one at a time of each login and source.
    pub(super) lanes: BTreeMap<Key, Lane>,
}

/// A login in lower case, and a source.
pub(super) type Key = (String, String);

#[derive(Clone, Copy, Default)]
pub(super) struct Failures {
    pub(super) count: u32,
    pub(super) last: Duration,
    pub(super) not_before: Duration,
    /// The store has them: when it has them no more, somebody lifted the delay.
    pub(super) stored: bool,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Total {
    pub(super) count: u32,
    pub(super) last: Duration,
}

impl Table {
    /// Counts a failure; tells how many were in a row, and what the next try has to wait.
    pub(super) fn fail(
        &mut self,
        key: &Key,
        address: Option<&str>,
        now: Duration,
    ) -> (u32, Duration) {
        let mut free = FREE;
        if let Some(address) = address {
            let of_login = self.count(of_login(&key.0), now);
            let of_address = self.count(format!("address:{address}"), now);
            if of_login > MANY_OF_LOGIN || of_address > MANY_OF_ADDRESS {
                free = 1;
            }
        }
        let held = self
            .sources
            .get(key)
            .copied()
            .filter(|failures| failures.last + MEMORY > now);
        let before = held.unwrap_or_default();
        let count = before.count.saturating_add(1);
        let wait = delay(count, free);
        self.keep(
            key.clone(),
            Failures {
                count,
                last: now,
                not_before: now + wait,
                ..before
            },
            now,
        );
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
        *total = Total {
            count: total.count.saturating_add(1),
            last: now,
        };
        total.count
    }

    pub(super) fn keep(&mut self, key: Key, failures: Failures, now: Duration) {
        if !self.sources.contains_key(&key) {
            make_room(&mut self.sources, now, |failures| failures.last);
        }
        self.sources.insert(key, failures);
    }
}

/// Makes room for one more: what is forgotten goes, else what lies back furthest.
fn make_room<K: Ord + Clone, V>(
    held: &mut BTreeMap<K, V>,
    now: Duration,
    last: impl Fn(&V) -> Duration,
) {
    if held.len() < MOST {
        return;
    }
    held.retain(|_, value| last(value) + MEMORY > now);
    if held.len() >= MOST
        && let Some(oldest) = held
            .iter()
            .min_by_key(|(_, value)| last(value))
            .map(|(key, _)| key.clone())
    {
        held.remove(&oldest);
    }
}

/// What the next try waits after so many failures in a row: nothing, 1, 2, 4… seconds, and never longer than the longest.
pub(super) fn delay(failures: u32, free: u32) -> Duration {
    match failures.checked_sub(free) {
        None => Duration::ZERO,
        Some(more) => Duration::from_secs(1_u64.checked_shl(more).unwrap_or(u64::MAX)).min(LONGEST),
    }
}

/// A login as it is counted. No account has one that is longer.
pub(super) fn key_of(login: &str) -> String {
    login
        .trim()
        .to_lowercase()
        .chars()
        .take(LONGEST_LOGIN)
        .collect()
}

pub(super) fn of_login(login: &str) -> String {
    format!("login:{login}")
}
