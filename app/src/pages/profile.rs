//! The profile of a user.

use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn ProfilePage() -> impl IntoView {
    view! { <p>"profile"</p> }
}
