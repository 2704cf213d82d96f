//! Lets a log-in be tried again at once.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::State;
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;

/// What failed is forgotten, wherever it came from.
pub(crate) async fn lift(
    state: State,
    principal: Principal,
    id: AccountId,
    (): (),
) -> Result<(), Refusal> {
    let account = super::account(&state, principal.scope, id).await?;
    if state
        .throttle
        .lift(&account.login)
        .await
        .map_err(Refusal::internal)?
        > 0
    {
        note(&state, Note::by(Kind::LockLifted, &account, &principal)).await;
    }
    Ok(())
}
