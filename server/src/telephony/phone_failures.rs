//! Failed authentications of phones: which addresses are denied, and what administrators see. An address from which too many
//! fail in a row is denied for a while, longer each time, unless somebody at it had the right password lately: so one phone
//! with an old password never takes the others of its office off the network.

use centrale_core::time::Timestamp;
use std::collections::BTreeMap;

/// Failures in a row from one address after which it is not yet denied.
const FREE_FAILURES: u32 = 5;
/// The longest time for which an address is denied, in seconds.
const MAX_SECONDS: i64 = 300;
/// Failures are forgotten when there was none for so many seconds.
const MEMORY_SECONDS: i64 = 60 * 60;
/// How long an address stays known after somebody at it had the right password, in seconds.
const KNOWN_SECONDS: i64 = 7 * 24 * 60 * 60;
/// How old the note that an address is known may become before it is renewed, in seconds.
const RENEW_SECONDS: i64 = 60 * 60;
/// The most addresses that are told apart, and the most accounts of each.
const MAX_ADDRESSES: usize = 10_000;
const MAX_ACCOUNTS: usize = 20;

/// The failures by address, and the addresses that are known.
#[derive(Debug, Default)]
pub(super) struct PhoneFailures {
    sources: BTreeMap<String, Source>,
    /// When somebody at an address had the right password last.
    known: BTreeMap<String, Timestamp>,
}

#[derive(Debug, Default)]
struct Source {
    /// Failures in a row.
    failures: u32,
    last_at: Timestamp,
    /// It is denied until then.
    until: Timestamp,
    /// By account; none that there is: the empty name.
    accounts: BTreeMap<String, FailureCount>,
}

#[derive(Clone, Copy, Debug, Default)]
struct FailureCount {
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
    /// Until when the address is denied; in the past: it is no longer.
    pub until: Timestamp,
}

impl PhoneFailures {
    /// With the addresses that were known before.
    pub(super) fn with_known(known: BTreeMap<String, Timestamp>) -> Self {
        Self {
            known,
            ..Self::default()
        }
    }

    /// The addresses that are known, to be stored.
    pub(super) fn known(&self) -> &BTreeMap<String, Timestamp> {
        &self.known
    }

    /// Somebody had the right password. True: the known addresses changed.
    pub(super) fn succeeded(&mut self, address: &str, now: Timestamp) -> bool {
        self.sources.remove(address);
        let before = self.known.get(address);
        if before.is_some_and(|before| now.since(*before) < RENEW_SECONDS * 1000) {
            return false;
        }
        make_room(&mut self.known, |seen| *seen);
        self.known.insert(address.to_owned(), now);
        true
    }

