//! A line of a list field, with the buttons that move and remove it.

use super::lines::{Line, Lines};
use crate::components::{Errors, Icon, IconName};
use crate::focus::{focus, focus_now};
use crate::text::t;
use leptos::prelude::*;

/// The line.
#[component]
pub(super) fn LineFrame(
    /// The lines.
    lines: Lines,
    /// The line.
    line: Line,
    /// Draws what the line holds.
    draw: fn(Lines, Line) -> AnyView,
    /// What the line is called by its buttons.
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
