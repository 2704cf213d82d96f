//! The start: users land on their services; administrators on the overview of what they administer, with the list of
//! its users.

use super::PageContext;
use crate::client::call;
use crate::components::{FieldFrame, Licences, LocationList, Pager, UserTable};
use crate::session::LoggedIn;
use crate::text::{self, t};
use centrale_core::api::users::{Filter, List, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_navigate;

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
        <Users />
    }
}

/// The list of users with its search and pages.
#[component]
fn Users() -> impl IntoView {
    let context = PageContext::from_context();
    let search = RwSignal::new(String::new());
    // The `after` of every page up to the one shown.
    let trail = RwSignal::new(vec![None::<u32>]);
    let page = RwSignal::new(Page {
        users: Vec::new(),
        total: 0,
        next: None,
    });
    let loaded = RwSignal::new(false);
    let first = RwSignal::new(1usize);
    Effect::new(move || {
        let filter = Filter {
            search: search.get().trim().to_owned(),
            location: context.location.get(),
            after: trail.with(|trail| trail.last().copied().flatten()),
        };
        spawn_local(async move {
            let asked = filter.search.clone();
            if let Ok(answer) = call::<List>((), filter).await
                && search.get_untracked().trim() == asked
            {
                page.set(answer);
                loaded.set(true);
            }
        });
    });
    let turn = Callback::new(move |on: bool| {
        let (shown, next) = page.with_untracked(|page| (page.users.len(), page.next));
        first.update(|first| {
            *first = if on {
                *first + shown
            } else {
                first.saturating_sub(100).max(1)
            }
        });
        trail.update(|trail| {
            if on {
                trail.push(next);
            } else {
                trail.pop();
            }
        });
    });
    let restart = move || {
        first.set(1);
        trail.set(vec![None]);
    };
    let navigate = use_navigate();
    let locations = move || {
        context
            .overview
            .get()
            .map(|overview| overview.locations)
            .unwrap_or_default()
    };
    let option = move |(id, name): (centrale_core::id::LocationId, String)| {
        view! {
            <option value=id.to_string() selected=move || context.location.get() == Some(id)>
                {name}
            </option>
        }
    };
    let choose = move |value: String| {
        restart();
        let to = if value.is_empty() {
            "/".to_owned()
        } else {
            format!("/?location={value}")
        };
        navigate(&to, NavigateOptions::default());
    };
    view! {
        <section aria-labelledby="users">
            <div class="filter-line">
                <h2 id="users">{move || t("users")}</h2>
                <FieldFrame
                    id="users-search".into()
                    label=Signal::derive(|| t("users-search"))
                    errors=Vec::new()
                >
                    <input
                        id="users-search"
                        type="search"
                        autocomplete="off"
                        prop:value=search
                        on:input=move |event| {
                            restart();
                            search.set(event_target_value(&event));
                        }
                    />
                </FieldFrame>
                <FieldFrame
                    id="users-location".into()
                    label=Signal::derive(|| t("location"))
                    errors=Vec::new()
                >
                    <select
                        id="users-location"
                        on:change=move |event| choose(event_target_value(&event))
                    >
                        <option value="" selected=move || context.location.get().is_none()>
                            {move || t("all-locations")}
                        </option>
                        {move || {
                            locations()
                                .into_iter()
                                .map(|l| (l.id, l.name))
                                .map(option)
                                .collect_view()
                        }}
                    </select>
                </FieldFrame>
            </div>
            <UserTable
                users=Signal::derive(move || page.get().users)
                none=Signal::derive(move || loaded.get() && page.with(|page| page.users.is_empty()))
            />
            <Pager
                first
                shown=Signal::derive(move || page.with(|page| page.users.len()))
                total=Signal::derive(move || page.with(|page| page.total))
                before=Signal::derive(move || trail.with(|trail| trail.len() > 1))
                after=Signal::derive(move || page.with(|page| page.next.is_some()))
                on_turn=turn
            />
        </section>
    }
}
