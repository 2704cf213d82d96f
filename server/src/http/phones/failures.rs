//! Lists the phones that failed to register or call.

use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::live::Member;
use crate::state::State;
use crate::telephony::PhoneFailure;
use centrale_core::api::phones::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most that are listed.
const MOST: usize = 1000;

/// Those of phones of users in scope; of accounts that nobody has, the enterprise is told.
pub(crate) async fn failures(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Vec<Failure>, Refusal> {
    let (now, view) = (state.clock.now(), state.live.view());
    let found = state.calls.phone_failures(now);
    let accounts: BTreeSet<&str> = found.iter().map(|failed| failed.account.as_str()).collect();
    let owners: BTreeMap<&str, &Arc<Member>> = view
        .directory
        .members()
        .flat_map(|member| {
            member
                .user
                .devices
                .iter()
                .map(move |device| (device.account.as_str(), member))
        })
        .filter(|(account, _)| accounts.contains(account))
        .collect();
    let told = |failed: &PhoneFailure| {
        let owner = owners.get(failed.account.as_str());
        let seen = match owner {
            Some(owner) => principal.scope.covers(&view.directory, &owner.user),
            None => principal.scope == Scope::EnterpriseAdmin,
        };
        seen.then(|| Failure {
            account: failed.account.clone(),
            user: owner.map(|owner| owner.user.id),
            name: owner.map(|owner| owner.user.name()).unwrap_or_default(),
            address: failed.address.clone(),
            failures: failed.failures,
            last_at: failed.last_at,
            seconds: u32::try_from((failed.until.since(now) + 999) / 1000).unwrap_or_default(),
        })
    };
    Ok(found.iter().filter_map(told).take(MOST).collect())
}
