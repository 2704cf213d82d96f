//! The call services of a user.

use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn ServicesPage() -> impl IntoView {
    view! { <p>"services"</p> }
}
