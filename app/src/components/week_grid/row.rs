//! One block as typed times.

use super::day_select::DaySelect;
use super::hold::block_on;
use super::time_text::TIME;
use super::words::{block_name, end_of};
use crate::components::parsed_input::ParsedInput;
use crate::components::{Icon, IconName};
use crate::text::t;
use centrale_core::error::Code;
use centrale_core::schedule::{Block, WeekMinute};
use leptos::prelude::*;

/// A row: day, start, end, and the day of the end when the block lasts more than a day.
#[component]
pub(crate) fn BlockRow(
    /// The id of its first field.
    id: String,
    /// The block.
    #[prop(into)]
    block: Signal<Option<Block>>,
    /// What is wrong with its start.
    #[prop(into)]
    start_errors: Signal<Vec<Code>>,
    /// What is wrong with its end.
    #[prop(into)]
    end_errors: Signal<Vec<Code>>,
    /// The block should become this.
    on_change: Callback<Block>,
    /// The block should go.
    on_remove: Callback<()>,
) -> impl IntoView {
    let read = move || {
        block.get().unwrap_or(Block {
            start: WeekMinute::START,
            end: WeekMinute::START,
        })
    };
    let day = Memo::new(move |_| i32::from(read().start.day()));
    let start = Memo::new(move |_| i32::from(read().start.minute_of_day()));
    let end = Memo::new(move |_| end_of(read()));
    let long = Memo::new(move |_| read().length() > 1440);
    let change = move |day: i32, start: i32, end_day: i32, end: i32| {
        let (day, start, end_day, end) = (day as u8, start as u16, end_day as u8, end as u16);
        let days = WeekMinute::on(day, start).zip(WeekMinute::on(end_day, end));
        let block = match days {
            Some((start, end)) if long.get_untracked() => Some(Block { start, end }),
            _ => block_on(day, start, end),
        };
        if let Some(block) = block {
            on_change.run(block);
        }
    };
    let ends = move || {
        (
            i32::from(end.get_untracked().0),
            i32::from(end.get_untracked().1),
        )
    };
    let now = move || (day.get_untracked(), start.get_untracked());
    let name = move || block_name(read());
    view! {
        <div class="block-row" role="group" aria-label=name class:long=move || long.get()>
            <DaySelect
                id
                day
                label=Signal::derive(|| t("schedules-day"))
                on_change=Callback::new(move |day| change(day, now().1, ends().0, ends().1))
            />
            <ParsedInput
                format=TIME
                value=start
                label=Signal::derive(|| t("schedules-from"))
                errors=start_errors
                on_change=Callback::new(move |start| change(now().0, start, ends().0, ends().1))
            />
            <span aria-hidden="true">"–"</span>
            <Show when=move || long.get()>
                <DaySelect
                    day=Signal::derive(move || i32::from(end.get().0))
                    label=Signal::derive(|| t("schedules-end-day"))
                    on_change=Callback::new(move |day| change(now().0, now().1, day, ends().1))
                />
            </Show>
            <ParsedInput
                format=TIME
                value=Signal::derive(move || i32::from(end.get().1))
                label=Signal::derive(|| t("schedules-to"))
                errors=end_errors
                on_change=Callback::new(move |end| change(now().0, now().1, ends().0, end))
            />
            <small>
                {move || {
                    (!long.get() && i32::from(end.get().0) != day.get())
                        .then(|| t("schedules-next-day"))
                }}
            </small>
            <button
                type="button"
                class="icon-button"
                on:click=move |_| on_remove.run(())
                aria-label=move || t!("schedules-remove-block", block = name())
            >
                <Icon name=IconName::Trash />
            </button>
        </div>
    }
}
