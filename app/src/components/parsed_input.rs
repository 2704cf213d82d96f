//! A text field that holds a number, a time or a date. What cannot be read stays as typed, marked wrong, and the
//! value stays what it was.

use crate::ids;
use crate::text::{error_text, t};
use centrale_core::error::Code;
use leptos::prelude::*;

/// How a value is written and read.
#[derive(Clone, Copy)]
pub(crate) struct Format {
    /// The type of the input element.
    pub(crate) kind: &'static str,
    /// As it stands in the field.
    pub(crate) write: fn(i32) -> String,
    /// As it was typed; `None`: it makes no sense.
    pub(crate) read: fn(&str) -> Option<i32>,
    /// The key of what to tell about something that makes no sense.
    pub(crate) wrong: &'static str,
}

/// A field that is named by its `label` and shows what is wrong below itself.
#[component]
pub(crate) fn ParsedInput(
    /// How it is written and read.
    format: Format,
    /// The value.
    #[prop(into)]
    value: Signal<i32>,
    /// What the field is called.
    #[prop(into)]
    label: Signal<String>,
    /// The label stands above the field, not only in its name.
    #[prop(optional)]
    labelled: bool,
    /// What is wrong with the value.
    #[prop(into, optional)]
    errors: Signal<Vec<Code>>,
    /// It is wrong together with other fields, which tell why.
    #[prop(into, optional)]
    invalid: Signal<bool>,
    /// Another value was typed.
    on_change: Callback<i32>,
) -> impl IntoView {
    let id = ids::unique("input");
    let wrong_id = format!("{id}-wrong");
    let unread = RwSignal::new(false);
    let text = Memo::new(move |_| (format.write)(value.get()));
    let wrong = Memo::new(move |_| unread.get() || invalid.get() || !errors.with(Vec::is_empty));
    let typed = move |event: web_sys::Event| {
        use wasm_bindgen::JsCast;
        let Some(input) = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            return;
        };
        let read = (format.read)(&input.value());
        unread.set(read.is_none());
        if let Some(read) = read {
            input.set_value(&(format.write)(read));
            if read != value.get_untracked() {
                on_change.run(read);
            }
        }
    };
    let told = move || {
        let unread = unread.get().then(|| t(format.wrong));
        let others = errors.get().into_iter().map(error_text);
        unread
            .into_iter()
            .chain(others)
            .collect::<Vec<_>>()
            .join(" ")
    };
    view! {
        <span class="parsed">
            {labelled.then(|| view! { <label for=id.clone()>{label}</label> })}
            <input
                id=id
                class=format!("is-{}", format.kind)
                type=format.kind
                autocomplete="off"
                inputmode=(format.kind == "text").then_some("numeric")
                aria-label=move || (!labelled).then(|| label.get())
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=wrong_id.clone()
                prop:value=text
                on:change=typed
            /> <span class="errors" id=wrong_id aria-live="polite">
                {told}
            </span>
        </span>
    }
}
