//! The filter on service type (*Servicetype*).

use crate::text::t;
use centrale_core::service::Direction;
use leptos::prelude::*;

/// Which services are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ServiceFilterChoice {
    /// Every service.
    #[default]
    All,
    /// Those about calls of one direction.
    Of(Direction),
    /// Those that are switched on.
    Active,
}

const CHOICES: [(ServiceFilterChoice, &str); 4] = [
    (ServiceFilterChoice::All, "filter-all"),
    (
        ServiceFilterChoice::Of(Direction::Incoming),
        "filter-incoming",
    ),
    (
        ServiceFilterChoice::Of(Direction::Outgoing),
        "filter-outgoing",
    ),
    (ServiceFilterChoice::Active, "filter-active"),
];

/// The filter on the services of a user.
#[component]
pub(crate) fn ServiceFilter(
    /// What is shown.
    shown: RwSignal<ServiceFilterChoice>,
) -> impl IntoView {
    let button = move |(choice, key): (ServiceFilterChoice, &'static str)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (shown.get() == choice).to_string()
                on:click=move |_| shown.set(choice)
            >
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
