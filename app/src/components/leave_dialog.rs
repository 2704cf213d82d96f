//! Asks what becomes of unsaved changes before the page is left.

use super::Dialog;
use crate::text::t;
use leptos::prelude::*;

/// The question before the page is left.
#[component]
pub(crate) fn LeaveDialog(
    /// How many changes there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Stay on the page.
    on_stay: Callback<()>,
    /// Leave without them.
    on_discard: Callback<()>,
    /// Save them, then leave.
    on_save: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog title=Signal::derive(|| t("leave")) on_close=on_stay class="question">
            <p>{move || t!("leave-hint", count = count.get())}</p>
            <footer>
                <button type="button" class="button quiet" on:click=move |_| on_stay.run(())>
                    {move || t("leave-stay")}
                </button>
                <button type="button" class="button danger" on:click=move |_| on_discard.run(())>
                    {move || t("leave-discard")}
                </button>
                <button type="button" class="button primary" on:click=move |_| on_save.run(())>
                    {move || t("leave-save")}
                </button>
            </footer>
        </Dialog>
    }
}
