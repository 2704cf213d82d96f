//! Lists uploads.

use super::shown;
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::uploads::{Filter, Stored};

/// The uploads that the principal sees, in the order of ids.
pub(crate) async fn list(
    state: State,
    principal: Principal,
    (): (),
    filter: Filter,
) -> Result<Vec<Stored>, Refusal> {
    let view = state.live.view();
    let seen = view
        .directory
        .parts()
        .filter_map(|stored| shown(&view, principal.scope, &stored));
    let wanted = |stored: &Stored| {
        filter
            .owner
            .is_none_or(|owner| owner.0 == stored.upload.owner)
    };
    Ok(seen.filter(wanted).collect())
}
