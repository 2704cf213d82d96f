//! Slows down phones that fail to authenticate, and records it for administrators: Asterisk's events go to
//! `phone_failures`, and addresses that are to be denied are denied at Asterisk.

use super::accounts::AccountBook;
use super::ari::{self, Ari, Authentication, MAX_DENIED};
use super::phone_failures::{PhoneFailure, PhoneFailures};
use crate::clock::Clock;
use crate::store::{NewSecurityEvent, Store};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::time::Timestamp;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// The key under which known addresses are stored.
const KNOWN_KEY: &str = "phone-addresses";
/// At most so many failures of what Asterisk tells at once become security events one by one.
const NOTED: u32 = 20;
const NOTED_IN: Duration = Duration::from_secs(10);
/// How long an address that is to be allowed again waits when Asterisk does not answer.
const RETRY: Duration = Duration::from_secs(5);

/// The failures, shared with those who list them.
#[derive(Clone, Default)]
pub(super) struct Failures(Arc<Mutex<PhoneFailures>>);

impl Failures {
    pub(super) fn list(&self, now: Timestamp) -> Vec<PhoneFailure> {
        self.lock().failures(now)
    }

    fn lock(&self) -> MutexGuard<'_, PhoneFailures> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The dependencies of the guard.
pub(super) struct Guard {
    pub(super) ari: Ari,
    pub(super) accounts: Arc<AccountBook>,
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) failures: Failures,
}

/// The addresses that are denied, by their slots at Asterisk, and until when.
type Denied = BTreeMap<usize, Instant>;

impl Guard {
    /// Runs until nothing more can be told. It ends with the threads of calls.
    pub(super) async fn run(self) {
        let known: BTreeMap<String, i64> = self
            .store
            .kept(KNOWN_KEY)
            .await
            .ok()
            .flatten()
            .unwrap_or_default();
        *self.failures.lock() = PhoneFailures::with_known(
            known
                .into_iter()
                .map(|(name, at)| (name, Timestamp(at)))
                .collect(),
        );
        let mut authentications = ari::authentications(self.ari.clone());
        // What an earlier server denied and did not allow again is allowed now.
        let mut denied: Denied = (0..MAX_DENIED).map(|slot| (slot, Instant::now())).collect();
        let mut noted = (Instant::now(), 0);
        loop {
            let next = denied.values().min().copied();
            let over = async {
                match next {
                    Some(next) => sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                authentication = authentications.recv() => match authentication {
                    Some(authentication) => self.authenticated(authentication, &mut denied, &mut noted).await,
                    None => return,
                },
                () = over => self.allow_again(&mut denied).await,
            }
        }
    }

    async fn authenticated(
        &self,
        authentication: Authentication,
        denied: &mut Denied,
        noted: &mut (Instant, u32),
    ) {
        let (address, now) = (source(authentication.address), self.clock.now());
        if authentication.succeeded {
            if self.failures.lock().succeeded(&address, now) {
                self.store_known().await;
            }
            return;
        }
        let account = authentication.account.unwrap_or_default();
        let until = self.failures.lock().failed(&account, &address, now);
        if noted.0.elapsed() > NOTED_IN {
            *noted = (Instant::now(), 0);
        }
        noted.1 += 1;
        if noted.1 <= NOTED {
            self.note(&account, &address, now).await;
        }
        if let Some(until) = until {
            self.deny(&address, until.since(now), denied).await;
        }
    }

    /// Denies an address at Asterisk. Of more than there are slots only the first are slowed down.
    async fn deny(&self, address: &str, ms: i64, denied: &mut Denied) {
        let Some(slot) = (0..MAX_DENIED).find(|slot| !denied.contains_key(slot)) else {
            return;
        };
        let until = Instant::now() + Duration::from_millis(u64::try_from(ms).unwrap_or(0));
        // It is undone later even if the request failed: Asterisk may have done it all the same.
        denied.insert(slot, until);
        match self.ari.deny(slot, address).await {
            Ok(()) => tracing::info!(
                address,
                ms,
                "phones at this address are not heard for a while: too many tries failed"
            ),
            Err(error) => {
                tracing::warn!(%error, address, "phones at this address cannot be slowed down");
            }
        }
    }

    async fn allow_again(&self, denied: &mut Denied) {
        let now = Instant::now();
        let over: Vec<usize> = denied
            .iter()
            .filter(|(_, until)| **until <= now)
            .map(|(slot, _)| *slot)
            .collect();
        for slot in over {
            match self.ari.allow(slot).await {
                Ok(()) => {
                    denied.remove(&slot);
                }
                Err(error) => {
                    tracing::debug!(%error, "an address cannot be heard again yet");
                    // Asterisk would not answer for the others either.
                    let later = Instant::now() + RETRY;
                    denied
                        .values_mut()
                        .filter(|until| **until <= later)
                        .for_each(|until| *until = later);
                    return;
                }
            }
        }
    }

    async fn note(&self, account: &str, address: &str, now: Timestamp) {
        let owner = self
            .accounts
            .owner(account)
            .map(|(user, _)| AccountId::User(user));
        let event = NewSecurityEvent {
            kind: Kind::PhoneRefused,
            account: owner,
            login: account.to_owned(),
            by: String::new(),
            address: address.to_owned(),
            about: String::new(),
        };
        if let Err(error) = self.store.add_security_event(&event, now).await {
            tracing::warn!(%error, "that a phone failed to register could not be kept");
        }
    }

    /// Stores the addresses that are known.
    async fn store_known(&self) {
        let known: BTreeMap<String, i64> = self
            .failures
            .lock()
            .known()
            .iter()
            .map(|(name, at)| (name.clone(), at.0))
            .collect();
        // A database that is away is not waited for: what happens next is more important.
        if !matches!(
            timeout(RETRY, self.store.keep(KNOWN_KEY, &known)).await,
            Ok(Ok(()))
        ) {
            tracing::warn!("the addresses of phones could not be kept");
        }
    }
}

/// An address as it is told apart: with IPv6 everybody has a network of addresses.
fn source(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        let check =
            |address: &str, expected: &str| assert_eq!(source(address.parse().unwrap()), expected);
        check("192.0.2.7", "192.0.2.7");
        check("::ffff:192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3::4", "2001:db8:1:2::/64");
    }
}
