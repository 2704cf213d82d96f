//! The locations that an administrator sees.

use crate::text::t;
use centrale_core::api::organisation::LocationCount;
use leptos::prelude::*;

/// The list of locations.
#[component]
pub(crate) fn LocationList(
    /// The locations.
    locations: Vec<LocationCount>,
) -> impl IntoView {
    let row = |location: LocationCount| {
        let users = location.users;
        view! {
            <li>
                <a href=format!("/?location={}", location.id)>{location.name}</a>
                <span class="count">{move || t!("users-count", count = users)}</span>
            </li>
        }
    };
    view! {
        <section class="card">
            <h2>{move || t("locations")}</h2>
            <ul>{locations.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
