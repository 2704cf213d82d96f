//! A part of the portal whose code is fetched when it is first shown.

use super::LoadError;
use crate::text::t;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use std::future::Future;

/// The code of a part could not be fetched.
pub(crate) struct ChunkMissing;

impl From<leptos::wasm_split::SplitLoaderError> for ChunkMissing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Shows nothing until `view` has come; it lives as long as the place where this stands.
pub(crate) fn chunk_view(
    view: impl Future<Output = Result<AnyView, ChunkMissing>> + 'static,
) -> AnyView {
    let come = RwSignal::new_local(None::<AnyView>);
    spawn_local(ScopedFuture::new_untracked(async move {
        let view = view.await.unwrap_or_else(|ChunkMissing| missing());
        come.try_set(Some(view));
    }));
    (move || {
        come.track();
        come.try_update_untracked(Option::take).flatten()
    })
    .into_any()
}

fn missing() -> AnyView {
    let reload = Callback::new(|()| drop(window().location().reload()));
    view! { <LoadError text=Signal::derive(|| t("error-network")) on_retry=reload /> }.into_any()
}
