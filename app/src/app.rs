//! The application: who is logged in, the routes, and the log-in that appears over a page when a session ends.

use crate::chunks::{
    AccountPageChunk, ChoosePasswordChunk, FrameChunk, HomeChunk, LocationSchedulesChunk,
    ProfileChunk, SchedulesChunk, ServicesChunk, fetch_ahead,
};
use crate::pages::{LogInDialog, LogInPage, NotFoundPage};
use crate::session::LoggedIn;
use crate::text;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// The whole portal.
#[component]
pub(crate) fn App() -> impl IntoView {
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", text::tag(text::language()));
        }
    });
    #[cfg(any(debug_assertions, feature = "gallery"))]
    if page() == "/gallery" {
        return view! { <crate::chunks::GalleryChunk /> }.into_any();
    }
    let logged_in = LoggedIn::provide();
    Effect::new(move || {
        if logged_in.any() {
            fetch_ahead(logged_in.user().is_some() || page().ends_with("/services"));
        }
    });
    // A link from an administrator is followed whether or not somebody is logged in.
    if page() == "/password" {
        return view! { <ChoosePasswordChunk /> }.into_any();
    }
    view! {
        <Show when=move || logged_in.known()>
            <Router>
                <Show when=move || logged_in.any() fallback=LogInPage>
                    <FrameChunk>
                        <Show when=move || !logged_in.must_set_up() fallback=AccountPageChunk>
                            <FlatRoutes fallback=NotFoundPage>
                                <Route path=path!("/account") view=AccountPageChunk />
                                <Route path=path!("/") view=HomeChunk />
                                <Route path=path!("/login") view=HomeChunk />
                                <Route path=path!("/users/:user/services") view=ServicesChunk />
                                <Route path=path!("/users/:user/schedules") view=SchedulesChunk />
                                <Route path=path!("/users/:user/profile") view=ProfileChunk />
                                <Route
                                    path=path!("/locations/:location/schedules")
                                    view=LocationSchedulesChunk
                                />
                            </FlatRoutes>
                        </Show>
                    </FrameChunk>
                    <LogInDialog />
                </Show>
            </Router>
        </Show>
    }
    .into_any()
}

/// The path of the page in the address, before the router is there.
fn page() -> String {
    window().location().pathname().unwrap_or_default()
}
