//! Changes one's own password, or chooses one by a link.

use crate::http::auth::{Anonymous, Principal, cookie};
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::password;
use crate::password_rules;
use crate::pool::HASHING;
use crate::state::{SessionEnd, State};
use crate::store::Account;
use centrale_core::api::own::{ByLink, ChangePassword};
use centrale_core::api::security::Kind;
use centrale_core::error::Code;

/// Changes one's own: the current one is asked. All other sessions end.
pub(crate) async fn put_password(
    state: State,
    principal: Principal,
    (): (),
    change: ChangePassword,
) -> Result<(), Refusal> {
    if change.new == change.current {
        return Err(Refusal::field("new", Code::PasswordSame));
    }
    super::confirm(&state, &principal, "current", change.current).await?;
    let account = &principal.account;
    let hash = hash(&state, account, "new", change.new).await?;
    let (session, browser) = (
        Some(principal.session.as_str()),
        principal.browser.as_deref(),
    );
    state
        .store
        .set_password(account.id, &hash, session, browser)
        .await
        .map_err(Refusal::internal)?;
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(
        &state,
        Note::of(Kind::PasswordChanged, account, &principal.address),
    )
    .await;
    Ok(())
}

/// Chooses one by a link: the link ends, and all sessions.
pub(crate) async fn choose(
    state: State,
    anonymous: Anonymous,
    (): (),
    chosen: ByLink,
) -> Result<(), Refusal> {
    let (token, now) = (cookie::digest(chosen.token.trim()), state.clock.now());
    let account = state
        .store
        .reset(&token, now)
        .await
        .map_err(Refusal::internal)?
        .ok_or(Code::LinkEnded)?;
    let hash = hash(&state, &account, "password", chosen.password).await?;
    let used = state
        .store
        .use_reset(&token, account.id, &hash, now)
        .await
        .map_err(Refusal::internal)?;
    if !used {
        return Err(Code::LinkEnded.into());
    }
    state
        .throttle
        .lift(&account.login)
        .await
        .map_err(Refusal::internal)?;
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(
        &state,
        Note::of(Kind::PasswordReset, &account, &anonymous.address),
    )
    .await;
    Ok(())
}

/// The hash of a password that the person may choose.
async fn hash(
    state: &State,
    account: &Account,
    field: &str,
    password: String,
) -> Result<String, Refusal> {
    let own = [
        account.login.clone(),
        account.name.clone(),
        state.live.view().directory.enterprise().name.clone(),
    ];
    let work = move || {
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        password_rules::check(&password, &own).map(|()| password::hash(&password))
    };
    let done = HASHING.run_for(account.id, work).await?;
    let hash = done.map_err(|code| Refusal::field(field, code))?;
    hash.map_err(|error| Refusal::internal(error.to_string().as_str()))
}
