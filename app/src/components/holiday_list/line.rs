//! One holiday: a sentence that opens into its fields.

use super::dates::next_text;
use super::fields::LineFields;
use super::words::when_text;
use crate::components::{Icon, IconName};
use crate::text::t;
use centrale_core::error::Code;
use centrale_core::schedule::HolidayLine;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

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

/// A line. One without a name, and one with something wrong, stands open.
#[component]
pub(crate) fn Line(
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
    let name = Memo::new(move |_| line.with(|line| line.name.clone()));
    let opened = RwSignal::new(line.with_untracked(|line| line.name.is_empty()));
    let open =
        Memo::new(move |_| opened.get() || errors.with(|errors| *errors != LineErrors::default()));
    let toggled = move |event: web_sys::Event| {
        let details = event
            .current_target()
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        opened.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    let next = move || {
        line.with(|line| match next_text(line, today) {
            // A holiday that comes once shows its date in the summary.
            Some(_) if !line.when.recurs() => None,
            Some(date) => Some(t!("schedules-next", date = date)),
            None => Some(t("schedules-never")),
        })
    };
    view! {
        <li class="holiday">
            <details open=open aria-label=name on:toggle=toggled>
                <summary>
                    <b>
                        {move || {
                            Some(name.get())
                                .filter(|n| !n.is_empty())
                                .unwrap_or_else(|| t("schedules-unnamed"))
                        }}
                    </b>
                    " "
                    <span>{move || line.with(when_text)}</span>
                    " "
                    <small>{next}</small>
                </summary>
                // A schedule can have 500 lines: the fields of closed ones are not drawn.
                <Show when=move || open.get()>
                    <LineFields id=id.clone() line errors today on_change />
                </Show>
            </details>
            <button
                type="button"
                class="icon-button"
                on:click=move |_| on_remove.run(())
                aria-label=move || t!("schedules-remove-holiday", name = name.get())
            >
                <Icon name=IconName::Trash />
            </button>
        </li>
    }
}
