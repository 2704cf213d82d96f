//! What could not be loaded, and the way to try again.

use crate::text::t;
use leptos::prelude::*;

/// The word that something is missing.
#[component]
pub(crate) fn LoadError(
    /// What went wrong.
    #[prop(into)]
    text: Signal<String>,
    /// The button to try again was pressed.
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <section class="empty" role="alert">
            <p>{text}</p>
            <button type="button" class="button" on:click=move |_| on_retry.run(())>
                {move || t("retry")}
            </button>
        </section>
    }
}
