//! Ends the sessions of an account, and removes a second factor that was lost.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::{SessionEnd, State};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::error::Code;

/// All of them.
pub(crate) async fn end_sessions(
    state: State,
    asker: Asker,
    id: AccountId,
    (): (),
) -> Result<(), Refusal> {
    let account = super::account(&state, asker.scope, id).await?;
    state
        .store
        .end_sessions(account.id, None)
        .await
        .map_err(Refusal::internal)?;
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(&state, Note::by(Kind::SessionsEnded, &account, &asker)).await;
    Ok(())
}

/// For others only: one's own asks for the password.
pub(crate) async fn remove_second_factor(
    state: State,
    asker: Asker,
    id: AccountId,
    (): (),
) -> Result<(), Refusal> {
    let account = super::account(&state, asker.scope, id).await?;
    if account.id == asker.account.id {
        return Err(Code::OwnAccount.into());
    }
    if state
        .store
        .remove_second_factor(account.id, None)
        .await
        .map_err(Refusal::internal)?
    {
        state.sessions.tell(SessionEnd::OfAccount(account.id));
        note(&state, Note::by(Kind::SecondFactorOff, &account, &asker)).await;
    }
    Ok(())
}
