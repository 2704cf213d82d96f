//! A field for a whole number.

use super::Input;
use crate::components::FieldFrame;
use leptos::prelude::*;
use serde_json::Value;

/// A whole number. What is no number stays as it was typed, for core's check to refuse.
#[component]
pub(super) fn NumberField(
    /// Where its value is kept in the draft.
    input: Input,
    /// The smallest number that may be typed.
    min: u32,
    /// The largest number that may be typed.
    max: u32,
) -> impl IntoView {
    let codes = Signal::derive(move || input.codes());
    let id = input.id();
    let shown = move || match input.value() {
        Value::Number(number) => number.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    let typed = move |text: String| match text.trim().parse::<u64>() {
        Ok(number) => input.set(number.into()),
        Err(_) => input.set(text.into()),
    };
    view! {
        <FieldFrame id=id.clone() label=input.label() hint=input.hint() errors=codes>
            <input
                type="number"
                class="short"
                inputmode="numeric"
                id=id.clone()
                min=min.to_string()
                max=max.to_string()
                aria-describedby=format!("{id}-errors")
                aria-invalid=move || (!codes.get().is_empty()).to_string()
                prop:value=shown
                on:input=move |event| typed(event_target_value(&event))
            />
        </FieldFrame>
    }
}
