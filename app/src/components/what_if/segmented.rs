//! A choice of a few, all in sight.

use leptos::prelude::*;

/// One of a few choices, as buttons in a row.
#[component]
pub(crate) fn Segmented<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is chosen.
    chosen: RwSignal<T>,
    /// The choices with their texts.
    choices: &'static [(T, &'static str)],
    /// What is chosen here, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let button = move |(value, key): &'static (T, &'static str)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (chosen.get() == *value).to_string()
                on:click=move |_| chosen.set(*value)
            >
                {move || crate::text::t(key)}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=label>
            {choices.iter().map(button).collect_view()}
        </div>
    }
}
