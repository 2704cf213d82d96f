//! Lists the log-ins that cannot be tried for a while.

use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::store::Slowed;
use crate::throttle::{BROWSER, LONGEST, SECOND_FACTOR};
use centrale_core::api::accounts::{Lock, Source};
use centrale_core::time::Timestamp;

/// The most that are listed.
const MOST: usize = 1000;

/// Those of the accounts in scope; of logins that nobody has, the enterprise is told.
pub(crate) async fn locks(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Vec<Lock>, Refusal> {
    let now = state.clock.now();
    let slowed = state.store.slowed(now).await.map_err(Refusal::internal)?;
    let view = state.live.view();
    let seen = |slowed: &Slowed| match &slowed.who {
        Some((who, _)) => super::covers(&view.directory, principal.scope, *who),
        None => principal.scope == Scope::EnterpriseAdmin,
    };
    Ok(slowed
        .into_iter()
        .filter(seen)
        .take(MOST)
        .map(|slowed| lock(slowed, now))
        .collect())
}

fn lock(slowed: Slowed, now: Timestamp) -> Lock {
    let (failures, who) = (slowed.failures, slowed.who);
    let left = u32::try_from((failures.until.since(now) + 999) / 1000).unwrap_or_default();
    Lock {
        account: who.as_ref().map(|(who, _)| super::account_of(*who)),
        login: failures.login,
        name: who.map(|(_, name)| name).unwrap_or_default(),
        source: source(failures.source),
        failures: failures.failures,
        last_at: failures.last_at,
        seconds: left.min(LONGEST.as_secs() as u32),
    }
}

fn source(source: String) -> Source {
    if source == SECOND_FACTOR {
        Source::SecondFactor
    } else if source.starts_with(BROWSER) {
        Source::KnownBrowser
    } else {
        Source::Address { address: source }
    }
}
