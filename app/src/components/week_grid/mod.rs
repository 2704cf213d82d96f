//! The week grid: blocks drawn, dragged and stretched with a pointer or with keys, and the same blocks as a list of
//! typed times. Shows a time schedule and says what it should become; what a change means is core's.

mod add;
mod block;
mod day_select;
mod drag;
mod edit;
mod hold;
mod keys;
mod pieces;
mod pointer;
mod row;
mod rows;
mod scale;
mod time_text;
mod words;

pub(crate) use rows::{BlockRows, codes, row_id};
pub(crate) use words::{block_name, summary};

use crate::text::t;
use block::BlockView;
use centrale_core::schedule::TimeSchedule;
use edit::GridEdit;
use keys::ArrowKeys;
use leptos::prelude::*;
use pointer::PointerDrag;
use scale::Scale;

/// The week as a grid.
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
    let status = RwSignal::new(String::new());
    let edit = GridEdit {
        grid,
        time,
        status,
        on_change,
    };
    let pointer = PointerDrag::new(edit);
    let keys = ArrowKeys::new(edit);
    let on_key = Callback::new(move |(index, event)| keys.press(index, &event));
    let shown = pointer.shown();
    let block = move |(index, block)| {
        view! { <BlockView grid=grid.get_value() index block on_key on_exact /> }
    };
    view! {
        <div
            class="week-grid"
            role="group"
            tabindex="0"
            aria-label=move || t("schedules-grid")
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    pointer.cancel();
                }
            }
        >
            <Scale />
            <div
                class="week-columns"
                on:pointerdown=move |event| pointer.down(&event)
                on:pointermove=move |event| pointer.moved(&event)
                on:pointerup=move |_| pointer.up()
                on:pointercancel=move |_| pointer.cancel()
            >
                {move || shown.get().blocks.into_iter().enumerate().map(block).collect_view()}
            </div>
        </div>
        <p class="hint" id=format!("{id}-hint")>
            {move || t("schedules-grid-hint")}
        </p>
        <p class="unseen" role="status">
            {status}
        </p>
    }
}
