//! Which part of a long list is shown, and the way to the parts before and after.

use super::{Icon, IconName};
use crate::text::t;
use leptos::prelude::*;

/// The rows shown out of all, and the buttons to other pages.
#[component]
pub(crate) fn Pager(
    /// The place of the first row shown, from 1.
    #[prop(into)]
    first: Signal<usize>,
    /// How many rows are shown.
    #[prop(into)]
    shown: Signal<usize>,
    /// How many there are.
    #[prop(into)]
    total: Signal<u32>,
    /// The part before; none: this is the first.
    #[prop(into)]
    before: Signal<bool>,
    /// The part after; none: this is the last.
    #[prop(into)]
    after: Signal<bool>,
    /// Go back, or on.
    on_turn: Callback<bool>,
) -> impl IntoView {
    let words = move || {
        let last = first.get() + shown.get().saturating_sub(1);
        t!(
            "page-of",
            first = first.get(),
            last = last,
            total = total.get()
        )
    };
    view! {
        <nav class="pages" aria-label=move || t("pages")>
            <span role="status">{words}</span>
            <Show when=move || before.get() || after.get()>
                <button
                    type="button"
                    class="button"
                    disabled=move || !before.get()
                    on:click=move |_| on_turn.run(false)
                >
                    {move || t("page-before")}
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || !after.get()
                    on:click=move |_| on_turn.run(true)
                >
                    {move || t("page-after")}
                    <Icon name=IconName::Chevron />
                </button>
            </Show>
        </nav>
    }
}
