//! Ways to add holidays: a blank line, a ready set of a country, a calendar file.

use crate::components::{Icon, IconName};
use crate::ids;
use crate::text::t;
use centrale_core::schedule::HolidayLine;
use centrale_core::schedule::ready_sets::{READY_SETS, ReadySet};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The ways to add holidays.
#[component]
pub(crate) fn MoreHolidays(
    /// A blank line is wanted.
    on_blank: Callback<()>,
    /// These lines are wanted.
    on_lines: Callback<Vec<HolidayLine>>,
    /// A file was chosen.
    on_file: Callback<web_sys::File>,
) -> impl IntoView {
    let field = ids::unique("file");
    let set = |set: &'static ReadySet| {
        view! {
            <button
                type="button"
                class="button"
                on:click=move |_| on_lines.run(set.lines().collect())
            >
                {move || t(set.key)}
            </button>
        }
    };
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            let file = input.files().and_then(|files| files.get(0));
            if let Some(file) = file {
                on_file.run(file);
            }
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    view! {
        <div class="holiday-more">
            <button type="button" class="button" on:click=move |_| on_blank.run(())>
                <Icon name=IconName::Plus />
                {move || t("schedules-add-holiday")}
            </button>
            <div class="holiday-sets" role="group" aria-label=move || t("schedules-sets")>
                <span class="label" aria-hidden="true">
                    {move || t("schedules-sets")}
                </span>
                {READY_SETS.iter().map(set).collect_view()}
            </div>
            <div class="holiday-file">
                <label for=field.clone()>{move || t("schedules-import")}</label>
                <input
                    id=field
                    type="file"
                    accept=".ics,.csv,text/calendar,text/csv"
                    on:change=chosen
                />
            </div>
        </div>
    }
}
