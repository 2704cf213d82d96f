//! One's own account: password, second factor and sessions.

mod password;
mod second_factor;
mod sessions;

pub(crate) use password::{choose, put_password};
pub(crate) use second_factor::get_second_factor;
pub(crate) use second_factor::{
    Taken, begin_second_factor, confirm_second_factor, remove_second_factor, take,
};
pub(crate) use sessions::{end_others, end_session, sessions};

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::password::verify;
use crate::pool::HASHING;
use crate::state::State;
use crate::store::Account;
use centrale_core::api::security::Kind;
use centrale_core::error::Code;

/// The hash of the browser's token, when the account was logged in there before.
pub(crate) async fn known_browser<'a>(
    state: &State,
    browser: Option<&'a str>,
    account: Option<&Account>,
) -> Result<Option<&'a str>, Refusal> {
    let (Some(browser), Some(account)) = (browser, account) else {
        return Ok(None);
    };
    let known = state
        .store
        .knows_browser(browser, account.id, state.clock.now())
        .await;
    Ok(known.map_err(Refusal::internal)?.then_some(browser))
}

/// The password of who asks, asked again; wrong ones slow down like log-ins.
async fn confirm(
    state: &State,
    principal: &Principal,
    field: &str,
    password: String,
) -> Result<(), Refusal> {
    let account = &principal.account;
    let known = known_browser(state, principal.browser.as_deref(), Some(account)).await?;
    let attempt = state
        .throttle
        .begin(&account.login, &principal.address, known)
        .await?;
    if !verify(&HASHING, password, account.password_hash.clone()).await? {
        attempt.failed().await;
        note(
            state,
            Note::of(Kind::PasswordRefused, account, &principal.address),
        )
        .await;
        return Err(Refusal::field(field, Code::PasswordWrong));
    }
    attempt.succeeded().await.map_err(Refusal::internal)
}