    /// An authentication failed, with an account if there is such a one. Returns until when the address is to be denied, from
    /// now on; `None`: it is not, or is already.
    pub(super) fn failed(
        &mut self,
        account: &str,
        address: &str,
        now: Timestamp,
    ) -> Option<Timestamp> {
        make_room(&mut self.sources, |source| source.last_at);
        let source = self.sources.entry(address.to_owned()).or_default();
        if now.since(source.last_at) >= MEMORY_SECONDS * 1000 {
            *source = Source::default();
        }
        source.failures = source.failures.saturating_add(1);
        source.last_at = now;
        if source.accounts.len() < MAX_ACCOUNTS || source.accounts.contains_key(account) {
            let failed = source.accounts.entry(account.to_owned()).or_default();
            *failed = FailureCount {
                count: failed.count.saturating_add(1),
                last_at: now,
            };
        }
        let known = self
            .known
            .get(address)
            .is_some_and(|seen| now.since(*seen) < KNOWN_SECONDS * 1000);
        let more = source
            .failures
            .checked_sub(FREE_FAILURES)
            .filter(|_| !known && source.until <= now)?;
        let seconds = 1_i64
            .checked_shl(more)
            .filter(|seconds| (1..MAX_SECONDS).contains(seconds))
            .unwrap_or(MAX_SECONDS);
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
                .filter(|(_, failed)| now.since(failed.last_at) < MEMORY_SECONDS * 1000);
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
    if map.len() >= MAX_ADDRESSES {
        let mut times: Vec<Timestamp> = map.values().map(&at).collect();
        let (_, middle, _) = times.select_nth_unstable(MAX_ADDRESSES / 2);
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
        let mut failures = PhoneFailures::default();
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..16 {
            let wait = seconds(failures.failed("utr142", "192.0.2.7", now), now).unwrap_or(0);
            waits.push(wait);
            now = now.plus_seconds(wait + 1);
        }
        assert_eq!(
            waits,
            [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        );
        // What was on its way already makes it no longer.
        let mut failures = PhoneFailures::default();
        let found: Vec<_> = (0..9)
            .map(|_| seconds(failures.failed("", "192.0.2.7", NOW), NOW))
            .collect();
        assert_eq!(
            found,
            [None, None, None, None, Some(1), None, None, None, None]
        );
        assert_eq!(
            failures.failed("", "192.0.2.8", NOW),
            None,
            "another address"
        );
        for _ in 0..200 {
            failures.failed("", "192.0.2.7", NOW.plus_seconds(2));
        }
        let long = NOW.plus_seconds(1000);
        assert_eq!(
            seconds(failures.failed("", "192.0.2.7", long), long),
            Some(300)
        );
    }

    #[test]
    fn where_somebody_had_the_right_password_everybody_is_heard() {
        let mut failures = PhoneFailures::default();
        let fail = |failures: &mut PhoneFailures, now| {
            (0..50)
                .filter_map(|_| failures.failed("utr142", "192.0.2.7", now))
                .count()
        };
        assert!(failures.succeeded("192.0.2.7", NOW));
        assert!(
            !failures.succeeded("192.0.2.7", NOW.plus_seconds(60)),
            "nothing new"
        );
        assert!(failures.succeeded("192.0.2.7", NOW.plus_seconds(3600)));
        assert_eq!(fail(&mut failures, NOW.plus_seconds(3700)), 0);
        assert_eq!(
            failures.failures(NOW.plus_seconds(3700))[0].failures,
            50,
            "it is told all the same"
        );
        let mut again = PhoneFailures::with_known(failures.known().clone());
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
        let mut failures = PhoneFailures::default();
        let told = |failures: &PhoneFailures, now| -> Vec<String> {
            let all = failures.failures(now).into_iter();
            all.map(|one| format!("{} {} {}", one.account, one.address, one.failures))
                .collect()
        };
        failures.failed("a", "192.0.2.7", NOW);
        failures.failed("a", "192.0.2.7", NOW.plus_seconds(1));
        failures.failed("", "192.0.2.7", NOW.plus_seconds(2));
        failures.failed("a", "192.0.2.8", NOW.plus_seconds(3));
        let now = NOW.plus_seconds(4);
        assert_eq!(
            told(&failures, now),
            ["a 192.0.2.8 1", " 192.0.2.7 1", "a 192.0.2.7 2"]
        );
        failures.succeeded("192.0.2.7", now);
        assert_eq!(told(&failures, now), ["a 192.0.2.8 1"]);
        assert_eq!(
            told(&failures, NOW.plus_seconds(3603)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn memory_has_an_end() {
        let mut failures = PhoneFailures::default();
        for at in 0..30_000_u32 {
            let now = NOW.plus_seconds(i64::from(at) / 100);
            let address = std::net::Ipv4Addr::from(at).to_string();
            failures.failed(&at.to_string(), &address, now);
            failures.failed(&at.to_string(), "192.0.2.7", now);
            if at % 3 == 0 {
                failures.succeeded(&format!("k{address}"), now);
            }
        }
        assert!(failures.sources.len() <= MAX_ADDRESSES && failures.known.len() <= MAX_ADDRESSES);
        assert_eq!(failures.sources["192.0.2.7"].accounts.len(), MAX_ACCOUNTS);
    }
}
