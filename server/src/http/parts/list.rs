//! Lists parts.

use super::{shown, shows};
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::{Filter, Stored};

/// The parts that the asker sees, in the order of kinds and ids.
pub(crate) async fn list(state: State, asker: Asker, (): (), filter: Filter) -> Result<Vec<Stored>, Refusal> {
    let (view, scope) = (state.live.view(), asker.scope);
    let parts = view.directory.parts().filter(|stored| {
        let part = &stored.part;
        filter.kind.is_none_or(|kind| part.kind() == kind)
            && filter.location.is_none_or(|location| part.location() == Some(location))
            && shows(&view, scope, part)
    });
    Ok(parts.map(|stored| shown(&view, scope, &stored)).collect())
}
