//! Sends a mail to see whether mails are taken.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::mail;
use crate::state::State;
use centrale_core::api::mails::{Trial, TrialOutcome, Tried};
use centrale_core::email::is_email;
use centrale_core::error::{Code, FieldError};

/// Sends it at once, past the outbox: who asks hears what the server says.
pub(crate) async fn trial(
    state: State,
    _: Principal,
    (): (),
    trial: Trial,
) -> Result<Tried, Refusal> {
    let malformed = || Refusal::fields(vec![FieldError::new("to", Code::EmailMalformed)]);
    if !is_email(&trial.to) {
        return Err(malformed());
    }
    let email = mail::trial(&trial.to, trial.language);
    let Some(mailer) = &state.mail else {
        return Ok(Tried {
            outcome: TrialOutcome::Off,
            said: String::new(),
        });
    };
    let tried = mailer.send(&email).await;
    tried.map_err(|_| malformed())
}
