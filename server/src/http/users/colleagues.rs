//! Finds colleagues of a user, for lists in their settings.

use super::search::Search;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::live::View;
use crate::state::State;
use centrale_core::api::users::{Colleague, Wanted};
use centrale_core::id::UserId;
use centrale_core::snapshot::Subscriber;

/// As many as a list under a field can show.
const MOST: usize = 20;

/// Colleagues of a user in scope: those named by id, else those searched for.
pub(crate) async fn colleagues(
    state: State,
    asker: Asker,
    of: UserId,
    wanted: Wanted,
) -> Result<Vec<Colleague>, Refusal> {
    let view = state.live.view();
    asker.scope.user(&view.directory, of)?;
    let ids = wanted.ids.split(',').filter_map(|id| id.parse().ok()).map(UserId);
    let named = ids.filter_map(|id| view.snapshot.user(id)).map(|s| colleague(&view, s));
    let search = Search::by_shown(&wanted.search);
    let all = view.directory.members().take_while(|_| !search.is_empty());
    let all = all.filter_map(|member| view.snapshot.user(member.user.id));
    let fits = |s: &&Subscriber| wanted.only.is_none_or(|only| s.role.kind() == only);
    let found = all.filter(fits).filter(|s| search.finds(&called(s), &s.user)).map(|s| colleague(&view, s));
    Ok(named.chain(found.take(MOST)).collect())
}

fn colleague(view: &View, of: &Subscriber) -> Colleague {
    let location = view.directory.location(of.user.location);
    Colleague {
        id: of.user.id,
        name: called(of),
        kind: of.role.kind(),
        number: of.user.number,
        extension: of.user.extension,
        location: location.map(|location| location.name.clone()).unwrap_or_default(),
    }
}

/// The name in lists.
fn called(of: &Subscriber) -> String {
    of.role.identity().map_or_else(|| of.user.name(), |identity| identity.name.clone())
}
