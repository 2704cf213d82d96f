//! A text field for a number: what is typed counts at once, and is grouped as people write it when it is left.

use leptos::{ev, prelude::*};

/// A text field for a number.
#[component]
pub(crate) fn NumberInput(
    /// Its id; the errors are at `<id>-errors`.
    id: String,
    /// What it holds at first.
    first: String,
    /// The name, where no label points at it.
    #[prop(into, optional)]
    name: Signal<String>,
    /// Wildcards may be typed, which a keypad does not have.
    #[prop(optional)]
    pattern: bool,
    /// Whether what it holds is wrong.
    #[prop(into)]
    wrong: Signal<bool>,
    /// Groups a number as people write it.
    pretty: Callback<String, String>,
    /// Something was typed.
    on_change: Callback<String>,
    /// Enter was pressed.
    #[prop(optional)]
    on_enter: Option<Callback<()>>,
) -> impl IntoView {
    let typed = RwSignal::new(pretty.run(first));
    let on_key = move |event: ev::KeyboardEvent| {
        if let Some(on_enter) = on_enter
            && event.key() == "Enter"
        {
            event.prevent_default();
            on_enter.run(());
        }
    };
    view! {
        <input
            type="text"
            inputmode=if pattern { "text" } else { "tel" }
            autocomplete="off"
            spellcheck="false"
            aria-label=move || name.with(|name| (!name.is_empty()).then(|| name.clone()))
            aria-describedby=format!("{id}-errors")
            aria-invalid=move || wrong.get().to_string()
            id=id
            prop:value=typed
            on:input=move |event| {
                typed.set(event_target_value(&event));
                on_change.run(event_target_value(&event));
            }
            on:blur=move |_| typed.update(|text| *text = pretty.run(text.clone()))
            on:keydown=on_key
        />
    }
}
