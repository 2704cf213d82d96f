//! The frame of every page: the bar on top with the level, the search and the switches, and the rail.

use super::PageContext;
use crate::client::call;
use crate::components::{
    Breadcrumbs, Crumb, Icon, IconName, LanguageSwitch, Logo, Rail, RailLink, SearchBox,
    ThemeSwitch,
};
use crate::focus::focus_now;
use crate::guard;
use crate::session::LoggedIn;
use crate::text::t;
use centrale_core::api::users::{Filter, List, Listed};
use centrale_core::id::UserId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

/// The frame.
#[component]
pub(crate) fn Shell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let logged_in = LoggedIn::from_context();
    let context = PageContext::provide();
    let crumbs = Signal::derive(move || crumbs(logged_in, context));
    let links = Signal::derive(move || {
        if logged_in.must_set_up() {
            Vec::new()
        } else {
            links(context)
        }
    });
    let content = NodeRef::<html::Main>::new();
    let path = use_location().pathname;
    // Another page begins at its top, for the eye and for a screen reader.
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now)
            && let Some(content) = content.get_untracked()
        {
            let _ = content.focus();
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        now
    });
    view! {
        <a class="skip" href="#content" on:click=to_content>
            {move || t("to-content")}
        </a>
        <div class="shell">
            <header class="top">
                <a href="/" class="home" aria-label="Centrale">
                    <Logo />
                </a>
                <Breadcrumbs crumbs />
                <Show when=move || logged_in.is_admin()>
                    <Search />
                </Show>
                <div class="switches">
                    <LanguageSwitch />
                    <ThemeSwitch />
                    <Show when=move || logged_in.is_admin()>
                        <a
                            href="/account"
                            class="icon-button"
                            aria-label=move || t("account")
                            title=move || t("account")
                        >
                            <Icon name=IconName::Person />
                        </a>
                    </Show>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || t("log-out")
                        title=move || t("log-out")
                        on:click=move |_| LoggedIn::end()
                    >
                        <Icon name=IconName::LogOut />
                    </button>
                </div>
            </header>
            <Rail links />
            <main id="content" tabindex="-1" node_ref=content>
                {children()}
            </main>
        </div>
    }
}

/// The router takes links within a page for its own and leaves the focus where it is.
fn to_content(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    focus_now(document().get_element_by_id("content"));
}

/// The search of administrators: asks the server while they type.
#[component]
fn Search() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Listed>::new());
    Effect::new(move || {
        let search = query.get().trim().to_owned();
        if search.is_empty() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let asked = search.clone();
            if let Ok(mut page) = call::<List>(
                (),
                Filter {
                    search,
                    ..Filter::default()
                },
            )
            .await
                && query.get_untracked().trim() == asked
            {
                page.users.truncate(8);
                found.set(page.users);
            }
        });
    });
    let go = guard::use_go();
    let choose = Callback::new(move |user: UserId| go(&format!("/users/{user}/services")));
    view! { <SearchBox query found on_choose=choose /> }
}

fn crumbs(logged_in: LoggedIn, context: PageContext) -> Vec<Crumb> {
    let Some(session) = logged_in.session() else {
        return Vec::new();
    };
    let admin = logged_in.is_admin();
    let mut crumbs = vec![Crumb {
        name: session.enterprise,
        to: admin.then(|| "/".into()),
    }];
    if context.user.get().is_some()
        && let Some(card) = context.card.get()
    {
        let location = format!("/?location={}", card.location.id);
        crumbs.push(Crumb {
            name: card.location.name,
            to: admin.then_some(location),
        });
        crumbs.push(Crumb {
            name: format!("{} {}", card.first_name, card.last_name),
            to: None,
        });
    } else if let Some(location) = context.location.get() {
        let name = context.location_name(location);
        crumbs.push(Crumb {
            name,
            to: Some(format!("/?location={location}")),
        });
    }
    crumbs
}

fn links(context: PageContext) -> Vec<RailLink> {
    if let Some(user) = context.user.get() {
        let link = |page: &str, name, icon| RailLink {
            to: format!("/users/{user}/{page}"),
            name,
            icon,
        };
        return vec![
            link("services", "services", IconName::Phone),
            link("schedules", "schedules", IconName::Calendar),
            link("profile", "profile", IconName::Person),
        ];
    }
    let location = context.location.get();
    let users = location.map_or_else(|| "/".into(), |location| format!("/?location={location}"));
    let mut links = vec![RailLink {
        to: users,
        name: "users",
        icon: IconName::People,
    }];
    if let Some(location) = location {
        let to = format!("/locations/{location}/schedules");
        links.push(RailLink {
            to,
            name: "schedules",
            icon: IconName::Calendar,
        });
    }
    links
}
