//! Gives a part.

use super::{seen, shown};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::Stored;
use centrale_core::organisation::PartKey;

/// A part that the principal sees.
pub(crate) async fn get(
    state: State,
    principal: Principal,
    key: PartKey,
    (): (),
) -> Result<Stored, Refusal> {
    let view = state.live.view();
    let stored = seen(&view, principal.scope, key)?;
    Ok(shown(&view, principal.scope, &stored))
}
