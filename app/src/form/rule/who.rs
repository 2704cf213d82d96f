//! Whose calls a rule is about.

use super::numbers::Numbers;
use crate::draft::{RuleDraft, WhoDraft};
use crate::form::Input;
use crate::ids;
use crate::text::t;
use centrale_core::error::FieldError;
use leptos::prelude::*;

/// The choice of callers, and the list when they are listed.
#[component]
pub(super) fn WhoChoice(
    /// The field that the rule is in.
    input: Input,
    /// The rule.
    rule: RwSignal<RuleDraft>,
    /// What is wrong with the rule, at paths below it.
    #[prop(into)]
    errors: Signal<Vec<FieldError>>,
) -> impl IntoView {
    let group = ids::unique("who");
    let choices = WhoDraft::ALL.into_iter().map(|(who, name)| {
        let id = format!("{group}-{name}");
        view! {
            <div class="check">
                <input
                    type="radio"
                    name=group.clone()
                    id=id.clone()
                    prop:checked=move || rule.with(|rule| rule.who == who)
                    on:change=move |_| rule.update(|rule| rule.who = who)
                />
                <label for=id>{move || t(&format!("who-{name}"))}</label>
            </div>
        }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset>
            <legend>{move || t("rule-who")}</legend>
            <div class="choices">{choices}</div>
        </fieldset>
        <Show when=move || rule.with(|rule| rule.who == WhoDraft::Listed)>
            <Listed rule />
            <Numbers input rule errors />
        </Show>
    }
}

/// Callers who can be listed without a number.
#[component]
fn Listed(rule: RwSignal<RuleDraft>) -> impl IntoView {
    let (private, unavailable) = (ids::unique("private"), ids::unique("unavailable"));
    view! {
        <div class="choices">
            <div class="check">
                <input
                    type="checkbox"
                    id=private.clone()
                    prop:checked=move || rule.with(|rule| rule.private)
                    on:change=move |event| {
                        rule.update(|rule| rule.private = event_target_checked(&event));
                    }
                />
                <label for=private>{move || t("who-private")}</label>
            </div>
            <div class="check">
                <input
                    type="checkbox"
                    id=unavailable.clone()
                    prop:checked=move || rule.with(|rule| rule.unavailable)
                    on:change=move |event| {
                        rule.update(|rule| rule.unavailable = event_target_checked(&event));
                    }
                />
                <label for=unavailable>{move || t("who-unavailable")}</label>
            </div>
        </div>
    }
}
