//! A field of a form: label, control, hint and errors, wired so that assistive technology reads them together.

use super::Errors;
use centrale_core::error::Code;
use leptos::prelude::*;

/// The frame around one control, whose `id` is `id` and which is described by [`described_by`].
#[component]
pub(crate) fn FieldFrame(
    /// The id of the control.
    id: String,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// A line of help; empty: none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What is wrong.
    #[prop(into)]
    errors: Signal<Vec<Code>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:wrong=move || !errors.with(Vec::is_empty)>
            <label for=id.clone()>{label}</label>
            {children()}
            <Show when=move || !hint.with(String::is_empty)>
                <p class="hint">{hint}</p>
            </Show>
            <Errors id=format!("{id}-errors") errors />
        </div>
    }
}
