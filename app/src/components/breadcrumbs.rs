//! Where the page is: enterprise › location › user. For administrators the crumbs are the level switch.

use crate::text::t;
use leptos::prelude::*;

/// A level: enterprise, location or user.
#[derive(Clone, PartialEq)]
pub(crate) struct Crumb {
    /// Its name.
    pub(crate) name: String,
    /// Where it leads; none: the reader may not go there, or is there.
    pub(crate) to: Option<String>,
}

/// The levels above and of the page.
#[component]
pub(crate) fn Breadcrumbs(
    /// From the top down; the last is the page's own.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
) -> impl IntoView {
    let items = move || {
        let crumbs = crumbs.get();
        let last = crumbs.len().saturating_sub(1);
        let item = |(place, crumb): (usize, Crumb)| {
            let current = (place == last).then_some("true");
            let content = match crumb.to {
                Some(to) if place != last => view! { <a href=to>{crumb.name}</a> }.into_any(),
                _ => view! { <span aria-current=current>{crumb.name}</span> }.into_any(),
            };
            view! { <li>{content}</li> }
        };
        crumbs.into_iter().enumerate().map(item).collect_view()
    };
    view! {
        <nav class="crumbs" aria-label=move || t("level")>
            <ol>{items}</ol>
        </nav>
    }
}
