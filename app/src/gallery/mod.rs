//! The gallery, at `/gallery`: every component in its states, on made-up data and without a server, for whoever works
//! on one, and for the tests that look at all of them. Debug builds have it, and builds with the feature `gallery`;
//! the portal that is shipped has not.

mod calls;
mod dialogs;
mod fields;
mod frame;
mod lists;
mod piece;
mod samples;
mod schedules;

use crate::components::{LanguageSwitch, ThemeSwitch};
use calls::Calls;
use dialogs::Dialogs;
use fields::Fields;
use frame::Frame;
use leptos::prelude::*;
use leptos_router::components::Router;
use lists::Lists;
use schedules::Schedules;

/// The page.
#[component]
pub(crate) fn Gallery() -> impl IntoView {
    view! {
        <Router>
            <main class="gallery">
                <h1>"Gallery"</h1>
                <div class="gallery-switches">
                    <LanguageSwitch />
                    <ThemeSwitch />
                </div>
                <Frame />
                <Lists />
                <Fields />
                <Schedules />
                <Calls />
                <Dialogs />
            </main>
        </Router>
    }
}
