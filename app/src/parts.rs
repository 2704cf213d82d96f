//! Where the portal is cut into parts that are fetched when they are first needed, so that the first load stays small:
//! logging in is the part that comes first. `script/parts.mjs` does the cutting, in release builds only.

use crate::components::{Missing, later};
use crate::pages::what_if::WhatIfPanel;
use crate::pages::{
    Account, AccountPage, ChoosePasswordPage, Home, LocationSchedules, ProfilePage, SchedulesPage,
    ServicesPage, Shell,
};
use centrale_core::api::routing::Draft;
use centrale_core::api::users::Card;
use centrale_core::id::UserId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Declares functions that begin a part: the part they are in, a function that fetches it beforehand, and the view.
macro_rules! parts {
    ($($part:ident / $fetch:ident: $name:ident($($argument:ident: $type:ty),*) => $view:expr;)*) => {$(
        #[cfg(not(debug_assertions))]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
        fn $name($($argument: $type),*) -> Result<AnyView, Missing> {
            Ok($view.into_any())
        }

        #[cfg(debug_assertions)]
        #[allow(clippy::unused_async, reason = "in a release build it waits for its code")]
        async fn $name($($argument: $type),*) -> Result<AnyView, Missing> {
            Ok($view.into_any())
        }

        #[cfg(debug_assertions)]
        #[allow(dead_code, clippy::unused_async, reason = "only some parts are fetched beforehand")]
        async fn $fetch() -> Result<(), leptos::wasm_split::SplitLoaderError> {
            Ok(())
        }
    )*};
}

parts! {
    frame / fetch_frame: frame(children: Children) => view! { <Shell children/> };
    frame / fetch_home: home() => view! { <Home/> };
    frame / fetch_profile: profile() => view! { <ProfilePage/> };
    account / fetch_account: account() => view! { <Account/> };
    account / fetch_account_page: account_page() => view! { <AccountPage/> };
    account / fetch_choose: choose() => view! { <ChoosePasswordPage/> };
    services / fetch_services: services() => view! { <ServicesPage/> };
    schedules / fetch_schedules: schedules() => view! { <SchedulesPage/> };
    schedules / fetch_location: location_schedules() => view! { <LocationSchedules/> };
    preview / fetch_preview: preview(user: UserId, drafts: Signal<Vec<Draft>>, card: Signal<Option<Card>>) =>
        view! { <WhatIfPanel user drafts card/> };
}

/// Begins to fetch the parts that come next, all at once: the frame, and the services when they are its first page.
pub(crate) fn fetch_ahead(services: bool) {
    spawn_local(async { drop(fetch_frame().await) });
    if services {
        spawn_local(async { drop(fetch_services().await) });
        spawn_local(async { drop(fetch_preview().await) });
    }
}

/// The frame of every page.
#[component]
pub(crate) fn FramePart(
    /// The pages.
    children: Children,
) -> impl IntoView {
    later(frame(children))
}

/// The start.
#[component]
pub(crate) fn HomePart() -> impl IntoView {
    later(home())
}

/// The profile of a user.
#[component]
pub(crate) fn ProfilePart() -> impl IntoView {
    later(profile())
}

/// One's own account, within the profile.
#[component]
pub(crate) fn AccountPart() -> impl IntoView {
    later(account())
}

/// One's own account, as a page.
#[component]
pub(crate) fn AccountPagePart() -> impl IntoView {
    later(account_page())
}

/// Choosing a password by a link.
#[component]
pub(crate) fn ChoosePasswordPart() -> impl IntoView {
    later(choose())
}

/// The call services of a user.
#[component]
pub(crate) fn ServicesPart() -> impl IntoView {
    later(services())
}

/// The schedules of a user.
#[component]
pub(crate) fn SchedulesPart() -> impl IntoView {
    later(schedules())
}

/// The schedules of a location.
#[component]
pub(crate) fn LocationSchedulesPart() -> impl IntoView {
    later(location_schedules())
}

/// The what-if panel.
#[component]
pub(crate) fn PreviewPart(
    /// Whose calls.
    user: UserId,
    /// The changes that are not saved.
    drafts: Signal<Vec<Draft>>,
    /// The user's card.
    card: Signal<Option<Card>>,
) -> impl IntoView {
    later(preview(user, drafts, card))
}
