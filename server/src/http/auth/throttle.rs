//! Slows down and then locks out who guesses passwords, by account and by address. Failures are kept in the store, so
//! that a restart forgets none; tries that are still being checked count as failures, so that many at once gain nothing.

use super::Visitor;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Failures count for this long, in seconds.
const MEMORY: i64 = 3600;
/// The longest wait, in seconds: how long an account stays locked.
const LOCKED: i64 = 900;
/// Failures from which on an account is locked.
const LOCK_AT: usize = 10;
/// Failures of an account that cost nothing.
const FREE_OF_ACCOUNT: usize = 5;
/// Failures of an address that cost nothing.
const FREE_OF_ADDRESS: usize = 20;
/// The longest name that is looked up and counted, in characters.
const LONGEST_LOGIN: usize = 254;

/// The tries that are being checked now, by key.
#[derive(Clone, Default)]
pub(crate) struct Underway(Arc<Mutex<BTreeMap<String, usize>>>);

/// One try to log in.
pub(crate) struct Attempt {
    account: Option<Turn>,
    address: Turn,
    at: Timestamp,
}

struct Turn {
    key: String,
    before: usize,
    underway: Underway,
}

impl Attempt {
    /// Begins a try, unless too many failed before it.
    pub(crate) async fn begin(state: &State, visitor: &Visitor, login: &str) -> Result<Self, Refusal> {
        let at = state.clock.now();
        let login = login.trim().to_lowercase();
        let account = (login.chars().count() <= LONGEST_LOGIN)
            .then(|| visitor.underway.turn(format!("account:{login}")));
        let address = visitor.underway.turn(format!("address:{}", visitor.address));
        let mut wait = wait(&address.failures(state, at).await?, at, FREE_OF_ADDRESS, usize::MAX);
        if let Some(account) = &account {
            wait = wait.max(self::wait(&account.failures(state, at).await?, at, FREE_OF_ACCOUNT, LOCK_AT));
        }
        match wait {
            0 => Ok(Self { account, address, at }),
            seconds => Err(Refusal::locked(seconds)),
        }
    }

    /// The password was wrong.
    pub(crate) async fn failed(self, state: &State) -> Result<(), Refusal> {
        for turn in [self.account.as_ref(), Some(&self.address)].into_iter().flatten() {
            state.store.add_failure(&turn.key, self.at).await.map_err(Refusal::internal)?;
        }
        Ok(())
    }

    /// The password was right: the account starts afresh. The address does not, or one good account would let it guess
    /// at the others.
    pub(crate) async fn succeeded(self, state: &State) -> Result<(), Refusal> {
        match &self.account {
            Some(turn) => state.store.clear_failures(&turn.key).await.map_err(Refusal::internal),
            None => Ok(()),
        }
    }
}

impl Turn {
    /// The failures that count, with a failure now for each try that began before this one and is not done.
    async fn failures(&self, state: &State, now: Timestamp) -> Result<Vec<Timestamp>, Refusal> {
        let since = now.plus_seconds(-MEMORY);
        let mut failures = state.store.failures(&self.key, since).await.map_err(Refusal::internal)?;
        failures.extend(std::iter::repeat_n(now, self.before));
        Ok(failures)
    }
}

impl Underway {
    fn turn(&self, key: String) -> Turn {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = tries.entry(key.clone()).or_default();
        *count += 1;
        Turn { key, before: *count - 1, underway: self.clone() }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut tries = self.underway.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = tries.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                tries.remove(&self.key);
            }
        }
    }
}

/// Seconds until the next try is allowed: after `free` failures 1, 2, 4… seconds, and from `lock` on the longest wait.
fn wait(failures: &[Timestamp], now: Timestamp, free: usize, lock: usize) -> u32 {
    let Some(last) = failures.iter().max() else { return 0 };
    let delay = match failures.len() {
        n if n < free => return 0,
        n if n >= lock => LOCKED,
        n => 1_i64.checked_shl((n - free) as u32).filter(|s| (1..LOCKED).contains(s)).unwrap_or(LOCKED),
    };
    let left = last.plus_seconds(delay).since(now);
    u32::try_from((left + 999) / 1000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays() {
        let check = |failures: usize, seconds_later: i64, expected: u32| {
            let list = vec![Timestamp(0); failures];
            let now = Timestamp::from_seconds(seconds_later);
            assert_eq!(wait(&list, now, 5, 10), expected, "{failures} failures, {seconds_later} s later");
        };
        check(0, 0, 0);
        check(4, 0, 0);
        check(5, 0, 1);
        check(5, 1, 0);
        check(6, 0, 2);
        check(9, 0, 16);
        check(9, 10, 6);
        check(10, 0, 900);
        check(12, 899, 1);
        check(12, 900, 0);
        assert_eq!(wait(&[Timestamp(0); 200], Timestamp(0), 20, usize::MAX), 900);
    }

    #[test]
    fn tries_underway_count_until_they_are_done() {
        let underway = Underway::default();
        let first = underway.turn("account:a".into());
        assert_eq!((first.before, underway.turn("account:b".into()).before), (0, 0));
        assert_eq!(underway.turn("account:a".into()).before, 1);
        drop(first);
        assert_eq!(underway.turn("account:a".into()).before, 0);
        assert!(underway.0.lock().unwrap().is_empty());
    }
}
