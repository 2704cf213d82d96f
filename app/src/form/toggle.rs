//! A field that is on or off.

use super::Input;
use crate::components::Errors;
use crate::text::t;
use leptos::prelude::*;

/// A field that is on or off.
#[component]
pub(super) fn ToggleField(
    /// Where its value is kept in the draft.
    input: Input,
    /// Only a user with a desk phone has it; others see it disabled, with the reason.
    desk_phone: bool,
) -> impl IntoView {
    let lacking = desk_phone
        && !untrack(|| input.store.context()).is_some_and(|context| context.has_desk_phone());
    let hint = move || {
        if lacking {
            t("needs-desk-phone")
        } else {
            input.hint().get()
        }
    };
    let (id, name) = (input.id(), input.id());
    view! {
        <div class="check">
            <input
                type="checkbox"
                role="switch"
                class="switch"
                id=id.clone()
                aria-describedby=format!("{id}-hint {id}-errors")
                disabled=lacking
                prop:checked=move || input.value() == true
                on:change=move |event| input.set(event_target_checked(&event).into())
            />
            <label for=name>{input.label()}</label>
            <p class="hint" id=format!("{id}-hint")>
                {hint}
            </p>
            <Errors id=format!("{id}-errors") errors=Signal::derive(move || input.codes()) />
        </div>
    }
}
