//! One's own second factor.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::second_factor;
use crate::state::{SessionEnd, State};
use crate::store::{Account, seed_place};
use centrale_core::api::own::{Again, Confirm, RecoveryCodes, SecondFactor, Seed};
use centrale_core::api::security::Kind;
use centrale_core::api::session::Identity;
use centrale_core::error::Code;

/// What was given as second factor.
pub(crate) enum Taken {
    /// A code of the app.
    Code,
    /// A recovery code.
    RecoveryCode,
}

/// Takes a code of the app or a recovery code, each once. `None`: it is neither, or was taken before.
pub(crate) async fn take(
    state: &State,
    account: &Account,
    code: &str,
) -> Result<Option<Taken>, Refusal> {
    let id = account.id;
    let Some(factor) = state
        .store
        .second_factor(id)
        .await
        .map_err(Refusal::internal)?
    else {
        return Ok(None);
    };
    let seed = state
        .keys
        .unseal(&seed_place(id), &factor.seed)
        .map_err(Refusal::internal)?;
    if let Some(step) = second_factor::step(seed, code, state.clock.now()) {
        let taken = state
            .store
            .take_step(id, step)
            .await
            .map_err(Refusal::internal)?;
        return Ok(taken.then_some(Taken::Code));
    }
    let hash = second_factor::recovery_hash(code);
    let taken = state
        .store
        .take_recovery_code(id, &hash)
        .await
        .map_err(Refusal::internal)?;
    Ok(taken.then_some(Taken::RecoveryCode))
}

/// Whether one is asked.
pub(crate) async fn get_second_factor(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<SecondFactor, Refusal> {
    let factor = state
        .store
        .second_factor(principal.account.id)
        .await
        .map_err(Refusal::internal)?;
    let since = factor.as_ref().and_then(|factor| factor.confirmed_at);
    let recovery_codes = factor.map_or(0, |factor| factor.recovery_codes);
    Ok(SecondFactor {
        since,
        recovery_codes,
        required: is_required(&state, &principal.account).await?,
    })
}

/// Begins one: an app is given the seed, and shows a code that confirms it.
pub(crate) async fn begin_second_factor(
    state: State,
    principal: Principal,
    (): (),
    again: Again,
) -> Result<Seed, Refusal> {
    super::confirm(&state, &principal, "password", again.password).await?;
    let (id, seed) = (principal.account.id, second_factor::draw(&*state.ids));
    let sealed = state
        .keys
        .seal(&seed_place(id), &seed)
        .map_err(Refusal::internal)?;
    if !state
        .store
        .begin_second_factor(id, &sealed)
        .await
        .map_err(Refusal::internal)?
    {
        return Err(Code::SecondFactorThere.into());
    }
    Ok(second_factor::told(seed, &principal.account.login).ok_or(Code::Internal)?)
}

/// Confirms the one that was begun. All other sessions end: they were begun without it.
pub(crate) async fn confirm_second_factor(
    state: State,
    principal: Principal,
    (): (),
    confirm: Confirm,
) -> Result<RecoveryCodes, Refusal> {
    let account = &principal.account;
    let factor = state
        .store
        .second_factor(account.id)
        .await
        .map_err(Refusal::internal)?
        .ok_or(Code::NotFound)?;
    if factor.confirmed_at.is_some() {
        return Err(Code::SecondFactorThere.into());
    }
    let attempt = state.throttle.begin_second_factor(&account.login).await?;
    let seed = state
        .keys
        .unseal(&seed_place(account.id), &factor.seed)
        .map_err(Refusal::internal)?;
    let now = state.clock.now();
    let Some(step) = second_factor::step(seed, &confirm.code, now) else {
        attempt.failed().await;
        return Err(Refusal::field("code", Code::SecondFactorWrong));
    };
    attempt.succeeded().await.map_err(Refusal::internal)?;
    let codes = second_factor::recovery_codes(&*state.ids);
    let hashes: Vec<String> = codes
        .iter()
        .map(|code| second_factor::recovery_hash(code))
        .collect();
    let of = (factor.seed.as_str(), step);
    let confirmed = state
        .store
        .confirm_second_factor(account.id, of, &hashes, &principal.session, now)
        .await;
    if !confirmed.map_err(Refusal::internal)? {
        return Err(Code::SecondFactorThere.into());
    }
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(
        &state,
        Note::of(Kind::SecondFactorOn, account, &principal.address),
    )
    .await;
    Ok(RecoveryCodes { codes })
}

/// Removes it, unless the enterprise asks it.
pub(crate) async fn remove_second_factor(
    state: State,
    principal: Principal,
    (): (),
    again: Again,
) -> Result<(), Refusal> {
    let account = &principal.account;
    if account.second_factor && is_required(&state, account).await? {
        return Err(Code::SecondFactorMissing.into());
    }
    super::confirm(&state, &principal, "password", again.password).await?;
    let removed = state
        .store
        .remove_second_factor(account.id, Some(&principal.session))
        .await;
    if !removed.map_err(Refusal::internal)? {
        return Err(Code::NotFound.into());
    }
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(
        &state,
        Note::of(Kind::SecondFactorOff, account, &principal.address),
    )
    .await;
    Ok(())
}

async fn is_required(state: &State, account: &Account) -> Result<bool, Refusal> {
    let policy = state
        .store
        .log_in_policy()
        .await
        .map_err(Refusal::internal)?;
    Ok(policy.admins_need_second_factor && matches!(account.who, Identity::Admin { .. }))
}
