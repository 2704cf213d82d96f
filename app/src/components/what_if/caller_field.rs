//! Who calls: a number or a colleague's extension, withheld, or unknown.

use super::fields::{Shows, WhatIfFields};
use super::segmented::Segmented;
use crate::ids;
use crate::text::t;
use leptos::prelude::*;

static CHOICES: &[(Shows, &str)] = &[
    (Shows::Number, "whatif-caller-shows"),
    (Shows::Withheld, "whatif-caller-withheld"),
    (Shows::Unknown, "whatif-caller-unknown"),
];

/// Who calls.
#[component]
pub(crate) fn CallerField(
    /// The fields of the question.
    fields: WhatIfFields,
    /// Colleagues who may be chosen: extension or number, and name.
    #[prop(into)]
    colleagues: Signal<Vec<(String, String)>>,
    /// The key of what is wrong with the number.
    #[prop(into)]
    wrong: Signal<Option<&'static str>>,
) -> impl IntoView {
    let [field, list, error] = ["caller", "colleagues", "caller-error"].map(ids::unique);
    let label_for = field.clone();
    let number = move || {
        view! {
            <input
                id=field.clone()
                type="text"
                inputmode="tel"
                autocomplete="off"
                list=list.clone()
                prop:value=fields.number
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-describedby=error.clone()
                placeholder=move || t("whatif-caller-hint")
                on:input=move |event| fields.number.set(event_target_value(&event))
            />
            <datalist id=list
                .clone()>
                {move || {
                    let option = |(number, name)| view! { <option value=number>{name}</option> };
                    colleagues.get().into_iter().map(option).collect_view()
                }}
            </datalist>
            <p class="errors" id=error.clone() aria-live="polite">
                {move || wrong.get().map(t)}
            </p>
        }
    };
    let shows_number = Memo::new(move |_| fields.shows.get() == Shows::Number);
    view! {
        <label for=label_for>{move || t("whatif-caller")}</label>
        <div>
            <Segmented
                chosen=fields.shows
                choices=CHOICES
                label=Signal::derive(|| t("whatif-caller-kind"))
            />
            <Show when=move || shows_number.get()>{number()}</Show>
        </div>
    }
}
