//! The start: users land on their services, administrators on the overview.

use crate::session::LoggedIn;
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// The page at `/`.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let logged_in = LoggedIn::here();
    move || match logged_in.user() {
        Some(user) => view! { <Redirect path=format!("/users/{user}/services")/> }.into_any(),
        None => view! { <p>"overview"</p> }.into_any(),
    }
}
