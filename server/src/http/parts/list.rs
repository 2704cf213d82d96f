//! Lists parts.

use super::{shown, shows};
use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::state::State;
use centrale_core::api::parts::{Filter, MAX_PAGE, PAGE, Page};
use centrale_core::error::Code;
use centrale_core::organisation::PartKey;

/// The parts that the principal sees, in the order of kinds and ids, a page at a time.
pub(crate) async fn list(
    state: State,
    principal: Principal,
    (): (),
    filter: Filter,
) -> Result<Page, Refusal> {
    let (view, scope) = (state.live.view(), principal.scope);
    let limit = filter.limit.unwrap_or(PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(Refusal::field("limit", Code::OutOfRange));
    }
    let after = match (filter.after_kind, filter.after_id) {
        (Some(kind), Some(id)) => Some(PartKey { kind, id }),
        (None, None) => None,
        (None, _) => return Err(Refusal::field("after_kind", Code::Empty)),
        (_, None) => return Err(Refusal::field("after_id", Code::Empty)),
    };
    let mut seen = view
        .directory
        .parts_after(filter.kind, after)
        .filter(|stored| {
            let part = &stored.part;
            filter
                .location
                .is_none_or(|location| part.location() == Some(location))
                && shows(&view, scope, part)
        });
    let parts: Vec<_> = seen
        .by_ref()
        .take(limit as usize)
        .map(|stored| shown(&view, scope, &stored))
        .collect();
    let next = seen.next().and(parts.last()).map(|last| last.part.key());
    Ok(Page { parts, next })
}
