//! Tells how an account is.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use crate::store;
use centrale_core::api::accounts::{Account, AccountId};

/// Password, block, second factor and sessions.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    id: AccountId,
    (): (),
) -> Result<Account, Refusal> {
    told(&state, super::account(&state, principal.scope, id).await?).await
}

pub(super) async fn told(state: &State, account: store::Account) -> Result<Account, Refusal> {
    let sessions = state
        .store
        .sessions_of(account.id, state.clock.now())
        .await
        .map_err(Refusal::internal)?;
    Ok(Account {
        account: super::account_of(account.who),
        login: account.login,
        name: account.name,
        has_password: account.password_hash.is_some(),
        blocked_at: account.blocked_at,
        second_factor: account.second_factor,
        sessions: sessions.len() as u32,
    })
}
