//! Forgets a mail that was given up.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::mails::MailId;
use centrale_core::error::Code;

/// One that is still tried is not there to be forgotten.
pub(crate) async fn delete(
    state: State,
    _: Principal,
    mail: MailId,
    (): (),
) -> Result<(), Refusal> {
    let gone = state
        .store
        .forget_mail(&mail.0)
        .await
        .map_err(Refusal::internal)?;
    if gone {
        Ok(())
    } else {
        Err(Code::NotFound.into())
    }
}
