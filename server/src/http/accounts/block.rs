//! Blocks an account, or opens it again.

use super::get::told;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::{SessionEnd, State};
use centrale_core::api::accounts::{Account, AccountId, Block};
use centrale_core::api::security::Kind;
use centrale_core::error::Code;

/// Nobody blocks themselves: nobody could be left who opens it again.
pub(crate) async fn put_blocked(
    state: State,
    principal: Principal,
    id: AccountId,
    block: Block,
) -> Result<Account, Refusal> {
    let account = super::account(&state, principal.scope, id).await?;
    if account.id == principal.account.id {
        return Err(Code::OwnAccount.into());
    }
    if block.blocked != account.blocked_at.is_some() {
        let since = block.blocked.then(|| state.clock.now());
        state
            .store
            .set_blocked(account.id, since)
            .await
            .map_err(Refusal::internal)?;
        state.sessions.tell(SessionEnd::OfAccount(account.id));
        let kind = if block.blocked {
            Kind::Blocked
        } else {
            Kind::Unblocked
        };
        note(&state, Note::by(kind, &account, &principal)).await;
    }
    told(&state, super::account(&state, principal.scope, id).await?).await
}
