//! Lists uploads.

use super::shown;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::uploads::{Filter, Stored};

/// The uploads that the asker sees, in the order of ids.
pub(crate) async fn list(
    state: State,
    asker: Asker,
    (): (),
    filter: Filter,
) -> Result<Vec<Stored>, Refusal> {
    let view = state.live.view();
    let seen = view
        .directory
        .parts()
        .filter_map(|stored| shown(&view, asker.scope, &stored));
    let wanted = |stored: &Stored| {
        filter
            .owner
            .is_none_or(|owner| owner.0 == stored.upload.owner)
    };
    Ok(seen.filter(wanted).collect())
}
