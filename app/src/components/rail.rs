//! The pages of a level: a rail at the left, a bar at the bottom on a phone.

use super::{Icon, IconName};
use crate::text::t;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A page in the rail.
#[derive(Clone, PartialEq)]
pub(crate) struct RailLink {
    /// Where it leads.
    pub(crate) to: String,
    /// The key of its name.
    pub(crate) name: &'static str,
    /// Its icon.
    pub(crate) icon: IconName,
}

/// The links to the pages of a level.
#[component]
pub(crate) fn Rail(
    /// The pages.
    #[prop(into)]
    links: Signal<Vec<RailLink>>,
) -> impl IntoView {
    let path = use_location().pathname;
    let item = move |link: RailLink| {
        let to = link.to.split('?').next().unwrap_or_default().to_owned();
        let current = move || {
            path.with(|path| *path == to || path.starts_with(&format!("{to}/")))
                .then_some("page")
        };
        view! {
            <a href=link.to aria-current=current>
                <Icon name=link.icon />
                <span>{move || t(link.name)}</span>
            </a>
        }
    };
    view! {
        <nav class="rail" aria-label=move || t("menu")>
            {move || links.get().into_iter().map(item).collect_view()}
        </nav>
    }
}
