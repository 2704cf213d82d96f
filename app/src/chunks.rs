//! Where the portal's program is cut into chunks that are fetched when they are first needed, so that the first load
//! stays small: logging in is the chunk that comes first. `script/chunks.mjs` does the cutting, in release builds only.

use crate::components::{ChunkMissing, chunk_view};
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

/// Declares functions that begin a chunk: the chunk they are in, a function that fetches it beforehand, and the view.
macro_rules! chunks {
    ($($chunk:ident / $fetch:ident: $name:ident($($argument:ident: $type:ty),*) => $view:expr;)*) => {$(
        #[cfg(not(debug_assertions))]
        #[leptos::wasm_split::wasm_split($chunk, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
        fn $name($($argument: $type),*) -> Result<AnyView, ChunkMissing> {
            Ok($view.into_any())
        }

        #[cfg(debug_assertions)]
        #[allow(clippy::unused_async, reason = "in a release build it waits for its code")]
        async fn $name($($argument: $type),*) -> Result<AnyView, ChunkMissing> {
            Ok($view.into_any())
        }

        #[cfg(debug_assertions)]
        #[allow(dead_code, clippy::unused_async, reason = "only some chunks are fetched beforehand")]
        async fn $fetch() -> Result<(), leptos::wasm_split::SplitLoaderError> {
            Ok(())
        }
    )*};
}

chunks! {
    frame / fetch_frame: frame(children: Children) => view! { <Shell children/> };
    frame / fetch_home: home() => view! { <Home/> };
    frame / fetch_profile: profile() => view! { <ProfilePage account=account_chunk/> };
    account / fetch_account: account() => view! { <Account/> };
    account / fetch_account_page: account_page() => view! { <AccountPage/> };
    account / fetch_choose: choose() => view! { <ChoosePasswordPage/> };
    services / fetch_services: services() => view! { <ServicesPage preview=preview_chunk/> };
    schedules / fetch_schedules: schedules() => view! { <SchedulesPage/> };
    schedules / fetch_location: location_schedules() => view! { <LocationSchedules/> };
    preview / fetch_preview: preview(user: UserId, drafts: Signal<Vec<Draft>>, card: Signal<Option<Card>>) =>
        view! { <WhatIfPanel user drafts card/> };
}

#[cfg(any(debug_assertions, feature = "gallery"))]
chunks! {
    gallery / fetch_gallery: gallery() => view! { <crate::gallery::Gallery/> };
}

/// Begins to fetch the chunks that come next, all at once: the frame, and the services when they are its first page.
pub(crate) fn fetch_ahead(services: bool) {
    spawn_local(async { drop(fetch_frame().await) });
    if services {
        spawn_local(async { drop(fetch_services().await) });
        spawn_local(async { drop(fetch_preview().await) });
    }
}

/// The frame of every page.
#[component]
pub(crate) fn FrameChunk(
    /// The pages.
    children: Children,
) -> impl IntoView {
    chunk_view(frame(children))
}

/// The page at `/`.
#[component]
pub(crate) fn HomeChunk() -> impl IntoView {
    chunk_view(home())
}

/// The profile of a user.
#[component]
pub(crate) fn ProfileChunk() -> impl IntoView {
    chunk_view(profile())
}

/// One's own account, within the profile.
fn account_chunk() -> AnyView {
    chunk_view(account())
}

/// One's own account, as a page.
#[component]
pub(crate) fn AccountPageChunk() -> impl IntoView {
    chunk_view(account_page())
}

/// Choosing a password by a link.
#[component]
pub(crate) fn ChoosePasswordChunk() -> impl IntoView {
    chunk_view(choose())
}

/// The call services of a user.
#[component]
pub(crate) fn ServicesChunk() -> impl IntoView {
    chunk_view(services())
}

/// The schedules of a user.
#[component]
pub(crate) fn SchedulesChunk() -> impl IntoView {
    chunk_view(schedules())
}

/// The schedules of a location.
#[component]
pub(crate) fn LocationSchedulesChunk() -> impl IntoView {
    chunk_view(location_schedules())
}

/// The what-if panel, within the services.
fn preview_chunk(user: UserId, drafts: Signal<Vec<Draft>>, card: Signal<Option<Card>>) -> AnyView {
    chunk_view(preview(user, drafts, card))
}

/// Every component in its states.
#[cfg(any(debug_assertions, feature = "gallery"))]
#[component]
pub(crate) fn GalleryChunk() -> impl IntoView {
    chunk_view(gallery())
}
