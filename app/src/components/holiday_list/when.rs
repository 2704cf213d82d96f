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
    let fields = Fields {
        when,
        wrong,
        on_change,
    };
    match when.get_untracked() {
        Recurrence::Once { .. } => fields.once().into_any(),
        Recurrence::Yearly { .. } => fields.yearly().into_any(),
        Recurrence::Easter { .. } => fields.easter().into_any(),
        Recurrence::NthWeekday { .. } => fields.nth_weekday().into_any(),
    }
}

/// Draws the fields of each kind.
#[derive(Clone, Copy)]
struct Fields {
    when: Signal<Recurrence>,
    wrong: Signal<bool>,
    on_change: Callback<Recurrence>,
}

/// A part of the recurrence as a number, and what changes it.
type Part = (Signal<i32>, Callback<i32>);

impl Fields {
    fn part(self, get: fn(Recurrence) -> i32, set: fn(&mut Recurrence, i32)) -> Part {
        let value = Signal::derive(move || get(self.when.get()));
        let change = Callback::new(move |part| {
            let mut changed = self.when.get_untracked();
            set(&mut changed, part);
            self.on_change.run(changed);
        });
        (value, change)
    }

    fn input(self, format: Format, key: &'static str, (value, on_change): Part) -> impl IntoView {
        view! {
            <ParsedInput
                format
                value
                label=Signal::derive(move || t(key))
                labelled=true
                invalid=self.wrong
                on_change
            />
        }
    }

    fn days(self) -> impl IntoView {
        let part = self.part(recurrence::days_of, recurrence::set_days);
        self.input(NUMBER, "schedules-length", part)
    }

    fn months(self) -> impl IntoView {
        let months = (1..=12)
            .map(|month| (month, format!("month-{month}")))
            .collect();
        let part = self.part(recurrence::month_of, recurrence::set_month);
        select(months, "schedules-month", part)
    }

    fn once(self) -> impl IntoView {
        let first = self.part(recurrence::first_day, recurrence::set_first_day);
        let last = self.part(recurrence::last_day, recurrence::set_last_day);
        view! {
            {self.input(DATE, "schedules-first-day", first)}
            {self.input(DATE, "schedules-last-day", last)}
        }
    }

    fn yearly(self) -> impl IntoView {
        let day = self.part(recurrence::day_of, recurrence::set_day);
        let shift = self.part(recurrence::shift_of, recurrence::set_shift);
        let shifts = recurrence::sunday_choices(self.when.get_untracked());
        view! {
            {self.input(NUMBER, "schedules-day-of-month", day)}
            {self.months()}
            {self.days()}
            {select(shifts, "schedules-on-sunday", shift)}
        }
    }

    fn easter(self) -> impl IntoView {
        let offset = self.part(recurrence::offset_of, recurrence::set_offset);
        view! {
            {self.input(NUMBER, "schedules-easter-offset", offset)}
            {self.days()}
        }
    }

    fn nth_weekday(self) -> impl IntoView {
        let places = [1, 2, 3, 4, 5, -1, -2, -3, -4, -5]
            .map(|nth: i32| (nth, format!("schedules-nth-{nth}")))
            .into();
        let nth = self.part(recurrence::nth_of, recurrence::set_nth);
        let weekdays = (0..7).map(|day| (day, format!("weekday-{day}"))).collect();
        let weekday = self.part(recurrence::weekday_of, recurrence::set_weekday);
        view! {
            {select(places, "schedules-nth", nth)}
            {select(weekdays, "schedules-weekday", weekday)}
            {self.months()}
            {self.days()}
        }
    }
}

fn select(
    choices: Vec<(i32, String)>,
    key: &'static str,
    (value, on_change): Part,
) -> impl IntoView {
    view! {
        <span class="parsed">
            <span class="label" aria-hidden="true">
                {move || t(key)}
            </span>
            <Select value choices label=Signal::derive(move || t(key)) on_change />
        </span>
    }
}
