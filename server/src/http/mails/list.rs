//! Tells how outgoing mail is.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::mails::{GivenUp, MailId, Mails};

/// Whether mails go out, and which were given up.
pub(crate) async fn list(state: State, _: Principal, (): (), (): ()) -> Result<Mails, Refusal> {
    let given_up = state
        .store
        .given_up_mails()
        .await
        .map_err(Refusal::internal)?;
    let told = given_up.into_iter().map(|mail| GivenUp {
        id: MailId(mail.message_id),
        to: mail.recipient,
        since: mail.since,
        at: mail.at,
        attempts: mail.attempts,
        reason: mail.reason,
    });
    Ok(Mails {
        on: state.mail.is_some(),
        given_up: told.collect(),
    })
}
