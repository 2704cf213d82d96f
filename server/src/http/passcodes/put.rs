//! Gives a mailbox another passcode.

use super::{get, with_mailbox, wrong};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::password;
use crate::pool::HASHING;
use crate::state::State;
use crate::store::SaveError;
use centrale_core::api::passcodes::{self, Chosen};
use centrale_core::error::Code;
use centrale_core::id::UserId;
use centrale_core::passcode::Passcode;

/// For the user and for administrators of theirs. It keeps to the rules, and is none of the last ones.
pub(crate) async fn put(
    state: State,
    principal: Principal,
    user: UserId,
    chosen: Chosen,
) -> Result<passcodes::State, Refusal> {
    with_mailbox(&state.live.view(), principal.scope, user)?;
    let rates = &state.throttle.passcodes;
    let turn = rates.take(i64::from(user.0), state.clock.elapsed());
    turn.map_err(|wait| Refusal::too_often(Code::QuotaPasscodes, Some("passcode"), rates, wait))?;
    let recent = state
        .store
        .passcodes(user)
        .await
        .map_err(Refusal::internal)?
        .recent;
    let hash = hash(principal.account.id, chosen, recent).await?;
    let (actor, now) = (principal.actor(), state.clock.now());
    let saved = state.live.set_passcode(&actor, now, user, Some(hash)).await;
    match saved {
        Ok(()) => get::of(&state, user).await,
        Err(SaveError::NotFound) => Err(Code::NotFound.into()),
        Err(error) => Err(Refusal::internal(error)),
    }
}

/// The hash of a passcode that may be used.
async fn hash(account: i64, chosen: Chosen, recent: Vec<String>) -> Result<String, Refusal> {
    let work = move || {
        let is_recent = |typed: &str| recent.iter().any(|hash| password::matches(typed, hash));
        let passcode = Passcode::parse(&chosen.passcode, &is_recent);
        passcode.map(|passcode| password::hash(passcode.digits()))
    };
    let done = HASHING.run_for(account, work).await?;
    let hash = done.map_err(|error| wrong(error.into()))?;
    hash.map_err(|error| Refusal::internal(error.to_string().as_str()))
}
