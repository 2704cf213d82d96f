//! A field for a text.

use super::Input;
use crate::components::FieldFrame;
use leptos::prelude::*;

/// A field for a text.
#[component]
pub(super) fn TextField(
    /// Where its value is kept in the draft.
    input: Input,
    /// At most so many characters.
    max: u16,
) -> impl IntoView {
    let codes = Signal::derive(move || input.codes());
    let id = input.id();
    view! {
        <FieldFrame id=id.clone() label=input.label() hint=input.hint() errors=codes>
            <input
                type="text"
                autocomplete="off"
                id=id.clone()
                maxlength=max.to_string()
                aria-describedby=format!("{id}-errors")
                aria-invalid=move || (!codes.get().is_empty()).to_string()
                prop:value=move || input.value().as_str().unwrap_or_default().to_owned()
                on:input=move |event| input.set(event_target_value(&event).into())
            />
        </FieldFrame>
    }
}
