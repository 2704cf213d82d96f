//! A block more, on one day or on several at once.

use super::hold::block_on;
use super::time_text::TIME;
use crate::components::parsed_input::ParsedInput;
use crate::text::t;
use centrale_core::schedule::TimeSchedule;
use leptos::prelude::*;
use std::ops::RangeInclusive;

/// The choices of days beyond single ones, with the keys of their texts.
const SEVERAL: [(&str, RangeInclusive<u8>); 3] = [
    ("schedules-workdays", 0..=4),
    ("schedules-weekend", 5..=6),
    ("schedules-every-day", 0..=6),
];

/// The fields and the button.
#[component]
pub(crate) fn AddBlock(
    /// The schedule.
    #[prop(into)]
    time: Signal<TimeSchedule>,
    /// It should become this.
    on_change: Callback<TimeSchedule>,
) -> impl IntoView {
    let days = RwSignal::new(0usize);
    let start = RwSignal::new(8 * 60 + 30);
    let end = RwSignal::new(17 * 60);
    let add = move |_| {
        let chosen = days.get_untracked();
        let days = SEVERAL
            .get(chosen)
            .map_or_else(|| single(chosen), |(_, days)| days.clone());
        let (start, end) = (start.get_untracked() as u16, end.get_untracked() as u16);
        let blocks = days.filter_map(|day| block_on(day, start, end));
        on_change.run(blocks.fold(time.get_untracked(), |time, block| time.add(block).0));
    };
    let several = SEVERAL
        .into_iter()
        .enumerate()
        .map(|(at, (key, _))| (at, key.to_owned()));
    let singles = (0..7).map(|day| (SEVERAL.len() + day, format!("weekday-{day}")));
    let option = |(at, key): (usize, String)| view! { <option value=at.to_string()>{move || t(&key)}</option> };
    view! {
        <div class="block-add" role="group" aria-label=move || t("schedules-add")>
            <select
                aria-label=move || t("schedules-days")
                on:change=move |event| {
                    days.set(event_target_value(&event).parse().unwrap_or_default());
                }
            >
                {several.chain(singles).map(option).collect_view()}
            </select>
            <ParsedInput
                format=TIME
                value=start
                label=Signal::derive(|| t("schedules-from"))
                on_change=Callback::new(move |minute| start.set(minute))
            />
            <span aria-hidden="true">"–"</span>
            <ParsedInput
                format=TIME
                value=end
                label=Signal::derive(|| t("schedules-to"))
                on_change=Callback::new(move |minute| end.set(minute))
            />
            <button type="button" class="button" on:click=add>
                {move || t("schedules-add")}
            </button>
        </div>
    }
}

fn single(chosen: usize) -> RangeInclusive<u8> {
    let day = chosen.saturating_sub(SEVERAL.len()).min(6) as u8;
    day..=day
}
