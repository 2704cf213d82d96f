//! The frame of a list field: its heading, its lines with their buttons, and the way to add one.

use super::line_frame::LineFrame;
use super::lines::{Line, Lines};
use crate::components::Errors;
use crate::text::{for_service, t};
use leptos::prelude::*;

/// The frame of a list field.
#[component]
pub(super) fn ListFrame(
    /// The lines.
    lines: Lines,
    /// Draws what a line holds.
    draw: fn(Lines, Line) -> AnyView,
    /// What a line is called by its buttons.
    name: fn(Lines, &Line) -> String,
    /// The way to add a line.
    add: AnyView,
) -> impl IntoView {
    let input = lines.input;
    let id = input.id();
    let line = move |line: Line| view! { <LineFrame lines line draw name /> };
    view! {
        <section class="lines" aria-labelledby=id.clone()>
            <h3 id=id
                .clone()>{move || for_service(input.service, &format!("field-{}", input.key))}</h3>
            <p class="hint">
                {move || for_service(input.service, &format!("field-{}-hint", input.key))}
            </p>
            <ul>
                <For each=move || lines.get() key=|(name, _)| name.clone() children=line />
            </ul>
            <Show when=move || lines.count() == 0>
                <p class="hint">{move || t("list-empty")}</p>
            </Show>
            <Errors id=format!("{id}-errors") errors=Signal::derive(move || input.codes()) />
            {add}
        </section>
    }
}
