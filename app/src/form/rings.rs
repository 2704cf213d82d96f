//! A field for a number of rings: 0, or 2 to 20. When several services share it, it says so.

use super::Input;
use crate::components::FieldFrame;
use crate::text::t;
use centrale_core::service::ring_count::RING_SECONDS;
use leptos::prelude::*;

/// A field for a number of rings.
#[component]
pub(super) fn RingsField(
    /// Where its value is kept in the draft.
    input: Input,
    /// Other services have the same number.
    shared: bool,
) -> impl IntoView {
    let rings = move || input.value().as_u64().unwrap_or_default();
    let hint = move || {
        t!(
            "field-rings-seconds",
            seconds = rings() * u64::from(RING_SECONDS)
        )
    };
    let choices = std::iter::once(0).chain(2..=20u64).map(move |count| {
        view! {
            <option value=count.to_string() selected=move || rings() == count>
                {move || t!("rings", count = count)}
            </option>
        }
    });
    let id = input.id();
    view! {
        <FieldFrame
            id=id.clone()
            label=input.label()
            hint=Signal::derive(hint)
            errors=Signal::derive(move || input.codes())
        >
            <select
                class="short"
                aria-describedby=format!("{id}-errors")
                id=id
                on:change=move |event| {
                    if let Ok(rings) = event_target_value(&event).parse::<u64>() {
                        input.set(rings.into());
                    }
                }
            >
                {choices.collect_view()}
            </select>
        </FieldFrame>
        <Show when=move || shared>
            <p class="note">{move || t("field-rings-shared")}</p>
        </Show>
    }
}
