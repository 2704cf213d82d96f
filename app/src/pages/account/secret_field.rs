//! A field for a password.

use crate::components::FieldFrame;
use crate::text::t;
use centrale_core::error::Code;
use leptos::prelude::*;

/// A field for a password, which the browser may fill in or keep.
#[component]
pub(super) fn SecretField(
    /// The id of the control.
    id: &'static str,
    /// The key of the label.
    label: &'static str,
    /// What the browser takes it for: `current-password` or `new-password`.
    autocomplete: &'static str,
    /// The key of a line of help.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What was typed.
    value: RwSignal<String>,
    /// What is wrong.
    errors: Signal<Vec<Code>>,
) -> impl IntoView {
    let help = Signal::derive(move || hint.map(t).unwrap_or_default());
    view! {
        <FieldFrame id=id.into() label=Signal::derive(move || t(label)) hint=help errors=errors>
            <input
                id=id
                type="password"
                autocomplete=autocomplete
                required
                aria-invalid=move || (!errors.with(Vec::is_empty)).then_some("true")
                aria-describedby=format!("{id}-errors")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </FieldFrame>
    }
}
