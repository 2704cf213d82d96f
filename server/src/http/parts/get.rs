//! Gives a part.

use super::{seen, shown};
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::Stored;
use centrale_core::organisation::PartKey;

/// A part that the asker sees.
pub(crate) async fn get(
    state: State,
    asker: Asker,
    key: PartKey,
    (): (),
) -> Result<Stored, Refusal> {
    let view = state.live.view();
    let stored = seen(&view, asker.scope, key)?;
    Ok(shown(&view, asker.scope, &stored))
}
