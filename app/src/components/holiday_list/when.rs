//! The fields of a recurrence, by its kind.

use super::formats::{DATE, NUMBER};
use super::recurrence;
use super::select::Select;
use crate::components::parsed_input::{Format, ParsedInput};
use crate::text::t;
use centrale_core::schedule::Recurrence;
use leptos::prelude::*;

/// The fields of one recurrence. Made anew when its kind changes; `when` keeps that kind meanwhile.
#[component]
pub(crate) fn WhenFields(
    /// The recurrence.
    #[prop(into)]
    when: Signal<Recurrence>,
    /// It is wrong as a whole.
    #[prop(into)]
    wrong: Signal<bool>,
    /// It should become this.
    on_change: Callback<Recurrence>,
) -> impl IntoView {
    // A part of the recurrence as a number, and the recurrence with that part changed.
    let part = move |get: fn(Recurrence) -> i32, set: fn(&mut Recurrence, i32)| {
        let value = Signal::derive(move || get(when.get()));
        let change = Callback::new(move |part| {
            let mut changed = when.get_untracked();
            set(&mut changed, part);
            on_change.run(changed);
        });
        (value, change)
    };
    let input = move |format: Format,
                      key: &'static str,
                      (value, on_change): (Signal<i32>, Callback<i32>)| {
        view! {
            <ParsedInput
                format
                value
                label=Signal::derive(move || t(key))
                labelled=true
                invalid=wrong
                on_change
            />
        }
    };
    let select = move |choices: Vec<(i32, String)>,
                       key: &'static str,
                       (value, on_change): (Signal<i32>, Callback<i32>)| {
        view! {
            <span class="parsed">
                <span class="label" aria-hidden="true">
                    {move || t(key)}
                </span>
                <Select value choices label=Signal::derive(move || t(key)) on_change />
            </span>
        }
    };
    let days = move || {
        input(
            NUMBER,
            "schedules-length",
            part(recurrence::days_of, recurrence::set_days),
        )
    };
    let months = || {
        (1..=12)
            .map(|month| (month, format!("month-{month}")))
            .collect()
    };
    match when.get_untracked() {
        Recurrence::Once { .. } => view! {
            {input(
                DATE,
                "schedules-first-day",
                part(recurrence::first_day, recurrence::set_first_day),
            )}
            {input(
                DATE,
                "schedules-last-day",
                part(recurrence::last_day, recurrence::set_last_day),
            )}
        }
        .into_any(),
        Recurrence::Yearly { .. } => view! {
            {input(NUMBER, "schedules-day-of-month", part(recurrence::day_of, recurrence::set_day))}
            {select(months(), "schedules-month", part(recurrence::month_of, recurrence::set_month))}
            {days()}
            {select(
                recurrence::sunday_choices(when.get_untracked()),
                "schedules-on-sunday",
                part(recurrence::shift_of, recurrence::set_shift),
            )}
        }
        .into_any(),
        Recurrence::Easter { .. } => view! {
            {input(
                NUMBER,
                "schedules-easter-offset",
                part(recurrence::offset_of, recurrence::set_offset),
            )}
            {days()}
        }
        .into_any(),
        Recurrence::NthWeekday { .. } => {
            let nth = [1, 2, 3, 4, 5, -1, -2, -3, -4, -5]
                .map(|nth: i32| (nth, format!("schedules-nth-{nth}")))
                .into();
            let weekdays = (0..7).map(|day| (day, format!("weekday-{day}"))).collect();
            view! {
                {select(nth, "schedules-nth", part(recurrence::nth_of, recurrence::set_nth))}
                {select(
                    weekdays,
                    "schedules-weekday",
                    part(recurrence::weekday_of, recurrence::set_weekday),
                )}
                {select(
                    months(),
                    "schedules-month",
                    part(recurrence::month_of, recurrence::set_month),
                )}
                {days()}
            }
            .into_any()
        }
    }
}
