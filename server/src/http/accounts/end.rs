//! Ends the sessions of an account, and removes a second factor that was lost.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::{SessionEnd, State};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::error::Code;

/// All of them.
pub(crate) async fn end_sessions(
    state: State,
    principal: Principal,
    id: AccountId,
    (): (),
) -> Result<(), Refusal> {
    let account = super::account(&state, principal.scope, id).await?;
    state
        .store
        .end_sessions(account.id, None)
        .await
        .map_err(Refusal::internal)?;
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(&state, Note::by(Kind::SessionsEnded, &account, &principal)).await;
    Ok(())
}

/// For others only: one's own asks for the password.
pub(crate) async fn remove_second_factor(
    state: State,
    principal: Principal,
    id: AccountId,
    (): (),
) -> Result<(), Refusal> {
    let account = super::account(&state, principal.scope, id).await?;
    if account.id == principal.account.id {
        return Err(Code::OwnAccount.into());
    }
    if state
        .store
        .remove_second_factor(account.id, None)
        .await
        .map_err(Refusal::internal)?
    {
        state.sessions.tell(SessionEnd::OfAccount(account.id));
        note(
            &state,
            Note::by(Kind::SecondFactorOff, &account, &principal),
        )
        .await;
    }
    Ok(())
}
