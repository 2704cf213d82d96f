//! Lists the users that an administrator may see.

use crate::http::auth::{Principal, Scope};
use crate::http::refusal::Refusal;
use crate::live::{Search, UserQuery, View};
use crate::state::State;
use centrale_core::api::users::{Filter, Listed, Page};
use centrale_core::id::UserId;
use centrale_core::organisation::{RoleKind, User};
use centrale_core::snapshot::{Slot, Subscriber};

/// Users on one page.
const PAGE: usize = 100;

/// The users in scope that the filter lets through, a page at a time.
pub(crate) async fn list(
    state: State,
    principal: Principal,
    (): (),
    filter: Filter,
) -> Result<Page, Refusal> {
    Ok(page(&state.live.view(), principal.scope, &filter))
}

pub(super) fn page(view: &View, scope: Scope, filter: &Filter) -> Page {
    let wanted = UserQuery {
        visibility: scope.visibility(&view.directory),
        search: Search::new(&filter.search),
        location: filter.location,
        kind: Some(RoleKind::Person),
    };
    // Somebody outside the scope is not there, also to begin after: where they stand would tell their name.
    let after = filter
        .after
        .and_then(|after| scope.user(&view.directory, UserId(after)).ok());
    let found = view
        .directory
        .page(&wanted, after.map(|member| &**member), PAGE);
    let members = found.users.iter().filter_map(|id| view.directory.user(*id));
    let users: Vec<Listed> = members.map(|member| listed(view, &member.user)).collect();
    let next = users.last().filter(|_| found.more).map(|user| user.id.0);
    Page {
        users,
        total: found.total as u32,
        next,
    }
}

fn listed(view: &View, user: &User) -> Listed {
    let location = view
        .directory
        .location(user.location)
        .map(|l| l.name.clone());
    let department = user.department.and_then(|d| view.directory.department(d));
    let slots = view
        .snapshot
        .user(user.id)
        .into_iter()
        .flat_map(Subscriber::slots);
    let active = slots.filter(Slot::is_active);
    Listed {
        id: user.id,
        name: user.name(),
        profile: user.profile,
        number: user.number,
        extension: user.extension,
        location: location.unwrap_or_default(),
        department: department.map(|d| d.name.clone()),
        active: active.map(|slot| slot.entry.id.to_string()).collect(),
    }
}
