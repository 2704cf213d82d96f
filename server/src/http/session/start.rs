//! Logs in.

use crate::clock::hex;
use crate::http::auth::{Visitor, cookie, session_end};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::password;
use crate::pool::HASHING;
use crate::state::State;
use crate::store::Account;
use centrale_core::api::session::{LogIn, Session};
use centrale_core::error::Code;

/// Checks the password and starts a session, in the place of the one that the browser may have.
pub(crate) async fn start(
    state: State,
    visitor: Visitor,
    (): (),
    request: LogIn,
) -> Result<Answer<Session>, Refusal> {
    let login = request.login.trim();
    let account = state.store.account_by_login(login).await.map_err(Refusal::internal)?;
    let known = known_browser(&state, &visitor, account.as_ref()).await?;
    let attempt = state.throttle.begin(login, &visitor.address, known).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::verify(&HASHING, request.password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        attempt.failed().await;
        return Err(Code::LoginFailed.into());
    };
    attempt.succeeded().await.map_err(Refusal::internal)?;
    let token = begin(&state, &visitor, &account).await?;
    let secure = visitor.secure;
    let new_browser = remember(&state, &visitor, &account).await?;
    let answer = Answer::from(super::described(&state, account)).with_cookie(cookie::set(&token, secure));
    Ok(match new_browser {
        Some(token) => answer.with_cookie(cookie::set_browser(&token, secure)),
        None => answer,
    })
}

/// The hash of the browser's token, when the account was logged in there before.
async fn known_browser<'a>(
    state: &State,
    visitor: &'a Visitor,
    account: Option<&Account>,
) -> Result<Option<&'a str>, Refusal> {
    let (Some(browser), Some(account)) = (visitor.browser.as_deref(), account) else { return Ok(None) };
    let known = state.store.knows_browser(browser, account.id, state.clock.now()).await;
    Ok(known.map_err(Refusal::internal)?.then_some(browser))
}

async fn begin(state: &State, visitor: &Visitor, account: &Account) -> Result<String, Refusal> {
    let (token, now) = (hex(&state.ids.token()), state.clock.now());
    state.store.delete_expired(now).await.map_err(Refusal::internal)?;
    if let Some(earlier) = &visitor.token {
        state.store.delete_session(&cookie::digest(earlier)).await.map_err(Refusal::internal)?;
    }
    let until = session_end(state, now);
    state.store.add_session(&cookie::digest(&token), account.id, until).await.map_err(Refusal::internal)?;
    Ok(token)
}

/// The browser is known to the account from now on. A browser that is known to nobody gets a token, which is told.
async fn remember(state: &State, visitor: &Visitor, account: &Account) -> Result<Option<String>, Refusal> {
    let ours = match &visitor.browser {
        Some(browser) if state.store.is_browser(browser).await.map_err(Refusal::internal)? => {
            Some(browser.clone())
        }
        _ => None,
    };
    let new = ours.is_none().then(|| hex(&state.ids.token()));
    let hash = ours.or_else(|| new.as_deref().map(cookie::digest)).unwrap_or_default();
    state.store.add_browser(&hash, account.id, state.clock.now()).await.map_err(Refusal::internal)?;
    Ok(new)
}
