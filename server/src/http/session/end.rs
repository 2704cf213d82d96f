//! Logs out.

use crate::http::auth::{Anonymous, cookie};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::http::security_events::{Note, note};
use crate::state::{SessionEnd, State};
use centrale_core::api::security::Kind;

/// Ends the session, if there is one, and takes the cookie away.
pub(crate) async fn end(
    state: State,
    anonymous: Anonymous,
    (): (),
    (): (),
) -> Result<Answer<()>, Refusal> {
    if let Some(token) = &anonymous.token {
        let hash = cookie::digest(token);
        let session = state
            .store
            .session(&hash, state.clock.now())
            .await
            .map_err(Refusal::internal)?;
        state
            .store
            .delete_session(&hash)
            .await
            .map_err(Refusal::internal)?;
        state.sessions.tell(SessionEnd::One(hash));
        if let Some(session) = session {
            note(
                &state,
                Note::of(Kind::LogOut, &session.account, &anonymous.address),
            )
            .await;
        }
    }
    Ok(Answer::from(()).with_cookie(cookie::clear(anonymous.secure)))
}
