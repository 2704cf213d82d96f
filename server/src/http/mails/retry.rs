//! Has a mail that was given up tried again.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::mails::MailId;
use centrale_core::error::Code;

/// From now on, as long as a new one. Where mail is off it waits until that is on.
pub(crate) async fn retry(state: State, _: Principal, mail: MailId, (): ()) -> Result<(), Refusal> {
    let now = state.clock.now();
    if !state
        .store
        .retry_mail(&mail.0, now)
        .await
        .map_err(Refusal::internal)?
    {
        return Err(Code::NotFound.into());
    }
    if let Some(mailer) = &state.mail {
        mailer.filled();
    }
    Ok(())
}
