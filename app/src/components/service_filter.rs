//! The filter on service type (*Servicetype*).

use crate::text::t;
use centrale_core::service::Direction;
use leptos::prelude::*;

/// Which services are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All.
    #[default]
    All,
    /// Those about calls of one direction.
    Of(Direction),
    /// Those that are switched on.
    Active,
}

const CHOICES: [(Shown, &str); 4] = [
    (Shown::All, "filter-all"),
    (Shown::Of(Direction::Incoming), "filter-incoming"),
    (Shown::Of(Direction::Outgoing), "filter-outgoing"),
    (Shown::Active, "filter-active"),
];

/// The filter.
#[component]
pub(crate) fn ServiceFilter(
    /// What is shown.
    shown: RwSignal<Shown>,
) -> impl IntoView {
    let button = move |(choice, key): (Shown, &'static str)| {
        view! {
            <button type="button" aria-pressed=move || (shown.get() == choice).to_string() on:click=move |_| shown.set(choice)>
                {move || t(key)}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=move || t("filter")>
            {CHOICES.into_iter().map(button).collect_view()}
        </div>
    }
}
