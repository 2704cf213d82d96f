//! The application: who is logged in, the routes, and the log-in that appears over a page when a session ends.

use crate::pages::{
    Home, LocationSchedules, LogInDialog, LogInPage, NotFoundPage, ProfilePage, SchedulesPage, ServicesPage,
    Shell,
};
use crate::session::LoggedIn;
use crate::text;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// The whole portal.
#[component]
pub(crate) fn App() -> impl IntoView {
    let logged_in = LoggedIn::provide();
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", text::tag(text::language()));
        }
    });
    view! {
        <Show when=move || logged_in.known()>
            <Router>
                <Show when=move || logged_in.any() fallback=LogInPage>
                    <Shell>
                        <FlatRoutes fallback=NotFoundPage>
                            <Route path=path!("/") view=Home/>
                            <Route path=path!("/login") view=Home/>
                            <Route path=path!("/users/:user/services") view=ServicesPage/>
                            <Route path=path!("/users/:user/schedules") view=SchedulesPage/>
                            <Route path=path!("/users/:user/profile") view=ProfilePage/>
                            <Route path=path!("/locations/:location/schedules") view=LocationSchedules/>
                        </FlatRoutes>
                    </Shell>
                    <LogInDialog/>
                </Show>
            </Router>
        </Show>
    }
}
