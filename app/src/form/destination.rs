//! A field for a number, an extension or a code to send calls to.

use super::Input;
use super::number_input::NumberInput;
use crate::components::FieldFrame;
use leptos::prelude::*;
use serde_json::Value;

/// A field for where calls go: an extension or a number.
#[component]
pub(super) fn DestinationField(
    /// Where its value is kept in the draft.
    input: Input,
) -> impl IntoView {
    let first = untrack(|| input.value())
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let codes = Signal::derive(move || input.codes());
    let pretty = Callback::new(move |typed: String| input.pretty(&typed));
    let change = Callback::new(move |typed: String| {
        input.set(if typed.trim().is_empty() {
            Value::Null
        } else {
            typed.into()
        });
    });
    view! {
        <FieldFrame id=input.id() label=input.label() hint=input.hint() errors=codes>
            <NumberInput
                id=input.id()
                first
                wrong=Signal::derive(move || !codes.get().is_empty())
                pretty
                on_change=change
            />
        </FieldFrame>
    }
}
