//! A part of the portal whose code is fetched when it is first shown.

use super::Trouble;
use crate::text::t;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use std::future::Future;

/// The code of a part could not be fetched.
pub(crate) struct Missing;

impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Shows nothing until `view` has come; it lives as long as the place where this stands.
pub(crate) fn later(view: impl Future<Output = Result<AnyView, Missing>> + 'static) -> AnyView {
    let come = RwSignal::new_local(None::<AnyView>);
    spawn_local(ScopedFuture::new_untracked(async move {
        let view = view.await.unwrap_or_else(|Missing| missing());
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
    view! { <Trouble text=Signal::derive(|| t("error-network")) on_retry=reload/> }.into_any()
}
