//! The frame of a list field: its heading, its lines with their buttons, and the way to add one.

use super::lines::{Line, Lines};
use crate::components::{Errors, Icon, IconName};
use crate::focus::{focus, focus_now};
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

/// The button that adds an empty line.
#[component]
pub(super) fn AddButton(
    /// The key of its text.
    label: &'static str,
    /// There are as many as may be.
    #[prop(into)]
    full: Signal<bool>,
    /// It was used; gives the id of the control to type in.
    on_add: Callback<(), String>,
) -> impl IntoView {
    view! {
        <button type="button" class="button" disabled=full on:click=move |_| focus(on_add.run(()))>
            <Icon name=IconName::Plus />
            {move || t(label)}
        </button>
    }
}

/// A line, with the buttons that move and remove it.
#[component]
fn LineFrame(
    lines: Lines,
    line: Line,
    draw: fn(Lines, Line) -> AnyView,
    name: fn(Lines, &Line) -> String,
) -> impl IntoView {
    let id = StoredValue::new(line.0.clone());
    let known = StoredValue::new(line.clone());
    let called = move || name(lines, &known.get_value());
    let step = move |down: bool, key: &'static str, end: Signal<bool>| {
        let button = format!("{}-{}", id.get_value(), if down { "down" } else { "up" });
        let own = button.clone();
        view! {
            <button
                type="button"
                class="icon-button"
                class:up=!down
                class:down=down
                id=button
                disabled=end
                aria-label=move || t!(key, name = called())
                on:click=move |_| {
                    lines.shift(&id.get_value(), down);
                    focus(own.clone());
                }
            >
                <Icon name=IconName::Chevron />
            </button>
        }
    };
    let remove = move |_| {
        let section = format!("{}-errors", lines.input.id());
        lines.remove(&id.get_value());
        focus_beside(section);
    };
    let first = Signal::derive(move || lines.place(&id.get_value()) == Some(0));
    let last = Signal::derive(move || {
        lines.place(&id.get_value()).map(|at| at + 1) == Some(lines.count())
    });
    view! {
        <li class="line">
            <div class="parts">{draw(lines, line)}</div>
            {step(false, "list-up", first)}
            {step(true, "list-down", last)}
            <button
                type="button"
                class="icon-button danger"
                aria-label=move || t!("remove", name = called())
                on:click=remove
            >
                <Icon name=IconName::Trash />
            </button>
            <Errors
                id=format!("{}-errors", id.get_value())
                errors=lines.codes(id.get_value(), "")
            />
        </li>
    }
}

/// Goes to what adds a line, in the list whose errors have this id.
fn focus_beside(errors: String) {
    request_animation_frame(move || {
        let list = document()
            .get_element_by_id(&errors)
            .and_then(|errors| errors.parent_element());
        focus_now(list.and_then(|list| {
            list.query_selector(".button, [role=combobox]")
                .ok()
                .flatten()
        }));
    });
}
