//! The application: who is logged in, the routes, and the log-in that appears over a page when a session ends.

use crate::pages::{LogInDialog, LogInPage, NotFoundPage};
use crate::parts::{
    AccountPagePart, ChoosePasswordPart, FramePart, HomePart, LocationSchedulesPart, ProfilePart,
    SchedulesPart, ServicesPart, fetch_ahead,
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
    Effect::new(move || {
        if logged_in.any() {
            let path = window().location().pathname().unwrap_or_default();
            fetch_ahead(logged_in.user().is_some() || path.ends_with("/services"));
        }
    });
    // A link from an administrator is followed whether or not somebody is logged in.
    if window()
        .location()
        .pathname()
        .is_ok_and(|path| path == "/password")
    {
        return view! { <ChoosePasswordPart/> }.into_any();
    }
    view! {
        <Show when=move || logged_in.known()>
            <Router>
                <Show when=move || logged_in.any() fallback=LogInPage>
                    <FramePart>
                        <Show when=move || !logged_in.must_set_up() fallback=AccountPagePart>
                            <FlatRoutes fallback=NotFoundPage>
                                <Route path=path!("/account") view=AccountPagePart/>
                                <Route path=path!("/") view=HomePart/>
                                <Route path=path!("/login") view=HomePart/>
                                <Route path=path!("/users/:user/services") view=ServicesPart/>
                                <Route path=path!("/users/:user/schedules") view=SchedulesPart/>
                                <Route path=path!("/users/:user/profile") view=ProfilePart/>
                                <Route path=path!("/locations/:location/schedules") view=LocationSchedulesPart/>
                            </FlatRoutes>
                        </Show>
                    </FramePart>
                    <LogInDialog/>
                </Show>
            </Router>
        </Show>
    }
    .into_any()
}
