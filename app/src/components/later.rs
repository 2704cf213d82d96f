//! A part of the portal whose code is fetched when it is first shown.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use std::future::Future;

/// Shows nothing until `view` has come; it lives as long as the place where this stands.
pub(crate) fn later(view: impl Future<Output = AnyView> + 'static) -> AnyView {
    let come = RwSignal::new_local(None::<AnyView>);
    spawn_local(ScopedFuture::new_untracked(async move {
        let view = view.await;
        come.try_set(Some(view));
    }));
    (move || {
        come.track();
        come.try_update_untracked(Option::take).flatten()
    })
    .into_any()
}
