//! The fields of one holiday: its name, how often it comes, when, and until which year.

use super::formats::YEAR;
use super::kind::{KINDS, kind_of, turned};
use super::line::LineErrors;
use super::select::Select;
use super::when::WhenFields;
use crate::components::Errors;
use crate::components::parsed_input::ParsedInput;
use crate::text::t;
use centrale_core::schedule::{HolidayLine, Recurrence};
use leptos::prelude::*;

/// The fields of a holiday.
#[component]
pub(crate) fn LineFields(
    /// The id of the first one.
    id: String,
    /// The holiday.
    #[prop(into)]
    line: Signal<HolidayLine>,
    /// What is wrong with it.
    #[prop(into)]
    errors: Signal<LineErrors>,
    /// Today, in days since 1970-01-01.
    today: i32,
    /// It should become this.
    on_change: Callback<HolidayLine>,
) -> impl IntoView {
    let [name_error, when_error] =
        ["name-errors", "when-errors"].map(|part| format!("{id}-{part}"));
    let name = Memo::new(move |_| line.with(|line| line.name.clone()));
    let kind = Memo::new(move |_| line.with(|line| kind_of(line.when) as i32));
    let when = Signal::derive(move || line.with(|line| line.when));
    let recurs = Memo::new(move |_| when.get().recurs());
    let change = move |change: &dyn Fn(&mut HolidayLine)| {
        let mut changed = line.get_untracked();
        change(&mut changed);
        on_change.run(changed);
    };
    let kinds = (0..)
        .zip(KINDS)
        .map(|(number, key)| (number, key.to_owned()))
        .collect();
    let turn = Callback::new(move |kind: i32| {
        on_change.run(turned(&line.get_untracked(), kind as usize, today));
    });
    let when_changed = Callback::new(move |when: Recurrence| change(&|line| line.when = when));
    let until = Signal::derive(move || line.with(|line| line.until.unwrap_or(0)));
    let until_changed =
        Callback::new(move |year: i32| change(&|line| line.until = (year != 0).then_some(year)));
    view! {
        <div class="holiday-fields">
            <label for=id.clone()>{move || t("schedules-holiday-name")}</label>
            <input
                type="text"
                id=id
                autocomplete="off"
                prop:value=name
                aria-invalid=move || errors.with(|e| !e.name.is_empty()).then_some("true")
                aria-describedby=name_error.clone()
                on:input=move |event| change(&|line| line.name = event_target_value(&event))
            />
            <Errors id=name_error.clone() errors=Signal::derive(move || errors.get().name) />
            <Select
                value=kind
                choices=kinds
                label=Signal::derive(|| t("schedules-kind"))
                on_change=turn
            />
            <div
                class="holiday-when"
                role="group"
                aria-label=move || t("schedules-when")
                aria-describedby=when_error.clone()
            >
                {move || {
                    kind.track();
                    view! {
                        <WhenFields
                            when
                            on_change=when_changed
                            wrong=Signal::derive(move || !errors.get().when.is_empty())
                        />
                    }
                }}
                <Show when=move || recurs.get()>
                    <ParsedInput
                        format=YEAR
                        labelled=true
                        label=Signal::derive(|| t("schedules-until"))
                        value=until
                        errors=Signal::derive(move || errors.get().until)
                        on_change=until_changed
                    />
                </Show>
            </div>
            <Errors id=when_error.clone() errors=Signal::derive(move || errors.get().when) />
        </div>
    }
}
