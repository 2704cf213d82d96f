//! Lists the users that an administrator may see.

use super::search::Search;
use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::live::View;
use crate::state::State;
use centrale_core::api::users::{Filter, Listed, Page};
use centrale_core::organisation::User;
use centrale_core::snapshot::{Slot, Subscriber};

/// Users on one page.
const PAGE: usize = 100;

/// The users in scope that the filter lets through, a page at a time.
pub(crate) async fn list(state: State, asker: Asker, (): (), filter: Filter) -> Result<Page, Refusal> {
    let view = state.live.view();
    let search = Search::new(&filter.search);
    let found: Vec<&User> = view
        .directory
        .users()
        .map(|member| &*member.user)
        .filter(|user| filter.location.is_none_or(|location| user.location == location))
        .filter(|user| asker.scope.covers(&view.directory, user) && search.finds(&user.name(), user))
        .collect();
    let start = filter.after.and_then(|after| found.iter().position(|user| user.id.0 == after));
    let rest = &found[start.map_or(0, |at| at + 1)..];
    let page = &rest[..rest.len().min(PAGE)];
    Ok(Page {
        users: page.iter().map(|user| listed(&view, user)).collect(),
        total: found.len() as u32,
        next: page.last().filter(|_| rest.len() > PAGE).map(|user| user.id.0),
    })
}

fn listed(view: &View, user: &User) -> Listed {
    let location = view.directory.location(user.location).map(|l| l.name.clone());
    let department = user.department.and_then(|d| view.directory.department(d));
    let slots = view.snapshot.user(user.id).into_iter().flat_map(Subscriber::slots);
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
