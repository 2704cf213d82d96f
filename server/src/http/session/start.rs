//! Logs in.

use crate::http::auth::{Anonymous, cookie, session_end};
use crate::http::mount::Answer;
use crate::http::own::{self, Taken, known_browser};
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::password;
use crate::pool::HASHING;
use crate::state::{SessionEnd, State};
use crate::store::{Account, Place};
use centrale_core::api::security::Kind;
use centrale_core::api::session::{LogIn, Session};
use centrale_core::error::Code;

/// Checks the password and starts a session, in the place of the one that the browser may have.
pub(crate) async fn start(
    state: State,
    anonymous: Anonymous,
    (): (),
    request: LogIn,
) -> Result<Answer<Session>, Refusal> {
    let login = request.login.trim();
    let account = state
        .store
        .account_by_login(login)
        .await
        .map_err(Refusal::internal)?;
    let known = known_browser(&state, anonymous.browser.as_deref(), account.as_ref()).await?;
    let told = |kind| Note::of_login(kind, login, account.as_ref(), &anonymous.address);
    let attempt = match state.throttle.begin(login, &anonymous.address, known).await {
        Ok(attempt) => attempt,
        Err(slow) => {
            note(&state, told(Kind::LogInSlowed)).await;
            return Err(slow.into());
        }
    };
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    if !password::verify(&HASHING, request.password, hash).await? {
        attempt.failed().await;
        note(&state, told(Kind::LogInRefused)).await;
        return Err(Code::LoginFailed.into());
    }
    let account = account.ok_or(Code::LoginFailed)?;
    if account.blocked_at.is_some() {
        note(
            &state,
            Note::of(Kind::LogInBlocked, &account, &anonymous.address),
        )
        .await;
        return Err(Code::AccountBlocked.into());
    }
    if account.second_factor {
        second_factor(&state, &account, &anonymous.address, &request.code).await?;
    }
    attempt.succeeded().await.map_err(Refusal::internal)?;
    let token = begin(&state, &anonymous, &account).await?;
    let secure = anonymous.secure;
    let new_browser = remember(&state, &anonymous, &account).await?;
    note(&state, Note::of(Kind::LogIn, &account, &anonymous.address)).await;
    let answer =
        Answer::from(super::described(&state, account)).with_cookie(cookie::set(&token, secure));
    Ok(match new_browser {
        Some(token) => answer.with_cookie(cookie::set_browser(&token, secure)),
        None => answer,
    })
}

/// Takes a code, once. Wrong ones slow down all that have the password, wherever they are: a stranger has not.
async fn second_factor(
    state: &State,
    account: &Account,
    address: &str,
    code: &str,
) -> Result<(), Refusal> {
    if code.trim().is_empty() {
        return Err(Code::SecondFactorNeeded.into());
    }
    let attempt = state.throttle.begin_second_factor(&account.login).await?;
    match own::take(state, account, code).await? {
        Some(Taken::Code) => {}
        Some(Taken::RecoveryCode) => {
            note(state, Note::of(Kind::RecoveryCodeUsed, account, address)).await;
        }
        None => {
            attempt.failed().await;
            note(state, Note::of(Kind::SecondFactorRefused, account, address)).await;
            return Err(Code::SecondFactorWrong.into());
        }
    }
    attempt.succeeded().await.map_err(Refusal::internal)
}

async fn begin(state: &State, anonymous: &Anonymous, account: &Account) -> Result<String, Refusal> {
    let (token, now) = (hex::encode(state.ids.token()), state.clock.now());
    state
        .store
        .delete_expired(now)
        .await
        .map_err(Refusal::internal)?;
    if let Some(earlier) = &anonymous.token {
        let earlier = cookie::digest(earlier);
        state
            .store
            .delete_session(&earlier)
            .await
            .map_err(Refusal::internal)?;
        state.sessions.tell(SessionEnd::One(earlier));
    }
    let until = session_end(state, now, now);
    let place = Place {
        address: anonymous.address.clone(),
        browser: anonymous.agent.clone(),
    };
    let added = state
        .store
        .add_session(&cookie::digest(&token), account.id, &place, now, until)
        .await;
    added.map_err(Refusal::internal)?;
    Ok(token)
}

/// The browser is known to the account from now on. A browser that is known to nobody gets a token, which is told.
async fn remember(
    state: &State,
    anonymous: &Anonymous,
    account: &Account,
) -> Result<Option<String>, Refusal> {
    let ours = match &anonymous.browser {
        Some(browser)
            if state
                .store
                .is_browser(browser)
                .await
                .map_err(Refusal::internal)? =>
        {
            Some(browser.clone())
        }
        _ => None,
    };
    let new = ours.is_none().then(|| hex::encode(state.ids.token()));
    let hash = ours
        .or_else(|| new.as_deref().map(cookie::digest))
        .unwrap_or_default();
    state
        .store
        .add_browser(&hash, account.id, state.clock.now())
        .await
        .map_err(Refusal::internal)?;
    Ok(new)
}
