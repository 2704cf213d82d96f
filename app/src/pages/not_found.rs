//! An address that leads nowhere, or to what is not the reader's.

use crate::text::{self, t};
use leptos::prelude::*;

/// The page for it.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    text::document_title(|| t("not-found"));
    view! {
        <section class="empty">
            <h1>{move || t("not-found")}</h1>
            <p>{move || t("not-found-hint")}</p>
            <a class="button" href="/">
                {move || t("to-start")}
            </a>
        </section>
    }
}
