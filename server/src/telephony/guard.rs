//! Slows down phones that fail to say who they are, and keeps it for administrators: what Asterisk tells goes to `tries`,
//! and what `tries` says is done at Asterisk.

use super::accounts::AccountBook;
use super::ari::{self, Ari, Authentication, DENIED};
use super::tries::{PhoneFailure, Tries};
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

/// Under which name known addresses are kept.
const KNOWN: &str = "phone-addresses";
/// At most so many failures of what Asterisk tells at once become security events one by one.
const NOTED: u32 = 20;
const NOTED_IN: Duration = Duration::from_secs(10);
/// How long an address that Asterisk is to hear again waits when it does not answer.
const AGAIN: Duration = Duration::from_secs(5);

/// What failed, for those who look.
#[derive(Clone, Default)]
pub(super) struct Failures(Arc<Mutex<Tries>>);

impl Failures {
    pub(super) fn list(&self, now: Timestamp) -> Vec<PhoneFailure> {
        self.lock().failures(now)
    }

    fn lock(&self) -> MutexGuard<'_, Tries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the guard stands on.
pub(super) struct Guard {
    pub(super) ari: Ari,
    pub(super) accounts: Arc<AccountBook>,
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) failures: Failures,
}

/// Which addresses are not heard, by their places at Asterisk, and until when.
type Places = BTreeMap<usize, Instant>;

impl Guard {
    /// Runs until nothing more can be told. It ends with the threads of calls.
    pub(super) async fn run(self) {
        let known: BTreeMap<String, i64> = self
            .store
            .kept(KNOWN)
            .await
            .ok()
            .flatten()
            .unwrap_or_default();
        *self.failures.lock() = Tries::of(
            known
                .into_iter()
                .map(|(name, at)| (name, Timestamp(at)))
                .collect(),
        );
        let mut told = ari::authentications(self.ari.clone());
        // What a server before this one did, and did not undo.
        let mut places: Places = (0..DENIED).map(|place| (place, Instant::now())).collect();
        let mut noted = (Instant::now(), 0);
        loop {
            let next = places.values().min().copied();
            let over = async {
                match next {
                    Some(next) => sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                heard = told.recv() => match heard {
                    Some(heard) => self.look(heard, &mut places, &mut noted).await,
                    None => return,
                },
                () = over => self.hear_again(&mut places).await,
            }
        }
    }

    async fn look(&self, heard: Authentication, places: &mut Places, noted: &mut (Instant, u32)) {
        let (address, now) = (source(heard.address), self.clock.now());
        if heard.right {
            if self.failures.lock().right(&address, now) {
                self.keep().await;
            }
            return;
        }
        let account = heard.account.unwrap_or_default();
        let until = self.failures.lock().wrong(&account, &address, now);
        if noted.0.elapsed() > NOTED_IN {
            *noted = (Instant::now(), 0);
        }
        noted.1 += 1;
        if noted.1 <= NOTED {
            self.note(&account, &address, now).await;
        }
        if let Some(until) = until {
            self.deny(&address, until.since(now), places).await;
        }
    }

    /// Has Asterisk not hear an address. With more than there are places only the first ones are slowed down.
    async fn deny(&self, address: &str, ms: i64, places: &mut Places) {
        let Some(place) = (0..DENIED).find(|place| !places.contains_key(place)) else {
            return;
        };
        let until = Instant::now() + Duration::from_millis(u64::try_from(ms).unwrap_or(0));
        // Whatever came of it is undone.
        places.insert(place, until);
        match self.ari.deny(place, address).await {
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

    async fn hear_again(&self, places: &mut Places) {
        let now = Instant::now();
        let over: Vec<usize> = places
            .iter()
            .filter(|(_, until)| **until <= now)
            .map(|(place, _)| *place)
            .collect();
        for place in over {
            match self.ari.hear(place).await {
                Ok(()) => {
                    places.remove(&place);
                }
                Err(error) => {
                    tracing::debug!(%error, "an address cannot be heard again yet");
                    // The others fare no better.
                    let later = Instant::now() + AGAIN;
                    places
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

    async fn keep(&self) {
        let known: BTreeMap<String, i64> = self
            .failures
            .lock()
            .known()
            .iter()
            .map(|(name, at)| (name.clone(), at.0))
            .collect();
        // A database that is away is not waited for: what happens next is more important.
        if !matches!(
            timeout(AGAIN, self.store.keep(KNOWN, &known)).await,
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
