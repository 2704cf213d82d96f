//! What is wrong with a field, in words.

use crate::text::error_text;
use centrale_core::error::Code;
use leptos::prelude::*;

/// The errors of a field, read out as they change.
#[component]
pub(crate) fn Errors(
    /// The id by which the control refers to them.
    id: String,
    /// What is wrong.
    #[prop(into)]
    errors: Signal<Vec<Code>>,
) -> impl IntoView {
    view! {
        <div class="errors" id=id aria-live="polite">
            {move || {
                errors
                    .get()
                    .into_iter()
                    .map(|code| view! { <p>{error_text(code)}</p> })
                    .collect_view()
            }}
        </div>
    }
}
