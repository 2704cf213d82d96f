//! The bar that counts unsaved changes, and the word that they were saved.

use super::{Icon, IconName};
use crate::text::t;
use leptos::prelude::*;

/// The bar; it is there as long as there are changes.
#[component]
pub(crate) fn SaveBar(
    /// How many changes there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Why they could not be saved; empty: nothing went wrong.
    #[prop(into)]
    problem: Signal<String>,
    /// Saving is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// They were saved just now.
    #[prop(into)]
    saved: Signal<bool>,
    /// The button that forgets the changes was pressed.
    on_reset: Callback<()>,
    /// The button that saves the changes was pressed.
    on_save: Callback<()>,
) -> impl IntoView {
    let any = Memo::new(move |_| count.get() > 0);
    let told = move || match (saved.get(), count.get()) {
        (true, _) => t("saved"),
        (false, 0) => String::new(),
        (false, count) => t!("changes", count = count),
    };
    view! {
        <p class="unseen" role="status">
            {told}
        </p>
        <Show when=move || any.get()>
            <div class="save-bar" role="region" aria-label=move || t("changes-region")>
                <span class="count">{move || t!("changes", count = count.get())}</span>
                <span class="problem" role="alert">
                    {problem}
                </span>
                <button type="button" class="button quiet" on:click=move |_| on_reset.run(())>
                    {move || t("reset")}
                </button>
                <button
                    type="button"
                    class="button primary"
                    aria-disabled=move || busy.get().to_string()
                    on:click=move |_| on_save.run(())
                >
                    {move || if busy.get() { t("saving") } else { t("save") }}
                </button>
            </div>
        </Show>
        <Show when=move || saved.get() && !any.get()>
            <div class="toast" aria-hidden="true">
                <Icon name=IconName::Check />
                {move || t("saved")}
            </div>
        </Show>
    }
}
