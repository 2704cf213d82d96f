//! Logs out.

use crate::http::auth::{Visitor, cookie};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::state::State;

/// Ends the session, if there is one, and takes the cookie away.
pub(crate) async fn end(state: State, visitor: Visitor, (): (), (): ()) -> Result<Answer<()>, Refusal> {
    if let Some(token) = &visitor.token {
        state.store.delete_session(&cookie::digest(token)).await.map_err(Refusal::internal)?;
    }
    Ok(Answer::from(()).with_cookie(cookie::clear(visitor.secure)))
}
