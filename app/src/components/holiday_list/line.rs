//! One holiday: its name, when it falls, until which year, and its next date.

use super::dates::next_text;
use super::formats::YEAR;
use super::kind::{KINDS, kind_of, turned};
use super::select::Select;
use super::when::WhenFields;
use crate::client::error_text;
use crate::components::Icon;
use crate::components::parsed_input::ParsedInput;
use crate::ids;
use crate::text::t;
use centrale_core::error::Code;
use centrale_core::schedule::{HolidayLine, Recurrence};
use leptos::prelude::*;

/// What is wrong with a line, by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LineErrors {
    /// Its name.
    pub(crate) name: Vec<Code>,
    /// Its dates.
    pub(crate) when: Vec<Code>,
    /// Its last year.
    pub(crate) until: Vec<Code>,
}

/// A line.
#[component]
pub(crate) fn LineFields(
    /// The id of its first field.
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
    /// It should go.
    on_remove: Callback<()>,
) -> impl IntoView {
    let error_ids = ["name-error", "when-error"].map(ids::unique);
    let [name_error, when_error] = error_ids.clone();
    let name = Memo::new(move |_| line.with(|line| line.name.clone()));
    let kind = Memo::new(move |_| line.with(|line| kind_of(line.when) as i32));
    let when = Signal::derive(move || line.with(|line| line.when));
    let recurs = Memo::new(move |_| when.get().recurs());
    let change = move |change: &dyn Fn(&mut HolidayLine)| {
        let mut changed = line.get_untracked();
        change(&mut changed);
        on_change.run(changed);
    };
    let told = |codes: Vec<Code>| codes.into_iter().map(error_text).collect::<Vec<_>>().join(" ");
    let kinds = (0..).zip(KINDS).map(|(number, key)| (number, key.to_owned())).collect();
    let next = move || line.with(|line| next_text(line, today).unwrap_or_else(|| t("schedules-never")));
    view! {
        <li class="holiday" role="group" aria-label=name>
            <div class="holiday-name">
                <input type="text" id=id autocomplete="off" aria-label=move || t("schedules-holiday-name")
                    placeholder=move || t("schedules-holiday-name")
                    prop:value=name
                    aria-invalid=move || errors.with(|e| !e.name.is_empty()).then_some("true")
                    aria-describedby=name_error.clone()
                    on:input=move |event| change(&|line| line.name = event_target_value(&event)) />
                <span class="errors" id=name_error.clone() aria-live="polite">{move || told(errors.get().name)}</span>
            </div>
            <Select value=kind choices=kinds label=Signal::derive(|| t("schedules-kind"))
                on_change=Callback::new(move |kind: i32| on_change.run(turned(&line.get_untracked(), kind as usize, today))) />
            <div class="holiday-when" role="group" aria-label=move || t("schedules-when") aria-describedby=when_error.clone()>
                {move || {
                    kind.track();
                    view! { <WhenFields when on_change=Callback::new(move |when: Recurrence| change(&|line| line.when = when)) /> }
                }}
                <Show when=move || recurs.get()>
                    <ParsedInput format=YEAR labelled=true label=Signal::derive(|| t("schedules-until"))
                        value=Signal::derive(move || line.with(|line| line.until.unwrap_or(0)))
                        errors=Signal::derive(move || errors.get().until)
                        on_change=Callback::new(move |year: i32| change(&|line| line.until = (year != 0).then_some(year))) />
                </Show>
            </div>
            <span class="errors" id=when_error.clone() aria-live="polite">{move || told(errors.get().when)}</span>
            <p class="holiday-next"><small>{move || t("schedules-next")}</small> " " {next}</p>
            <button type="button" class="icon-button" on:click=move |_| on_remove.run(())
                aria-label=move || t!("schedules-remove-holiday", name = name.get())>
                <Icon name="trash" />
            </button>
        </li>
    }
}
