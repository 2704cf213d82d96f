//! The question how dates such as 1/6 are to be read.

use crate::text::t;
use centrale_core::api::schedules::DateOrder;
use leptos::prelude::*;

/// Asks how the dates of a file are to be read.
#[component]
pub(crate) fn AskDates(
    /// Whether it is asked.
    #[prop(into)]
    asked: Signal<bool>,
    /// It was answered.
    on_answer: Callback<DateOrder>,
) -> impl IntoView {
    let choice = move |order: DateOrder, key: &'static str| {
        view! {
            <button type="button" class="button" on:click=move |_| on_answer.run(order)>
                {move || t(key)}
            </button>
        }
    };
    view! {
        <Show when=move || asked.get()>
            <div class="import-dates" role="group" aria-label=move || t("schedules-import-dates")>
                {choice(DateOrder::DayFirst, "schedules-import-day-first")}
                {choice(DateOrder::MonthFirst, "schedules-import-month-first")}
            </div>
        </Show>
    }
}
