//! Makes a link by which somebody chooses another password.

use crate::http::auth::{Principal, cookie};
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::mail::password_reset;
use crate::state::State;
use centrale_core::api::accounts::{AccountId, ResetLink};
use centrale_core::api::security::Kind;

/// Seconds for which a link works: a day.
const WORKS: i64 = 24 * 60 * 60;

/// The token stands behind `#`, which no browser sends: it is in nobody's log. The link is told to the administrator, once,
/// and mailed where mails go out and there is an address.
pub(crate) async fn reset(
    state: State,
    principal: Principal,
    id: AccountId,
    (): (),
) -> Result<ResetLink, Refusal> {
    let account = super::account(&state, principal.scope, id).await?;
    let token = hex::encode(state.ids.token());
    let until = state.clock.now().plus_seconds(WORKS);
    state
        .store
        .add_reset(account.id, &cookie::digest(&token), until)
        .await
        .map_err(Refusal::internal)?;
    let link = format!("{}/password#{token}", principal.portal);
    let mailed = match &state.mail {
        Some(mailer) if !account.email.is_empty() => {
            let email = password_reset(&account.email, account.language, &link);
            // An address that is none is no reason to keep the link from the administrator.
            mailer
                .store(&[email])
                .await
                .inspect_err(|error| tracing::warn!(%error, "a link was not mailed"))
                .is_ok()
        }
        _ => false,
    };
    note(&state, Note::by(Kind::ResetMade, &account, &principal)).await;
    Ok(ResetLink {
        link,
        until,
        mailed,
    })
}
