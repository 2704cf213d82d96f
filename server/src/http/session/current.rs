//! Tells who is logged in.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::session::Session;

/// Who is logged in.
pub(crate) async fn current(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Session, Refusal> {
    Ok(super::described(&state, principal.account))
}
