//! Renews the secret of a phone.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::State;
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::api::users::{NewSecret, Phone};
use centrale_core::error::Code;

/// Of a phone of a user in scope. It is told in this answer, and never again.
pub(crate) async fn renew_secret(
    state: State,
    principal: Principal,
    phone: Phone,
    (): (),
) -> Result<NewSecret, Refusal> {
    principal
        .scope
        .user(&state.live.view().directory, phone.user)?;
    let secret = hex::encode(&state.ids.token()[..16]);
    let renewed = state
        .store
        .renew_sip_secret(&state.keys, (phone.user, phone.device), &secret)
        .await;
    let account = renewed.map_err(Refusal::internal)?.ok_or(Code::NotFound)?;
    state.calls.accounts_changed();
    let owner = state
        .store
        .account_of(AccountId::User(phone.user))
        .await
        .map_err(Refusal::internal)?;
    if let Some(owner) = owner {
        note(&state, Note::by(Kind::SipSecretRenewed, &owner, &principal)).await;
    }
    Ok(NewSecret { account, secret })
}
