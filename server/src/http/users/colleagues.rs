//! Finds colleagues of a user, for lists in their settings.

use crate::http::auth::Principal;
use crate::http::refusal::Refusal;
use crate::live::{Search, UserQuery, View, Visibility};
use crate::state::State;
use centrale_core::api::users::{self, Colleague};
use centrale_core::id::UserId;

/// As many as a list under a field can show.
const MOST: usize = 20;

/// Colleagues of a user in scope: those named by id, else those searched for.
pub(crate) async fn colleagues(
    state: State,
    principal: Principal,
    of: UserId,
    wanted: users::Wanted,
) -> Result<Vec<Colleague>, Refusal> {
    let view = state.live.view();
    principal.scope.user(&view.directory, of)?;
    Ok(find(&view, &wanted))
}

pub(super) fn find(view: &View, wanted: &users::Wanted) -> Vec<Colleague> {
    let named = wanted
        .ids
        .split(',')
        .filter_map(|id| id.parse().ok())
        .map(UserId);
    let search = Search::by_shown(&wanted.search);
    let found = if search.is_empty() {
        Vec::new()
    } else {
        // Everybody may know of everybody.
        let wanted = UserQuery {
            visibility: Visibility::All,
            search,
            location: None,
            kind: wanted.only,
        };
        view.directory.lowest(&wanted, MOST)
    };
    named
        .chain(found)
        .filter_map(|id| colleague(view, id))
        .collect()
}

fn colleague(view: &View, id: UserId) -> Option<Colleague> {
    let member = view.directory.user(id)?;
    let location = view.directory.location(member.user.location);
    Some(Colleague {
        id,
        name: member.called(),
        kind: member.role.kind(),
        number: member.user.number,
        extension: member.user.extension,
        location: location
            .map(|location| location.name.clone())
            .unwrap_or_default(),
    })
}
