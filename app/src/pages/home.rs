//! The start: users land on their services; administrators on the overview of what they administer, with the list of
//! its users.

use super::PageContext;
use super::user_list::UserList;
use crate::components::{Licences, LocationList};
use crate::session::LoggedIn;
use crate::text::{self, t};
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// The page at `/`.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let logged_in = LoggedIn::from_context();
    match untrack(|| logged_in.user()) {
        Some(user) => view! { <Redirect path=format!("/users/{user}/services") /> }.into_any(),
        None => view! { <Overview /> }.into_any(),
    }
}

/// What an administrator sees first.
#[component]
fn Overview() -> impl IntoView {
    text::document_title(|| t("overview"));
    let context = PageContext::from_context();
    let figures = move || {
        context.overview.get().map(|overview| {
            view! {
                <div class="figures">
                    <LocationList locations=overview.locations />
                    <Licences packs=overview.packs />
                </div>
            }
        })
    };
    let heading = move || match context.location.get() {
        Some(location) => context.location_name(location),
        None => context
            .overview
            .get()
            .map(|overview| overview.enterprise)
            .unwrap_or_default(),
    };
    view! {
        <div class="head">
            <h1>{heading}</h1>
        </div>
        <Show when=move || context.location.get().is_none()>{figures}</Show>
        <UserList />
    }
}
