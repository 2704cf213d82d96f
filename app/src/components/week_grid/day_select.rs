//! A choice of a day of the week.

use crate::text::t;
use leptos::prelude::*;

/// A choice of the day.
#[component]
pub(super) fn DaySelect(
    /// Its id.
    #[prop(optional)]
    id: Option<String>,
    /// The day, Monday is 0.
    #[prop(into)]
    day: Signal<i32>,
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Another day was chosen.
    on_change: Callback<i32>,
) -> impl IntoView {
    let option = move |number: i32| {
        view! {
            <option value=number selected=move || day.get() == number>
                {move || t(&format!("weekday-{number}"))}
            </option>
        }
    };
    view! {
        <select
            id=id
            aria-label=label
            prop:value=move || day.get().to_string()
            on:change=move |event| {
                if let Ok(day) = event_target_value(&event).parse() {
                    on_change.run(day);
                }
            }
        >
            {(0..7).map(option).collect_view()}
        </select>
    }
}
