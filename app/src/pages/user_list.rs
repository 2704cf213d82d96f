//! The list of users of an administrator, with its search and pages.

use super::PageContext;
use crate::client::call;
use crate::components::{FieldFrame, Pager, UserTable};
use crate::text::t;
use centrale_core::api::organisation::LocationCount;
use centrale_core::api::users::{Filter, List, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Users on a page; the server gives no more at once.
const PAGE: usize = 100;

/// The page of the list that is shown.
#[derive(Clone, Copy)]
struct UserPage {
    search: RwSignal<String>,
    /// The `after` of every page up to the one shown.
    trail: RwSignal<Vec<Option<u32>>>,
    page: RwSignal<Page>,
    loaded: RwSignal<bool>,
    /// The place of the first user shown, from 1.
    first: RwSignal<usize>,
}

impl UserPage {
    /// The first page of all users, which follows the search and the location of the address.
    fn new(context: PageContext) -> Self {
        let this = Self {
            search: RwSignal::new(String::new()),
            trail: RwSignal::new(vec![None]),
            page: RwSignal::new(Page {
                users: Vec::new(),
                total: 0,
                next: None,
            }),
            loaded: RwSignal::new(false),
            first: RwSignal::new(1),
        };
        Effect::new(move || {
            this.load(Filter {
                search: this.search.get().trim().to_owned(),
                location: context.location.get(),
                after: this.trail.with(|trail| trail.last().copied().flatten()),
            });
        });
        this
    }

    /// Asks for a page, and shows it unless something else was searched for meanwhile.
    fn load(self, filter: Filter) {
        spawn_local(async move {
            let asked = filter.search.clone();
            if let Ok(answer) = call::<List>((), filter).await
                && self.search.get_untracked().trim() == asked
            {
                self.page.set(answer);
                self.loaded.set(true);
            }
        });
    }

    /// Goes on to the next page, or back to the one before.
    fn turn(self, on: bool) {
        let (shown, next) = self
            .page
            .with_untracked(|page| (page.users.len(), page.next));
        self.first.update(|first| {
            *first = if on {
                *first + shown
            } else {
                first.saturating_sub(PAGE).max(1)
            };
        });
        self.trail.update(|trail| {
            if on {
                trail.push(next);
            } else {
                trail.pop();
            }
        });
    }

    /// Begins at the first page again.
    fn restart(self) {
        self.first.set(1);
        self.trail.set(vec![None]);
    }
}

/// The list with its filters and pages.
#[component]
pub(super) fn UserList() -> impl IntoView {
    let list = UserPage::new(PageContext::from_context());
    let page = list.page;
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
                        prop:value=list.search
                        on:input=move |event| {
                            list.restart();
                            list.search.set(event_target_value(&event));
                        }
                    />
                </FieldFrame>
                <LocationFilter on_choose=Callback::new(move |()| list.restart()) />
            </div>
            <UserTable
                users=Signal::derive(move || page.get().users)
                none=Signal::derive(move || {
                    list.loaded.get() && page.with(|page| page.users.is_empty())
                })
            />
            <Pager
                first=list.first
                shown=Signal::derive(move || page.with(|page| page.users.len()))
                total=Signal::derive(move || page.with(|page| page.total))
                before=Signal::derive(move || list.trail.with(|trail| trail.len() > 1))
                after=Signal::derive(move || page.with(|page| page.next.is_some()))
                on_turn=Callback::new(move |on| list.turn(on))
            />
        </section>
    }
}

/// The choice of a location, which the address holds.
#[component]
fn LocationFilter(
    /// Another one was chosen.
    on_choose: Callback<()>,
) -> impl IntoView {
    let context = PageContext::from_context();
    let navigate = use_navigate();
    let choose = move |value: String| {
        on_choose.run(());
        let to = if value.is_empty() {
            "/".to_owned()
        } else {
            format!("/?location={value}")
        };
        navigate(&to, NavigateOptions::default());
    };
    let option = move |location: LocationCount| {
        let id = location.id;
        view! {
            <option value=id.to_string() selected=move || context.location.get() == Some(id)>
                {location.name}
            </option>
        }
    };
    let options = move || {
        let overview = context.overview.get();
        let locations = overview
            .map(|overview| overview.locations)
            .unwrap_or_default();
        locations.into_iter().map(option).collect_view()
    };
    view! {
        <FieldFrame
            id="users-location".into()
            label=Signal::derive(|| t("location"))
            errors=Vec::new()
        >
            <select id="users-location" on:change=move |event| choose(event_target_value(&event))>
                <option value="" selected=move || context.location.get().is_none()>
                    {move || t("all-locations")}
                </option>
                {options}
            </select>
        </FieldFrame>
    }
}
