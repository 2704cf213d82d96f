//! The pieces around a page.

use super::piece::{Piece, State};
use super::samples::{nothing, users};
use crate::components::{
    Breadcrumbs, Crumb, Icon, IconName, LoadError, LogInForm, Logo, Rail, RailLink, SaveBar,
    SearchBox,
};
use leptos::prelude::*;

const ICONS: [IconName; 17] = [
    IconName::Phone,
    IconName::Calendar,
    IconName::Person,
    IconName::People,
    IconName::Close,
    IconName::Plus,
    IconName::Edit,
    IconName::Trash,
    IconName::Chevron,
    IconName::LogOut,
    IconName::Sun,
    IconName::Moon,
    IconName::Auto,
    IconName::Search,
    IconName::Check,
    IconName::Lock,
    IconName::Clock,
];

/// The pieces.
#[component]
pub(super) fn Frame() -> impl IntoView {
    let link = |to: &str, name, icon| RailLink {
        to: to.to_owned(),
        name,
        icon,
    };
    let links = vec![
        link("/gallery", "services", IconName::Phone),
        link("/schedules", "schedules", IconName::Calendar),
        link("/profile", "profile", IconName::Person),
    ];
    let crumb = |name: &str, to: Option<&str>| Crumb {
        name: name.to_owned(),
        to: to.map(str::to_owned),
    };
    let crumbs = vec![
        crumb("Van Dijk Logistiek", Some("/")),
        crumb("Utrecht", None),
        crumb("Sanne de Boer", None),
    ];
    let query = RwSignal::new("de".to_owned());
    view! {
        <Piece name="Logo">
            <Logo />
        </Piece>
        <Piece name="Icon">
            <p class="gallery-icons">{ICONS.map(|name| view! { <Icon name /> }).collect_view()}</p>
        </Piece>
        <Piece name="Breadcrumbs">
            <Breadcrumbs crumbs />
        </Piece>
        <Piece name="Rail">
            <State name="three pages">
                <Rail links />
            </State>
        </Piece>
        <Piece name="SearchBox">
            <SearchBox query found=Signal::derive(users) on_choose=nothing() />
        </Piece>
        <Piece name="LoadError">
            <LoadError
                text=Signal::stored("Nothing could be loaded".to_owned())
                on_retry=nothing()
            />
        </Piece>
        <Piece name="LogInForm">
            <State name="refused, with a code">
                <LogInForm
                    problem=Signal::stored("Wrong".to_owned())
                    asks_code=Signal::stored(true)
                    busy=Signal::stored(false)
                    on_submit=nothing()
                />
            </State>
        </Piece>
        <Piece name="SaveBar">
            {save_bar("changes", 2, "", false)}
            {save_bar("a problem", 1, "Somebody else saved", false)}
            {save_bar("saved", 0, "", true)}
        </Piece>
    }
}

fn save_bar(name: &'static str, count: usize, problem: &'static str, saved: bool) -> impl IntoView {
    view! {
        <State name>
            <SaveBar
                count=Signal::stored(count)
                problem=Signal::stored(problem.to_owned())
                busy=Signal::stored(false)
                saved=Signal::stored(saved)
                on_reset=nothing()
                on_save=nothing()
            />
        </State>
    }
}
