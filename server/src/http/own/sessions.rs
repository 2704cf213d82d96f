//! Where one is logged in.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::{SessionEnd, State};
use crate::store::Listed;
use centrale_core::api::own::{OwnSession, SessionId};
use centrale_core::api::security::Kind;
use centrale_core::error::Code;

/// So much of a token's hash is the name of a session.
const NAME: usize = 32;

/// All of them, the one that asks first.
pub(crate) async fn sessions(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Vec<OwnSession>, Refusal> {
    let found = state
        .store
        .sessions_of(principal.account.id, state.clock.now())
        .await
        .map_err(Refusal::internal)?;
    let session = |listed: Listed| OwnSession {
        id: SessionId(name(&listed.token_hash).to_owned()),
        current: listed.token_hash == principal.session,
        since: listed.created_at,
        seen_at: listed.seen_at,
        address: listed.place.address,
        browser: listed.place.browser,
    };
    let mut list: Vec<OwnSession> = found.into_iter().map(session).collect();
    list.sort_by_key(|session| !session.current);
    Ok(list)
}

/// Ends one session of the own account.
pub(crate) async fn end_session(
    state: State,
    principal: Principal,
    id: SessionId,
    (): (),
) -> Result<(), Refusal> {
    let found = state
        .store
        .sessions_of(principal.account.id, state.clock.now())
        .await
        .map_err(Refusal::internal)?;
    let session = found
        .into_iter()
        .find(|listed| name(&listed.token_hash) == id.0)
        .ok_or(Code::NotFound)?;
    state
        .store
        .delete_session(&session.token_hash)
        .await
        .map_err(Refusal::internal)?;
    state.sessions.tell(SessionEnd::One(session.token_hash));
    note(
        &state,
        Note::of(Kind::SessionsEnded, &principal.account, &principal.address),
    )
    .await;
    Ok(())
}

/// Ends all but the one that asks.
pub(crate) async fn end_others(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<(), Refusal> {
    let account = &principal.account;
    state
        .store
        .end_sessions(account.id, Some(&principal.session))
        .await
        .map_err(Refusal::internal)?;
    state.sessions.tell(SessionEnd::OfAccount(account.id));
    note(
        &state,
        Note::of(Kind::SessionsEnded, account, &principal.address),
    )
    .await;
    Ok(())
}

fn name(token_hash: &str) -> &str {
    token_hash.get(..NAME).unwrap_or(token_hash)
}
