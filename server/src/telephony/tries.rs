//! Tries of phones to register or call that fail: who is slowed down, and what administrators see. An address from which too
//! many fail in a row is not heard for a while, longer each time, unless somebody at it had the right password lately: so one
//! phone with an old password never takes the others of its office off the network.

use centrale_core::time::Timestamp;
use std::collections::BTreeMap;

/// Failures in a row from one address that cost nothing.
const FREE: u32 = 5;
/// The longest that an address is not heard, in seconds.
const LONGEST: i64 = 300;
/// Failures are forgotten when there was none for so many seconds.
const MEMORY: i64 = 60 * 60;
/// So many seconds after somebody at it had the right password an address is still known.
const KNOWN: i64 = 7 * 24 * 60 * 60;
/// So many seconds later that it was seen is worth noting.
const NOTED: i64 = 60 * 60;
/// The most addresses that are told apart, and the most accounts of each.
const MOST: usize = 10_000;
const MOST_ACCOUNTS: usize = 20;

/// What failed, and who is known.
#[derive(Debug, Default)]
pub(super) struct Tries {
    sources: BTreeMap<String, Source>,
    /// When somebody at an address had the right password last.
    known: BTreeMap<String, Timestamp>,
}

#[derive(Debug, Default)]
struct Source {
    /// In a row.
    failures: u32,
    last_at: Timestamp,
    /// It is not heard until then.
    until: Timestamp,
    /// By account; none that there is: the empty name.
    accounts: BTreeMap<String, Failed>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Failed {
    count: u32,
    last_at: Timestamp,
}

/// What failed with one account from one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFailure {
    /// The account; empty: none that there is.
    pub account: String,
    /// An IPv4 address, or an IPv6 network as `2001:db8::/64`.
    pub address: String,
    /// How many failed, since somebody there last had the right password.
    pub failures: u32,
    /// The last of them.
    pub last_at: Timestamp,
    /// Until when the address is not heard; in the past: it is.
    pub until: Timestamp,
}

impl Tries {
    /// With the addresses that were known before.
    pub(super) fn of(known: BTreeMap<String, Timestamp>) -> Self {
        Self {
            known,
            ..Self::default()
        }
    }

    /// The addresses that are known, to be kept.
    pub(super) fn known(&self) -> &BTreeMap<String, Timestamp> {
        &self.known
    }

    /// Somebody had the right password. True: there is something to be kept.
    pub(super) fn right(&mut self, address: &str, now: Timestamp) -> bool {
        self.sources.remove(address);
        let before = self.known.get(address);
        if before.is_some_and(|before| now.since(*before) < NOTED * 1000) {
            return false;
        }
        make_room(&mut self.known, |seen| *seen);
        self.known.insert(address.to_owned(), now);
        true
    }

    /// A try failed, with an account if there is such a one. Tells until when the address is not heard, from now on.
    pub(super) fn wrong(
        &mut self,
        account: &str,
        address: &str,
        now: Timestamp,
    ) -> Option<Timestamp> {
        make_room(&mut self.sources, |source| source.last_at);
        let source = self.sources.entry(address.to_owned()).or_default();
        if now.since(source.last_at) >= MEMORY * 1000 {
            *source = Source::default();
        }
        source.failures = source.failures.saturating_add(1);
        source.last_at = now;
        if source.accounts.len() < MOST_ACCOUNTS || source.accounts.contains_key(account) {
            let failed = source.accounts.entry(account.to_owned()).or_default();
            *failed = Failed {
                count: failed.count.saturating_add(1),
                last_at: now,
            };
        }
        let known = self
            .known
            .get(address)
            .is_some_and(|seen| now.since(*seen) < KNOWN * 1000);
        let more = source
            .failures
            .checked_sub(FREE)
            .filter(|_| !known && source.until <= now)?;
        let seconds = 1_i64
            .checked_shl(more)
            .filter(|seconds| (1..LONGEST).contains(seconds))
            .unwrap_or(LONGEST);
        source.until = now.plus_seconds(seconds);
        Some(source.until)
    }

    /// What failed and is not forgotten, the last first.
    pub(super) fn failures(&self, now: Timestamp) -> Vec<PhoneFailure> {
        let mut all = Vec::new();
        for (address, source) in &self.sources {
            let recent = source
                .accounts
                .iter()
                .filter(|(_, failed)| now.since(failed.last_at) < MEMORY * 1000);
            all.extend(recent.map(|(account, failed)| PhoneFailure {
                account: account.clone(),
                address: address.clone(),
                failures: failed.count,
                last_at: failed.last_at,
                until: source.until,
            }));
        }
        all.sort_by(|a, b| {
            b.last_at
                .cmp(&a.last_at)
                .then_with(|| a.account.cmp(&b.account))
        });
        all
    }
}

