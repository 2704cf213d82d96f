//! A field with a few choices.

use super::Input;
use crate::components::FieldFrame;
use crate::text::t;
use leptos::prelude::*;

/// A field for one of a few choices.
#[component]
pub(super) fn ChoiceField(
    /// Where its value is kept in the draft.
    input: Input,
    /// The choices, by their names on the wire.
    choices: &'static [&'static str],
) -> impl IntoView {
    let id = input.id();
    let option = move |choice: &'static str| {
        view! {
            <option value=choice selected=move || input.value() == choice>
                {move || t(&format!("choice-{}-{choice}", input.key))}
            </option>
        }
    };
    view! {
        <FieldFrame
            id=id.clone()
            label=input.label()
            hint=input.hint()
            errors=Signal::derive(move || input.codes())
        >
            <select
                id=id.clone()
                aria-describedby=format!("{id}-errors")
                on:change=move |event| input.set(event_target_value(&event).into())
            >
                {choices.iter().copied().map(option).collect_view()}
            </select>
        </FieldFrame>
    }
}
