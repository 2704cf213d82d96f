//! The week grid: blocks drawn, dragged and stretched with a pointer or with keys, and the same blocks as a list of
//! typed times. Shows a time schedule and says what it should become; what a change means is core's.

mod add;
mod block;
mod drag;
mod hold;
mod pieces;
mod row;
mod rows;
mod time_text;
mod words;

pub(crate) use rows::{BlockRows, codes, row_id};
pub(crate) use words::{block_name, summary};

use crate::components::week_strip::capture;
use crate::text::t;
use block::{BlockView, block_id};
use centrale_core::schedule::TimeSchedule;
use drag::Drag;
use hold::{Arrow, Hold};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The grid.
#[component]
pub(crate) fn WeekGrid(
    /// A name for its elements.
    id: String,
    /// The schedule.
    #[prop(into)]
    time: Signal<TimeSchedule>,
    /// It should become this.
    on_change: Callback<TimeSchedule>,
    /// The exact times of a block are wanted.
    on_exact: Callback<usize>,
) -> impl IntoView {
    let grid = StoredValue::new(id.clone());
    let drag = RwSignal::new(None::<Drag>);
    let held = StoredValue::new(None::<Hold>);
    let said = RwSignal::new(String::new());
    let shown = Memo::new(move |_| match &*drag.read() {
        Some(drag) => drag.shown.0.clone(),
        None => time.get(),
    });
    let change = move |(schedule, index): (TimeSchedule, usize)| {
        said.set(
            schedule
                .blocks
                .get(index)
                .copied()
                .map(block_name)
                .unwrap_or_default(),
        );
        on_change.run(schedule);
        focus(grid.with_value(|grid| block_id(grid, index)));
    };
    let keyed = Callback::new(move |(index, event): (usize, web_sys::KeyboardEvent)| {
        let arrow = match event.key().as_str() {
            "ArrowUp" => Arrow::Up,
            "ArrowDown" => Arrow::Down,
            "ArrowLeft" => Arrow::Left,
            "ArrowRight" => Arrow::Right,
            "Delete" | "Backspace" => {
                event.prevent_default();
                let left = time.with_untracked(|time| time.remove(index));
                let next = index.min(left.blocks.len().saturating_sub(1));
                return change((left, next));
            }
            _ => return,
        };
        event.prevent_default();
        let now = (time.get_untracked(), index);
        let hold = held
            .try_update_value(Option::take)
            .flatten()
            .filter(|hold| hold.result() == now);
        if let Some(mut hold) = hold.or_else(|| Hold::take(&now.0, index)) {
            hold.step(arrow, event.shift_key());
            let result = hold.result();
            held.set_value(Some(hold));
            change(result);
        }
    });
    let down = move |event: web_sys::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        let begun = time.with_untracked(|time| Drag::begin(time, &event));
        if let Some(begun) = &begun
            && begun.captures()
        {
            event.prevent_default();
            capture(&event);
            if let Some(index) = begun.block() {
                focus(grid.with_value(|grid| block_id(grid, index)));
            }
        }
        drag.set(begun);
    };
    let moved = move |event: web_sys::PointerEvent| {
        if drag.with_untracked(Option::is_some) {
            drag.maybe_update(|drag| drag.as_mut().is_some_and(|drag| drag.follow(&event)));
        }
    };
    let up = move |_| {
        if let Some(finished) = drag
            .try_update(Option::take)
            .flatten()
            .and_then(Drag::finish)
        {
            change(finished);
        }
    };
    let block = move |(index, block)| {
        view! { <BlockView grid=grid.get_value() index block on_key=keyed on_exact /> }
    };
    view! {
        <div class="week-grid" role="group" tabindex="0" aria-label=move || t("schedules-grid")
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    drag.set(None);
                }
            }
        >
            <div class="week-days" aria-hidden="true">
                {(0..7).map(|day| view! { <span>{move || t(&format!("weekday-short-{day}"))}</span> }).collect_view()}
            </div>
            <div class="week-hours" aria-hidden="true">
                {(0..=8).map(|step| view! { <span>{format!("{:02}", step * 3)}</span> }).collect_view()}
            </div>
            <div
                class="week-columns"
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:pointercancel=move |_| drag.set(None)
            >
                {move || shown.get().blocks.into_iter().enumerate().map(block).collect_view()}
            </div>
        </div>
        <p class="hint" id=format!("{id}-hint")>{move || t("schedules-grid-hint")}</p>
        <p class="unseen" role="status">{said}</p>
    }
}

/// Focuses an element by its id, once the page has been drawn.
pub(crate) fn focus(id: String) {
    request_animation_frame(move || {
        let element = document()
            .get_element_by_id(&id)
            .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
        let _ = element.map(|element| element.focus());
    });
}