/// Forgets the older half of a map that is full.
fn make_room<T>(map: &mut BTreeMap<String, T>, at: impl Fn(&T) -> Timestamp) {
    if map.len() >= MOST {
        let mut times: Vec<Timestamp> = map.values().map(&at).collect();
        let (_, middle, _) = times.select_nth_unstable(MOST / 2);
        map.retain(|_, value| at(value) > *middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn seconds(until: Option<Timestamp>, now: Timestamp) -> Option<i64> {
        until.map(|until| until.since(now) / 1000)
    }

    #[test]
    fn an_address_is_not_heard_for_longer_each_time() {
        let mut tries = Tries::default();
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..16 {
            let wait = seconds(tries.wrong("utr142", "192.0.2.7", now), now).unwrap_or(0);
            waits.push(wait);
            now = now.plus_seconds(wait + 1);
        }
        assert_eq!(
            waits,
            [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        );
        // What was on its way already makes it no longer.
        let mut tries = Tries::default();
        let found: Vec<_> = (0..9)
            .map(|_| seconds(tries.wrong("", "192.0.2.7", NOW), NOW))
            .collect();
        assert_eq!(
            found,
            [None, None, None, None, Some(1), None, None, None, None]
        );
        assert_eq!(tries.wrong("", "192.0.2.8", NOW), None, "another address");
        for _ in 0..200 {
            tries.wrong("", "192.0.2.7", NOW.plus_seconds(2));
        }
        let long = NOW.plus_seconds(1000);
        assert_eq!(seconds(tries.wrong("", "192.0.2.7", long), long), Some(300));
    }

    #[test]
    fn where_somebody_had_the_right_password_everybody_is_heard() {
        let mut tries = Tries::default();
        let fail = |tries: &mut Tries, now| {
            (0..50)
                .filter_map(|_| tries.wrong("utr142", "192.0.2.7", now))
                .count()
        };
        assert!(tries.right("192.0.2.7", NOW));
        assert!(
            !tries.right("192.0.2.7", NOW.plus_seconds(60)),
            "nothing new"
        );
        assert!(tries.right("192.0.2.7", NOW.plus_seconds(3600)));
        assert_eq!(fail(&mut tries, NOW.plus_seconds(3700)), 0);
        assert_eq!(
            tries.failures(NOW.plus_seconds(3700))[0].failures,
            50,
            "it is told all the same"
        );
        let mut again = Tries::of(tries.known().clone());
        assert_eq!(
            fail(&mut again, NOW.plus_seconds(3700)),
            0,
            "also after a restart"
        );
        assert_eq!(
            fail(&mut again, NOW.plus_seconds(3600 + 7 * 86_400)),
            1,
            "a week later nobody is known"
        );
    }

    #[test]
    fn failures_are_told_by_account_and_address() {
        let mut tries = Tries::default();
        let told = |tries: &Tries, now| -> Vec<String> {
            let all = tries.failures(now).into_iter();
            all.map(|one| format!("{} {} {}", one.account, one.address, one.failures))
                .collect()
        };
        tries.wrong("a", "192.0.2.7", NOW);
        tries.wrong("a", "192.0.2.7", NOW.plus_seconds(1));
        tries.wrong("", "192.0.2.7", NOW.plus_seconds(2));
        tries.wrong("a", "192.0.2.8", NOW.plus_seconds(3));
        let now = NOW.plus_seconds(4);
        assert_eq!(
            told(&tries, now),
            ["a 192.0.2.8 1", " 192.0.2.7 1", "a 192.0.2.7 2"]
        );
        tries.right("192.0.2.7", now);
        assert_eq!(told(&tries, now), ["a 192.0.2.8 1"]);
        assert_eq!(told(&tries, NOW.plus_seconds(3603)), Vec::<String>::new());
    }

    #[test]
    fn memory_has_an_end() {
        let mut tries = Tries::default();
        for at in 0..30_000_u32 {
            let now = NOW.plus_seconds(i64::from(at) / 100);
            let address = std::net::Ipv4Addr::from(at).to_string();
            tries.wrong(&at.to_string(), &address, now);
            tries.wrong(&at.to_string(), "192.0.2.7", now);
            if at % 3 == 0 {
                tries.right(&format!("k{address}"), now);
            }
        }
        assert!(tries.sources.len() <= MOST && tries.known.len() <= MOST);
        assert_eq!(tries.sources["192.0.2.7"].accounts.len(), MOST_ACCOUNTS);
    }
}
