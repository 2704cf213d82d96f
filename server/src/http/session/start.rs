//! Logs in.

use crate::clock::hex;
use crate::http::auth::throttle::Attempt;
use crate::http::auth::{Visitor, cookie, session_end};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::password;
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
    let attempt = Attempt::begin(&state, &visitor, &request.login).await?;
    let account = state.store.account_by_login(request.login.trim()).await.map_err(Refusal::internal)?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::verify(request.password, hash).await;
    let Some(account) = account.filter(|_| right) else {
        attempt.failed(&state).await?;
        return Err(Code::LoginFailed.into());
    };
    attempt.succeeded(&state).await?;
    let token = begin(&state, &visitor, &account).await?;
    let secure = state.settings.secure_cookies;
    Ok(Answer::from(super::described(&state, account)).with_cookie(cookie::set(&token, secure)))
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
