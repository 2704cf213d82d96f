//! A choice from a list of texts, by number.

use leptos::prelude::*;

/// A `select` of numbered texts.
#[component]
pub(crate) fn Select(
    /// What is chosen.
    #[prop(into)]
    value: Signal<i32>,
    /// The numbers with the keys of their texts.
    choices: Vec<(i32, String)>,
    /// What the choice is called.
    #[prop(into)]
    label: Signal<String>,
    /// Another one was chosen.
    on_change: Callback<i32>,
) -> impl IntoView {
    let option = move |(number, key): (i32, String)| {
        view! {
            <option value=number.to_string() selected=move || value.get() == number>
                {move || crate::text::t(&key)}
            </option>
        }
    };
    view! {
        <select
            aria-label=label
            prop:value=move || value.get().to_string()
            on:change=move |event| {
                if let Ok(number) = event_target_value(&event).parse() {
                    on_change.run(number);
                }
            }
        >
            {choices.into_iter().map(option).collect_view()}
        </select>
    }
}
